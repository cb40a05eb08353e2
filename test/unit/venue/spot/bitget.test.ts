// What Bitget's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { needsShared } from "../../../support/shared.ts";
import { nth, recordingReader } from "../support.ts";

const parse = recordingReader("bitget");

describe("Bitget", needsShared(), () => {
  test("side of the position, bankruptcy price, amount in USDT of a round size", () => {
    for (const name of ["liquidation-stream-recorded-2026", "liquidation-orders-v3-constructed"]) {
      const result = parse(name);
      // 143.330431857868 / 0.500280739469 and 13.70319 / 0.1649
      const ip = nth(result, "liquidation");
      expect(ip).toMatchObject({ symbol: "IP", side: "long", price: 0.500280739469, priceKind: "bankruptcy" });
      expect(ip.sizeBase).toBeCloseTo(286.5, 9);
      const ape = nth(result, "liquidation", 1);
      expect(ape).toMatchObject({ symbol: "APE", side: "long", exchangeTime: 1_777_358_886_549 });
      expect(ape.sizeBase).toBeCloseTo(83.1, 9);
      expect(ape.notionalUsd).toBeCloseTo(13.70319, 9);
    }
  });

  test("as it is, under four names", () => {
    const base = (name: string) => nth(parse(name), "openInterest").openInterestBase;
    expect(base("open-interest-recorded-2023")).toBe(52_234.134);
    expect(base("open-interest-v3-recorded-2025")).toBe(18_166.3583);
    expect(base("tickers-recorded-2025")).toBe(7_452.6421);
    expect(base("tickers-v3-2025")).toBe(27_606.0718);
    // coin-margined and dated rows are other contracts
    expect(parse("tickers-doc-example").observations).toEqual([]);
  });

  test("the next charge with its interval; v3 nests history under another name", () => {
    expect(nth(parse("funding-rate-recorded-2025"), "fundingRate")).toMatchObject({
      fundingRate: -0.000013,
      intervalMs: 28_800_000,
      fundingTime: 1_745_510_400_000,
    });
    const charged = nth(parse("funding-history-v3-recorded-2025"), "fundingRate");
    expect(charged).toMatchObject({ fundingRate: -0.000017, fundingTime: 1_750_431_600_000 });
    expect(nth(parse("klines"), "candle")).toMatchObject({ intervalMs: 300_000, volumeBase: 26.26 });
  });

  test.each([
    [
      "funding-history",
      "fundingRate",
      1,
      { fundingRate: 0.0005, fundingTime: 1_695_776_400_000, intervalMs: 28_800_000 },
    ],
    ["order-book-recorded-2022", "depth", 0, { bids: [[39_100.5, 1.773]], asks: [[39_102, 11.026]] }],
    [
      "order-book-v3",
      "depth",
      0,
      {
        bids: [
          [71_213.8, 1.836],
          [71_213.3, 10],
          [71_212.8, 10],
        ],
      },
    ],
    [
      "order-book",
      "depth",
      0,
      {
        asks: [
          [26_347.5, 0.25],
          [26_348, 0.16],
        ],
        exchangeTime: 1_695_870_968_804,
      },
    ],
    [
      "taker-volume-doc-example",
      "takerVolume",
      0,
      { takerBuyBase: 0.01, takerSellBase: 0.12, openTime: 1_714_020_600_000 },
    ],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });

  test("contracts and tiers of both generations", () => {
    expect(parse("instruments-v3-2026").instruments).toMatchObject([{ symbol: "BTC", maxLeverage: 150 }]);
    expect(parse("instruments").instruments).toMatchObject([{ symbol: "BTC", maxLeverage: 125, listed: true }]);
    expect(parse("leverage-tiers-v3-recorded-2025").brackets).toMatchObject([{ cap: 150_000, maxLeverage: 125 }]);
    // 50,000 × (0.5 % − 0.4 %)
    expect(parse("leverage-tiers").brackets[1]).toMatchObject({ floor: 50_000, cap: 200_000, maintenanceAmount: 50 });
  });
});
