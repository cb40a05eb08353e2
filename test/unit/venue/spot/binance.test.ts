// What Binance's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { needsShared } from "../../../support/shared.ts";
import { nth, recordingReader } from "../support.ts";

const parse = recordingReader("binance");

describe("Binance", needsShared(), () => {
  test("a SELL order closes a long, a BUY order a short; price is the fill, size what was filled", () => {
    const long = nth(parse("liquidation-stream-doc-example"), "liquidation");
    expect(long).toMatchObject({ symbol: "BTC", side: "long", price: 9_910, sizeBase: 0.014, priceKind: "fill" });
    const short = nth(parse("liquidation-stream-recorded-2020"), "liquidation");
    // z 0.014, though l says 0.015; ap 4706.04, though the order says 4793.91
    expect(short).toMatchObject({ side: "short", price: 4_706.04, sizeBase: 0.014, exchangeTime: 1_584_059_031_421 });
    expect(short.notionalUsd).toBeCloseTo(65.88456, 8);
    expect(nth(parse("liquidation-stream-all-doc-example-2026"), "liquidation").side).toBe("long");
  });

  test("as it is", () => {
    expect(nth(parse("open-interest"), "openInterest")).toMatchObject({
      openInterestBase: 10_659.509,
      exchangeTime: 1_589_437_530_011,
    });
    const history = parse("open-interest-history-string-timestamp");
    expect(nth(history, "openInterest", 1)).toMatchObject({
      exchangeTime: 1_583_128_200_000,
      openInterestBase: 20_401.367,
    });
  });

  test("taker buys are in the row", () => {
    const candle = nth(parse("klines"), "candle");
    expect(candle).toMatchObject({ open: 0.0163479, volumeBase: 148_976.11427815, takerBuyBase: 1_756.87402397 });
    expect(candle.intervalMs).toBe(7 * 86_400_000);
  });

  test("keeps USDT perpetuals; 1000SHIB is a thousand SHIB", () => {
    const { instruments, rejects } = parse("instruments-recorded-2021");
    const shib = instruments.find((one) => one.venueSymbol === "1000SHIBUSDT");
    expect(shib).toMatchObject({ symbol: "SHIB", priceMultiplier: 1_000, baseUnitsPerContract: 1_000, listed: true });
    expect(instruments.every((one) => one.quote === "USDT" && !one.venueSymbol.includes("_"))).toBe(true);
    expect(rejects).toEqual([]);
    expect(parse("instruments-2026").instruments.map((one) => one.venueSymbol)).toEqual(["BTCUSDT"]);
  });

  test("the deduction follows from the bracket before, for every symbol of the kept table", () => {
    const { brackets, rejects } = parse("leverage-tiers-all-usdt-2024");
    expect(rejects).toEqual([]);
    expect(brackets[0]).toMatchObject({ floor: 0, maintenanceMarginRate: 0.01, maxLeverage: 75 });
    expect(new Set(brackets.map((one) => one.venueSymbol)).size).toBe(318);
    brackets.forEach((bracket, i) => {
      const before = brackets[i - 1];
      if (before === undefined || before.venueSymbol !== bracket.venueSymbol) return;
      const step = bracket.floor * (bracket.maintenanceMarginRate - before.maintenanceMarginRate);
      expect(bracket.maintenanceAmount - before.maintenanceAmount).toBeCloseTo(step, 3);
    });
  });

  test("funding intervals: named, or the distance between charges", () => {
    expect(nth(parse("premium-index"), "fundingRate")).toMatchObject({ fundingRate: 0.00038246 });
  });

  test.each([
    ["funding-history-doc-example-2026", "fundingRate", 0, { fundingRate: -0.0375, fundingTime: 1_570_608_000_000 }],
    [
      "funding-history",
      "fundingRate",
      1,
      { fundingRate: 0.0001, fundingTime: 1_698_796_800_000, intervalMs: 28_800_000 },
    ],
    [
      "mark-price-stream-2026",
      "markPrice",
      0,
      { markPrice: 11_794.15, indexPrice: 11_784.62659091, exchangeTime: 1_562_305_380_000 },
    ],
    ["mark-price-stream-recorded-2020", "fundingRate", 0, { fundingRate: 0.0001564, fundingTime: 1_597_564_800_000 }],
    [
      "open-interest-history-doc-example-2026",
      "openInterest",
      0,
      { openInterestBase: 20_403.12345678, openInterestUsd: 176_196_512.12345678 },
    ],
    [
      "open-interest-history-recorded-2022",
      "openInterest",
      0,
      { openInterestBase: 75_375.617, exchangeTime: 1_642_179_900_000 },
    ],
    ["order-book-recorded-2021", "depth", 0, { symbol: "SUSHI", exchangeTime: 1_626_992_741_261 }],
    ["taker-volume", "takerVolume", 0, { takerBuyBase: 387.33, takerSellBase: 248.503, openTime: 1_591_261_042_378 }],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });

  test("contracts and brackets of the documentation", () => {
    expect(parse("funding-info").instruments).toMatchObject([{ symbol: "BLZ", fundingIntervalMs: 28_800_000 }]);
    expect(parse("instruments-doc-example").instruments).toMatchObject([{ symbol: "BLZ", listed: true }]);
    expect(parse("leverage-tiers-doc-example").brackets).toMatchObject([
      { venueSymbol: "ETHUSDT", floor: 0, cap: 10_000, maintenanceMarginRate: 0.0065, maxLeverage: 75 },
    ]);
    expect(parse("leverage-tiers-recorded-2024").brackets[1]).toMatchObject({ floor: 50_000, maintenanceAmount: 50 });
  });
});

test("a context without a symbol cannot place a payload that names none", needsShared(), () => {
  const result = parse("klines", { venueSymbol: null });
  expect(result.observations).toEqual([]);
  expect(result.rejects[0]?.reason).toContain("names no contract");
});
