// Parsing on payloads of our own making: what each rule keeps, and what it refuses.
import { describe, expect, test } from "vitest";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import { constructed, contextOf, known, nth, parseConstructed } from "./support.ts";

describe("binance", () => {
  test("1000SHIB counts a thousand each", () => {
    const result = parseConstructed("binance", "open-interest");
    expect(nth(result, "openInterest")).toMatchObject({ symbol: "SHIB", openInterestBase: 250_000_500 });
  });

  test("bars that contradict themselves are refused alone; the last running one is open", () => {
    const result = parseConstructed("binance", "klines", { venueSymbol: "BTCUSDT", receivedAt: 1_790_000_250_000 });
    expect(result.rejects.map(({ path, reason }) => [path, reason])).toEqual([
      ["$[1]", "high 76105 is below open or close"],
      ["$[2]", "taker volume 9 is above volume 8"],
    ]);
    expect(nth(result, "candle")).toMatchObject({ openTime: 1_790_000_040_000, takerBuyBase: 20.5, closed: true });
    expect(nth(result, "candle", 1)).toMatchObject({ closed: false, exchangeTime: 1_790_000_250_000 });
  });

  test("a bar that none follows closes half a minute after its end, by the exchange's clock where it is behind", () => {
    const payload = [(constructed("binance", "klines") as unknown[])[0]];
    const closedAt = (receivedAt: number, skewMs: number | null = null) => {
      const context = { ...contextOf({ venueSymbol: "BTCUSDT", receivedAt }), skewMs };
      return nth(adapterOf("binance").parse("klines", payload, context), "candle").closed;
    };
    expect(closedAt(1_790_000_129_999)).toBe(false);
    expect(closedAt(1_790_000_130_000)).toBe(true);
    expect(closedAt(1_790_000_154_999, -25_000)).toBe(false);
    expect(closedAt(1_790_000_155_000, -25_000)).toBe(true);
    expect(closedAt(1_790_000_129_999, 3_600_000)).toBe(false);
  });

  test("a bar that another follows is closed, whatever our clock says", () => {
    const [first] = constructed("binance", "klines") as [unknown[]];
    const next = first.map((value, i) => (i === 0 || i === 6 ? Number(value) + 60_000 : value));
    const context = contextOf({ venueSymbol: "BTCUSDT", receivedAt: 1_790_000_040_000 });
    const result = adapterOf("binance").parse("klines", [first, next], context);
    expect([nth(result, "candle").closed, nth(result, "candle", 1).closed]).toEqual([true, false]);
  });

  test("premium index: known contracts only, each figure on its own", () => {
    const result = parseConstructed("binance", "premium-index", { instruments: known("binance", "BTC", "SHIB") });
    expect(nth(result, "markPrice")).toMatchObject({ symbol: "BTC", markPrice: 76_100.5, indexPrice: 76_110.2 });
    expect(nth(result, "fundingRate")).toMatchObject({ fundingRate: -0.00005, intervalMs: 28_800_000 });
    expect(nth(result, "markPrice", 1)).toMatchObject({ symbol: "SHIB", markPrice: 0.0000125, indexPrice: null });
    expect(result.rejects).toMatchObject([{ path: "$[1].lastFundingRate", sample: "NaN" }]);
  });

  test("a funding interval from fundingInfo reaches the rates that follow, and outlives a fresh list", () => {
    const info = parseConstructed("binance", "funding-info").instruments;
    expect(info).toMatchObject([{ venueSymbol: "XRPUSDT", fundingIntervalMs: 14_400_000 }]);
    const instruments = new Map(info.map((one) => [one.venueSymbol, one]));
    const row = { symbol: "XRPUSDT", markPrice: "1.5", lastFundingRate: "0.0001", nextFundingTime: 1_790_006_400_000 };
    const payload = { ...row, time: 1_790_000_001_000 };
    const result = adapterOf("binance").parse("premium-index", payload, contextOf({ instruments }));
    expect(nth(result, "fundingRate").intervalMs).toBe(14_400_000);
    const listing = { contractType: "PERPETUAL", status: "TRADING", baseAsset: "XRP", quoteAsset: "USDT" };
    const fresh = { symbols: [{ symbol: "XRPUSDT", ...listing }] };
    const list = adapterOf("binance").parse("instruments", fresh, contextOf({ instruments }));
    expect(list.instruments[0]?.fundingIntervalMs).toBe(14_400_000);
  });

  test("force orders: coin-margined ones are dropped, before a fill the order's price counts", () => {
    const result = parseConstructed("binance", "liquidation-stream", { instruments: known("binance", "BTC", "SHIB") });
    expect(result.rejects).toEqual([]);
    expect(result.observations).toHaveLength(2);
    expect(nth(result, "liquidation")).toMatchObject({ symbol: "SHIB", side: "short", priceKind: "order" });
    expect(nth(result, "liquidation").sizeBase).toBe(8_000_000);
    expect(nth(result, "liquidation").notionalUsd).toBeCloseTo(104, 9);
    expect(nth(result, "liquidation", 1)).toMatchObject({ side: "long", price: 75_250.5, sizeBase: 0.02 });
  });

  test("instruments: USDT perpetuals of coins; what does not trade is not listed", () => {
    const { instruments, rejects } = parseConstructed("binance", "instruments");
    expect(rejects).toEqual([]);
    expect(instruments.map((one) => [one.symbol, one.priceMultiplier, one.listed])).toEqual([
      ["BTC", 1, true],
      ["SHIB", 1_000, true],
      ["BABYDOGE", 1_000_000, false],
      ["1INCH", 1, true],
    ]);
  });
});

