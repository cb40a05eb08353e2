// What the recordings say, worked out by hand: sides, units, times.
import { describe, expect, test } from "vitest";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { kindNamed } from "../../../src/shared/venue/payload-kind.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import type { ParseContext } from "../../../src/shared/venue/venue.ts";
import { needsShared } from "../../support/shared.ts";
import { contextOf, known, nth, recording, recordingContext } from "./support.ts";

function parse(venue: VenueId, name: string, parts: Partial<ParseContext> = {}) {
  const kind = kindNamed(name);
  if (kind === null) throw new Error(`no kind for ${name}`);
  const context = { ...recordingContext(venue, kind, name), ...parts };
  return adapterOf(venue).parse(kind, recording(venue, name), context);
}

describe("sides of liquidations", needsShared(), () => {
  test("Binance: a SELL order closes a long, a BUY order a short; price is the fill, size what was filled", () => {
    const long = nth(parse("binance", "liquidation-stream-doc-example"), "liquidation");
    expect(long).toMatchObject({ symbol: "BTC", side: "long", price: 9_910, sizeBase: 0.014, priceKind: "fill" });
    const short = nth(parse("binance", "liquidation-stream-recorded-2020"), "liquidation");
    // z 0.014, though l says 0.015; ap 4706.04, though the order says 4793.91
    expect(short).toMatchObject({ side: "short", price: 4_706.04, sizeBase: 0.014, exchangeTime: 1_584_059_031_421 });
    expect(short.notionalUsd).toBeCloseTo(65.88456, 8);
    expect(nth(parse("binance", "liquidation-stream-all-doc-example-2026"), "liquidation").side).toBe("long");
  });

  test("Bybit: S is the side of the position; the retired topic names the order's", () => {
    const pippin = nth(parse("bybit", "liquidation-stream-recorded-2025"), "liquidation");
    expect(pippin).toMatchObject({ symbol: "PIPPIN", side: "short", price: 0.02456, priceKind: "bankruptcy" });
    expect(pippin.sizeBase).toBe(2_846);
    const retired = nth(parse("bybit", "liquidation-stream-old-topic-recorded-2023"), "liquidation");
    expect(retired).toMatchObject({ symbol: "GALA", side: "short", price: 0.03803, sizeBase: 1_637 });
  });

  test("OKX: the position's side, contracts × value, bankruptcy price", () => {
    const iost = {
      ...adapterOf("okx").defaultInstrument("BTC"),
      venueSymbol: "IOST-USDT-SWAP",
      symbol: "IOST",
      baseUnitsPerContract: 1_000,
    };
    const instruments = new Map([["IOST-USDT-SWAP", iost as never]]);
    for (const name of ["liquidation-stream-doc-example", "liquidation-orders-constructed"]) {
      const order = nth(parse("okx", name, { instruments }), "liquidation");
      expect(order).toMatchObject({ symbol: "IOST", side: "short", price: 0.007831, sizeBase: 13_000 });
      expect(order.notionalUsd).toBeCloseTo(101.803, 6);
    }
  });

  test("Bitget: side of the position, bankruptcy price, amount in USDT of a round size", () => {
    for (const name of ["liquidation-stream-recorded-2026", "liquidation-orders-v3-constructed"]) {
      const result = parse("bitget", name);
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

  test("Gate: the sign of the size is the position's side, contracts × 0.0001 BTC, seconds in the list", () => {
    const short = nth(parse("gate", "liquidation-orders-recorded-2023"), "liquidation");
    expect(short).toMatchObject({ side: "short", price: 28_070, priceKind: "fill", exchangeTime: 1_696_736_132_000 });
    expect(short.sizeBase).toBeCloseTo(0.0165, 12);
    expect(nth(parse("gate", "liquidation-orders"), "liquidation")).toMatchObject({ side: "long", price: 3_424 });
    const pushed = nth(parse("gate", "liquidation-stream-doc-example-2026"), "liquidation");
    expect(pushed).toMatchObject({ side: "short", price: 215.1, priceKind: "order", exchangeTime: 1_541_486_601_123 });
    expect(pushed.sizeBase).toBeCloseTo(0.01245, 12);
  });

  test("OKX: a dated contract that is not listed here is ignored beside known ones", () => {
    const instruments = known("okx", "BTC");
    const result = parse("okx", "liquidation-stream-recorded-2023", { instruments });
    expect(result.observations).toEqual([]);
    expect(result.rejects).toEqual([]);
  });
});

describe("dYdX and GMX", needsShared(), () => {
  test("dYdX: a SELL marked LIQUIDATED closed a long, the LIMIT row beside it did not", () => {
    const result = parse("dydx", "trades-stream-liquidation-recorded-2024");
    expect(nth(result, "liquidation")).toMatchObject({ side: "long", price: 22.87, sizeBase: 3.9, priceKind: "fill" });
    expect(nth(result, "liquidation").notionalUsd).toBeCloseTo(89.193, 9);
    expect(result.observations.filter((one) => one.kind === "liquidation")).toHaveLength(1);
  });

  test("dYdX: the sum of longs, not the other count that was twice as high; hourly funding", () => {
    const result = parse("dydx", "tickers-recorded-2025");
    expect(nth(result, "openInterest")).toMatchObject({ symbol: "BTC", openInterestBase: 381.7348 });
    const candle = nth(parse("dydx", "klines-recorded-2025"), "candle", 2);
    // 16:11 on 8 December 2025
    expect(candle).toMatchObject({ openTime: 1_765_210_260_000, close: 89_941, volumeBase: 3.2767 });
    expect(nth(parse("dydx", "funding-history-recorded-2025"), "fundingRate")).toMatchObject({
      ...{ fundingRate: 0.000000625, fundingTime: Date.UTC(2025, 11, 8, 14), intervalMs: 3_600_000 },
    });
  });

  test("GMX: 67,447 SOL long and 59,152 short; BTC at 61,536.39 with eight decimals", () => {
    const interest = nth(parse("gmx", "tickers-constructed"), "openInterest");
    expect(interest).toMatchObject({ openInterestBase: 67_447.0416, shortOpenInterestBase: 59_151.5891 });
    expect(interest.openInterestBase * 135.3).toBeCloseTo(interest.openInterestUsd ?? 0, 0);
    const prices = parse("gmx", "mark-price-recorded-2026", { instruments: known("gmx", "BTC", "ETH") });
    expect(prices.rejects).toEqual([]);
    const btc = prices.observations.find(({ symbol }) => symbol === "BTC");
    expect(btc).toMatchObject({ kind: "markPrice", exchangeTime: 1_783_345_314_888 });
    expect(nth(prices, "markPrice", prices.observations.indexOf(btc as never)).markPrice).toBeCloseTo(61_536.39, 0);
  });

  test("GMX: every market of the recorded list is counted in a known unit", () => {
    const listed = parse("gmx", "instruments-recorded-2026");
    expect(listed.rejects).toEqual([]);
    expect(listed.instruments.find(({ symbol }) => symbol === "DOT")).toMatchObject({ baseUnitsPerContract: 1e-10 });
    expect(parse("gmx", "tokens-recorded-2026").rejects).toEqual([]);
  });
});

describe("open interest is one side in coins", needsShared(), () => {
  test("Binance as it is", () => {
    expect(nth(parse("binance", "open-interest"), "openInterest")).toMatchObject({
      openInterestBase: 10_659.509,
      exchangeTime: 1_589_437_530_011,
    });
    const history = parse("binance", "open-interest-history-string-timestamp");
    expect(nth(history, "openInterest", 1)).toMatchObject({
      exchangeTime: 1_583_128_200_000,
      openInterestBase: 20_401.367,
    });
  });

  test("Bybit: the single figure where it exists, else half of both", () => {
    const now = nth(parse("bybit", "tickers-linear-constructed-2026"), "openInterest");
    expect(now).toMatchObject({ openInterestBase: 26_332.321, openInterestUsd: 2_000_887_743.51 });
    expect(nth(parse("bybit", "tickers-recorded-2022"), "openInterest").openInterestBase).toBe(48_069.549 / 2);
    const history = parse("bybit", "open-interest-history-linear-constructed");
    const bases = history.observations.map((one) => (one.kind === "openInterest" ? one.openInterestBase : null));
    expect(bases).toEqual([26_315.44, 26_325.552, 26_332.321]);
  });

  test("Bybit: coin-margined sizes are USD and never read as coins", () => {
    for (const name of ["open-interest-history-doc-example-2026", "tickers-doc-example-2025", "klines-doc-example"]) {
      const result = parse("bybit", name);
      expect(result.observations).toEqual([]);
      expect(result.rejects).toHaveLength(1);
    }
  });

  test("OKX: coins, checked against contracts × value", () => {
    const now = nth(parse("okx", "open-interest-constructed-2026"), "openInterest");
    expect(now.openInterestBase).toBeCloseTo(31_334.8989, 4);
    expect(now.openInterestUsd).toBeCloseTo(2_017_265_587.42, 1);
    expect(nth(parse("okx", "open-interest-recorded-2022"), "openInterest").openInterestBase).toBeCloseTo(21_254.19, 8);
    // 5,000 contracts of 0.01 are not 555.55 coins
    const invented = parse("okx", "open-interest-doc-example-2026");
    expect(invented.observations).toEqual([]);
    expect(invented.rejects[0]).toMatchObject({ path: "$.data[0].oiCcy" });
  });

  test("Bitget as it is, under four names", () => {
    const base = (name: string) => nth(parse("bitget", name), "openInterest").openInterestBase;
    expect(base("open-interest-recorded-2023")).toBe(52_234.134);
    expect(base("open-interest-v3-recorded-2025")).toBe(18_166.3583);
    expect(base("tickers-recorded-2025")).toBe(7_452.6421);
    expect(base("tickers-v3-2025")).toBe(27_606.0718);
    // coin-margined and dated rows are other contracts
    expect(parse("bitget", "tickers-doc-example").observations).toEqual([]);
  });

  test("Gate: contracts × value, checked against the venue's USD", () => {
    const ada = nth(parse("gate", "contract-stats-recorded-2023"), "openInterest");
    expect(ada).toMatchObject({ symbol: "ADA", openInterestBase: 28_517_250, openInterestUsd: 9_872_386.7775 });
    expect(ada.openInterestBase * 0.34619).toBeCloseTo(9_872_386.7775, 4);
    expect(nth(parse("gate", "tickers"), "openInterest").openInterestBase).toBeCloseTo(3_232.3904, 8);
    // invented figures: 124,724 contracts of 0.0001 BTC at 8,865 are not 1,511 USD
    expect(parse("gate", "contract-stats")).toMatchObject({ observations: [], rejects: [{}] });
    expect(parse("gate", "contract-stats-stream-doc-example")).toMatchObject({ observations: [], rejects: [{}] });
  });

  test("Hyperliquid as it is, stamped with our receive time", () => {
    const result = parse("hyperliquid", "meta-and-asset-contexts-recorded-2023", { receivedAt: 1_790_000_123_456 });
    expect(nth(result, "openInterest")).toMatchObject({ openInterestBase: 34.37756, exchangeTime: 1_790_000_123_456 });
    expect(nth(result, "markPrice", 1)).toMatchObject({ symbol: "ETH", markPrice: 1_923.1, indexPrice: 1_921.7 });
  });

  test("Hyperliquid: markets of a builder's dex keep their prefix, nulls beside the figures harm nothing", () => {
    const result = parse("hyperliquid", "meta-and-asset-contexts-hip3-doc-example");
    expect(nth(result, "openInterest", 1)).toMatchObject({ symbol: "XYZ:TSLA", openInterestBase: 12.208 });
    expect(result.rejects).toEqual([]);
  });
});

describe("candles, prices, funding", needsShared(), () => {
  test("Hyperliquid kPEPE: price per PEPE, volume in PEPE", () => {
    const result = parse("hyperliquid", "klines-recorded-2023");
    const first = nth(result, "candle");
    expect(first).toMatchObject({ symbol: "PEPE", openTime: 1_684_699_200_000, intervalMs: 3_600_000, closed: true });
    expect(first.close).toBeCloseTo(0.000001604, 15);
    expect(first.volumeBase).toBe(520_665_683_000);
    expect(result.observations).toHaveLength(24);
  });

  test("OKX: the row marked unconfirmed is open, volume is in coins, rows are turned oldest first", () => {
    const result = parse("okx", "klines-open-candle-recorded-2023");
    const opens = result.observations.map((one) => (one.kind === "candle" ? [one.openTime, one.closed] : null));
    expect(opens).toEqual([
      [1_678_928_640_000, true],
      [1_678_928_700_000, true],
      [1_678_928_760_000, false],
    ]);
    expect(nth(result, "candle", 2)).toMatchObject({ open: 24_341.4, high: 24_344, low: 24_313.2, volumeBase: 2.5819 });
    expect(nth(parse("okx", "klines-recorded-2025"), "candle", 1)).toMatchObject({ volumeBase: 10.4037 });
  });

  test("Binance: taker buys are in the row", () => {
    const candle = nth(parse("binance", "klines"), "candle");
    expect(candle).toMatchObject({ open: 0.0163479, volumeBase: 148_976.11427815, takerBuyBase: 1_756.87402397 });
    expect(candle.intervalMs).toBe(7 * 86_400_000);
  });

  test("funding intervals: named, or the distance between charges", () => {
    expect(nth(parse("bybit", "tickers-linear-constructed-2026"), "fundingRate")).toMatchObject({
      fundingRate: 0.0001,
      intervalMs: 28_800_000,
      fundingTime: 1_789_459_200_000,
    });
    expect(nth(parse("okx", "funding-rate-constructed-2026"), "fundingRate")).toMatchObject({
      fundingRate: 0.0000604121295194,
      intervalMs: 28_800_000,
      fundingTime: 1_783_699_200_000,
    });
    expect(nth(parse("okx", "funding-history"), "fundingRate", 1)).toMatchObject({ fundingRate: 0.00015 });
    expect(nth(parse("hyperliquid", "funding-history"), "fundingRate", 1)).toMatchObject({
      fundingRate: -0.0000081,
      intervalMs: 3_600_000,
    });
    expect(nth(parse("binance", "premium-index"), "fundingRate")).toMatchObject({ fundingRate: 0.00038246 });
  });

  test("Bitget: the next charge with its interval; v3 nests history under another name", () => {
    expect(nth(parse("bitget", "funding-rate-recorded-2025"), "fundingRate")).toMatchObject({
      fundingRate: -0.000013,
      intervalMs: 28_800_000,
      fundingTime: 1_745_510_400_000,
    });
    const charged = nth(parse("bitget", "funding-history-v3-recorded-2025"), "fundingRate");
    expect(charged).toMatchObject({ fundingRate: -0.000017, fundingTime: 1_750_431_600_000 });
    expect(nth(parse("bitget", "klines"), "candle")).toMatchObject({ intervalMs: 300_000, volumeBase: 26.26 });
  });

  test("Gate: books in contracts with times of three kinds, volume in contracts", () => {
    const pushed = nth(parse("gate", "order-book-stream-decimal-recorded-2026"), "depth");
    expect(pushed).toMatchObject({ symbol: "ETH", exchangeTime: 1_774_443_214_909, bids: [[2_172.82, 0.0025]] });
    expect(nth(parse("gate", "order-book"), "depth")).toMatchObject({ exchangeTime: 1_623_898_993_121 });
    expect(nth(parse("gate", "klines"), "candle").volumeBase).toBeCloseTo(9.7151, 10);
  });

  test("OKX taker volume lists sells first", () => {
    expect(nth(parse("okx", "taker-volume-doc-example"), "takerVolume")).toMatchObject({
      takerSellBase: 200,
      takerBuyBase: 380,
    });
  });

  test("Hyperliquid: an empty book is no market", () => {
    const result = parse("hyperliquid", "order-book-empty-stream-recorded-2024");
    expect(result.observations).toEqual([]);
    expect(result.rejects).toHaveLength(1);
  });
});

describe("contracts and brackets", needsShared(), () => {
  test("Binance keeps USDT perpetuals; 1000SHIB is a thousand SHIB", () => {
    const { instruments, rejects } = parse("binance", "instruments-recorded-2021");
    const shib = instruments.find((one) => one.venueSymbol === "1000SHIBUSDT");
    expect(shib).toMatchObject({ symbol: "SHIB", priceMultiplier: 1_000, baseUnitsPerContract: 1_000, listed: true });
    expect(instruments.every((one) => one.quote === "USDT" && !one.venueSymbol.includes("_"))).toBe(true);
    expect(rejects).toEqual([]);
    expect(parse("binance", "instruments-2026").instruments.map((one) => one.venueSymbol)).toEqual(["BTCUSDT"]);
  });

  test("OKX contract values", () => {
    const { instruments } = parse("okx", "instruments-recorded-2022");
    const values = Object.fromEntries(instruments.map((one) => [one.symbol, one.baseUnitsPerContract]));
    expect(values).toEqual({ BTC: 0.01, ETH: 0.1, DOGE: 1_000, SHIB: 1_000_000 });
  });

  test("Gate contract values; a contract in delisting is not listed", () => {
    const { instruments } = parse("gate", "instruments-recorded-2023");
    const values = instruments.map((one) => [one.symbol, one.baseUnitsPerContract, one.listed]);
    expect(values).toEqual([
      ["ETH", 0.01, true],
      ["COCOS", 1, false],
      ["DIA", 1, true],
      ["BTC", 0.0001, true],
    ]);
  });

  test("Bybit: a contract before its launch is not listed", () => {
    expect(parse("bybit", "instruments-pre-launch").instruments[0]).toMatchObject({ listed: false, maxLeverage: 5 });
  });

  test("Binance: the deduction follows from the bracket before, for every symbol of the kept table", () => {
    const { brackets, rejects } = parse("binance", "leverage-tiers-all-usdt-2024");
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

  test("Bybit: rows are sorted, each begins where the one below ends", () => {
    expect(parse("bybit", "leverage-tiers-linear-constructed-2026").brackets).toMatchObject([
      { floor: 0, cap: 300_000, maintenanceMarginRate: 0.0033, maintenanceAmount: 0, maxLeverage: 150 },
      { floor: 300_000, cap: 2_000_000, maintenanceMarginRate: 0.005, maintenanceAmount: 510, maxLeverage: 100 },
      { floor: 2_000_000, cap: 800_000_000, maintenanceMarginRate: 0.65, maxLeverage: 1.43 },
    ]);
  });

  test("OKX tiers are contracts without deduction; a margin row is refused", () => {
    expect(parse("okx", "leverage-tiers-swap-recorded-2022").brackets[0]).toMatchObject({
      venueSymbol: "BTC-USDT-SWAP",
      unit: "contracts",
      cap: 500,
      maintenanceMarginRate: 0.004,
      maintenanceAmount: 0,
    });
    expect(parse("okx", "leverage-tiers-doc-example")).toMatchObject({
      brackets: [],
      rejects: [{ path: "$.data[0]" }],
    });
  });
});

test("a context without a symbol cannot place a payload that names none", needsShared(), () => {
  const result = adapterOf("binance").parse("klines", recording("binance", "klines"), contextOf());
  expect(result.observations).toEqual([]);
  expect(result.rejects[0]?.reason).toContain("names no contract");
});