describe("bybit", () => {
  test("tickers: half of both sides, or the single figure; a bad figure costs only its own observation", () => {
    const result = parseConstructed("bybit", "tickers", { instruments: known("bybit", "BTC", "SHIB", "ETH") });
    expect(nth(result, "openInterest")).toMatchObject({ openInterestBase: 26_000.2, openInterestUsd: 1_978_631_820 });
    expect(nth(result, "openInterest", 1)).toMatchObject({ symbol: "SHIB", openInterestBase: 4_000_000_000 });
    expect(nth(result, "openInterest", 2)).toMatchObject({ symbol: "ETH", openInterestBase: 100 });
    expect(nth(result, "fundingRate", 1)).toMatchObject({ symbol: "SHIB", intervalMs: 14_400_000 });
    expect(nth(result, "fundingRate", 2)).toMatchObject({ symbol: "ETH", intervalMs: 28_800_000 });
    expect(result.rejects).toMatchObject([
      { path: "$.result.list[2].markPrice", reason: "is an empty string", venue: "bybit", kind: "tickers" },
    ]);
  });

  test("unlisted contracts of a bulk answer are ignored, one that was asked for is a reject", () => {
    const bulk = parseConstructed("bybit", "tickers", { instruments: known("bybit", "XRP") });
    expect(bulk).toMatchObject({ observations: [], rejects: [] });
    const asked = parseConstructed("bybit", "tickers", {
      instruments: known("bybit", "XRP"),
      venueSymbol: "BTCUSDT",
    });
    expect(asked.rejects).toMatchObject([{ reason: "contract BTCUSDT is unknown" }]);
  });

  test("klines: oldest first, repetitions once, contradictions refused", () => {
    const result = parseConstructed("bybit", "klines", { receivedAt: 1_790_000_170_000 });
    const bars = result.observations.map((one) => (one.kind === "candle" ? [one.openTime, one.close, one.closed] : []));
    expect(bars).toEqual([
      [1_790_000_040_000, 76_100, true],
      [1_790_000_100_000, 76_111, true],
      [1_790_000_160_000, 76_125.5, false],
    ]);
    expect(nth(result, "candle").takerBuyBase).toBeNull();
    expect(result.rejects).toMatchObject([{ path: "$.result.list[2]" }]);
  });

  test("liquidations: a bad row costs only itself", () => {
    const result = parseConstructed("bybit", "liquidation-stream");
    expect(result.observations.map((one) => (one.kind === "liquidation" ? one.side : null))).toEqual(["short", "long"]);
    expect(result.rejects).toMatchObject([{ path: "$.data[2].S", reason: "is none of Buy, Sell" }]);
  });

  test("risk limits: a percent is read as such and recorded, a missing deduction follows from continuity", () => {
    const result = parseConstructed("bybit", "leverage-tiers");
    expect(result.brackets).toMatchObject([
      { floor: 0, cap: 400_000, maintenanceMarginRate: 0.005, maintenanceAmount: 0 },
      { floor: 400_000, cap: 2_000_000, maintenanceMarginRate: 0.01, maintenanceAmount: 2_000 },
    ]);
    expect(result.rejects).toMatchObject([{ reason: "1 at 50x is read as percent" }]);
  });

  test("an error inside a 200 is a reject with the venue's code", () => {
    const result = adapterOf("bybit").parse(
      "tickers",
      { retCode: 10006, retMsg: "slow down", result: {} },
      contextOf(),
    );
    expect(result.rejects).toMatchObject([{ path: "$.retCode", sample: "slow down" }]);
  });
});

describe("okx", () => {
  test("open interest: coins must equal contracts × value; without coins the product counts", () => {
    const result = parseConstructed("okx", "open-interest", { instruments: known("okx", "BTC", "ETH", "DOGE") });
    expect(nth(result, "openInterest").openInterestBase).toBeCloseTo(31_000.005, 9);
    expect(nth(result, "openInterest", 1)).toMatchObject({ symbol: "DOGE", openInterestBase: 2_000_500 });
    expect(result.rejects).toMatchObject([{ path: "$.data[1].oiCcy" }]);
  });

  test("klines: the venue's word decides what is closed", () => {
    const result = parseConstructed("okx", "klines", { venueSymbol: "BTC-USDT-SWAP" });
    expect(nth(result, "candle")).toMatchObject({ closed: true, volumeBase: 10, intervalMs: 60_000 });
    expect(nth(result, "candle", 1).closed).toBe(false);
    expect(result.rejects).toMatchObject([{ path: "$.data[2][4]", reason: "is an empty string" }]);
  });

  test("liquidations: repeated orders once, net by the order's side, contradictions refused", () => {
    const result = parseConstructed("okx", "liquidation-stream", { instruments: known("okx", "BTC") });
    expect(nth(result, "liquidation")).toMatchObject({ side: "short", sizeBase: 0.02, priceKind: "bankruptcy" });
    expect(nth(result, "liquidation", 1)).toMatchObject({ side: "long", sizeBase: 0.135 });
    expect(nth(result, "liquidation", 1).notionalUsd).toBeCloseTo(10_179, 9);
    expect(result.observations).toHaveLength(2);
    expect(result.rejects).toMatchObject([{ path: "$.data[0].details[3].posSide" }]);
  });

  test("order book: contracts become coins, best first; a bad level is left out", () => {
    const result = parseConstructed("okx", "order-book", { venueSymbol: "BTC-USDT-SWAP" });
    expect(nth(result, "depth")).toMatchObject({
      bids: [[76_100, 0.5]],
      asks: [
        [76_100.5, 1],
        [76_101, 2],
      ],
    });
    expect(result.rejects).toMatchObject([{ path: "$.data[0].bids[1][1]" }]);
  });

  test("a numeric code is an error page", () => {
    const result = adapterOf("okx").parse("mark-price", { code: 404, msg: "Not Found", data: {} }, contextOf());
    expect(result.rejects).toMatchObject([{ path: "$.code", sample: "404 Not Found" }]);
  });
});

describe("hyperliquid", () => {
  test("contexts belong to coins by index; delisted coins keep their place and are skipped", () => {
    const result = parseConstructed("hyperliquid", "meta-and-asset-contexts", { receivedAt: 1_790_001_000_000 });
    expect(nth(result, "openInterest")).toMatchObject({ symbol: "BTC", openInterestBase: 27_000.5 });
    expect(nth(result, "openInterest", 1)).toMatchObject({ symbol: "PEPE", openInterestBase: 5_000_000_000 });
    expect(nth(result, "markPrice", 1)).toMatchObject({ symbol: "PEPE", markPrice: 0.0000121, indexPrice: null });
    expect(nth(result, "fundingRate")).toMatchObject({ intervalMs: 3_600_000, fundingTime: 1_790_002_800_000 });
    expect(result.observations.some((one) => one.symbol === "OLD")).toBe(false);
    expect(result.rejects).toMatchObject([{ path: "$[1][3].openInterest", reason: "is null" }]);
  });

  test("lists of different length are refused whole: every coin would get another's figures", () => {
    const [meta, contexts] = constructed("hyperliquid", "meta-and-asset-contexts") as [unknown, unknown[]];
    const cut = [meta, contexts.slice(1)];
    const result = adapterOf("hyperliquid").parse("meta-and-asset-contexts", cut, contextOf());
    expect(result.observations).toEqual([]);
    expect(result.rejects).toMatchObject([{ reason: "has 3 rows for 4 coins" }]);
  });

  test("margin tiers: half the initial rate, deductions keep margin continuous", () => {
    const payload = constructed("hyperliquid", "meta-and-asset-contexts");
    const { brackets, rejects } = adapterOf("hyperliquid").parse("leverage-tiers", payload, contextOf());
    expect(brackets).toMatchObject([
      { venueSymbol: "BTC", floor: 0, cap: 150_000_000, maintenanceMarginRate: 0.0125, maintenanceAmount: 0 },
      { venueSymbol: "BTC", floor: 150_000_000, cap: null, maintenanceMarginRate: 0.025, maintenanceAmount: 1_875_000 },
      { venueSymbol: "kPEPE", floor: 0, cap: null, maintenanceMarginRate: 0.05, maxLeverage: 10 },
    ]);
    expect(rejects).toMatchObject([{ reason: "margin table 99 is not in the list" }]);
  });

  test("candles without trades stay candles", () => {
    const result = parseConstructed("hyperliquid", "klines");
    expect(nth(result, "candle")).toMatchObject({ openTime: 1_790_000_040_000, volumeBase: 0 });
  });

  test("trades become taker volume, a sum per minute that claims no more than its trades span", () => {
    const result = parseConstructed("hyperliquid", "trades");
    expect(nth(result, "takerVolume")).toMatchObject({ openTime: 1_790_000_099_000, intervalMs: 1, takerBuyBase: 1 });
    expect(nth(result, "takerVolume", 1)).toMatchObject({
      openTime: 1_790_000_100_000,
      intervalMs: 1_001,
      takerBuyBase: 0.5,
      takerSellBase: 0.2,
    });
    expect(result.rejects).toHaveLength(1);
  });
});

test("a sample is clipped to 120 characters", () => {
  const result = adapterOf("okx").parse("mark-price", { code: "0", data: "x".repeat(500) }, contextOf());
  expect(result.rejects[0]?.sample).toHaveLength(120);
});
