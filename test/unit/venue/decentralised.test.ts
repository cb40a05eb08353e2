// dYdX and GMX on payloads of our own making: what each rule keeps, and what it refuses.
import { describe, expect, test } from "vitest";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import { contextOf, known, nth, parseConstructed } from "./support.ts";

const AT_14 = Date.UTC(2026, 8, 21, 14);

describe("dydx", () => {
  test("markets: open interest of longs, the oracle price as mark and index, closed and foreign ones passed over", () => {
    const result = parseConstructed("dydx", "tickers");
    expect(nth(result, "openInterest")).toMatchObject({
      symbol: "BTC",
      openInterestBase: 400.5,
      openInterestUsd: null,
    });
    expect(nth(result, "markPrice")).toMatchObject({ symbol: "BTC", markPrice: 76_100.5, indexPrice: 76_100.5 });
    expect(nth(result, "fundingRate")).toMatchObject({ fundingRate: 0.0000125, intervalMs: 3_600_000 });
    expect(new Set(result.observations.map(({ symbol }) => symbol))).toEqual(new Set(["BTC", "ETH"]));
    expect(result.rejects).toMatchObject([{ path: "$.markets.ETH-USD.openInterest", sample: "NaN" }]);
  });

  test("the listing and the margin come with the same answer", () => {
    const { parse } = adapterOf("dydx");
    const market = (status: string) => ({
      status,
      oraclePrice: "150",
      initialMarginFraction: "0.05",
      maintenanceMarginFraction: "0.03",
    });
    const payload = { markets: { "SOL-USD": market("ACTIVE"), "XRP-USD": market("FINAL_SETTLEMENT") } };
    expect(parse("instruments", payload, contextOf()).instruments).toMatchObject([
      { symbol: "SOL", maxLeverage: 20, listed: true },
      { symbol: "XRP", listed: false },
    ]);
    expect(parse("leverage-tiers", payload, contextOf()).brackets).toEqual([
      {
        ...{ venue: "dydx", venueSymbol: "SOL-USD", floor: 0, cap: null, unit: "usd" },
        ...{ maintenanceMarginRate: 0.03, maintenanceAmount: 0, maxLeverage: 20 },
      },
    ]);
  });

  test("candles carry the open interest they began with; the running one is open", () => {
    const result = parseConstructed("dydx", "klines", { receivedAt: AT_14 + 150_000 });
    expect(nth(result, "candle")).toMatchObject({ openTime: AT_14, volumeBase: 0, closed: true });
    expect(nth(result, "candle", 1)).toMatchObject({ openTime: AT_14 + 120_000, volumeBase: 1.5, closed: false });
    const interest = result.observations.filter(({ kind }) => kind === "openInterest");
    expect(interest.map(({ exchangeTime }) => exchangeTime)).toEqual([AT_14 + 60_000, AT_14 + 120_000]);
    expect(result.rejects.map(({ path, reason }) => [path, reason])).toEqual([
      ["$.candles[3].startedAt", "is not an ISO-8601 time in UTC"],
      ["$.candles[1]", "high 76090 is below open or close"],
    ]);
  });

  test.each(["trades", "trades-stream"] as const)(
    "%s: a forced sale closes a long, a row sent twice counts once",
    (kind) => {
      const venueSymbol = kind === "trades" ? "BTC-USD" : null;
      const result = parseConstructed("dydx", kind, { venueSymbol });
      expect(nth(result, "liquidation")).toMatchObject({
        ...{ side: "long", price: 76_000, sizeBase: 0.25, priceKind: "fill", notionalUsd: 19_000 },
        exchangeTime: AT_14 + 5_000,
      });
      expect(nth(result, "liquidation", 1)).toMatchObject({ side: "short", price: 76_100, sizeBase: 0.5 });
      expect(result.observations.filter((one) => one.kind === "liquidation")).toHaveLength(2);
      expect(nth(result, "takerVolume")).toMatchObject({ takerBuyBase: 1.5, takerSellBase: 0.25 });
      expect(result.rejects).toHaveLength(1);
    },
  );

  test("minutes that the newest trades cover whole are taker volume of the minute, the ends are not", () => {
    const trade = (seconds: number, side: string) => ({
      ...{ id: `t${seconds}`, side, size: "0.5", price: "76000", type: "LIMIT" },
      createdAt: new Date(AT_14 + seconds * 1_000).toISOString(),
    });
    const old = trade(-3_000, "BUY");
    const rows = [trade(125, "BUY"), trade(110, "SELL"), trade(70, "BUY"), trade(61, "BUY"), trade(30, "SELL")];
    const read = (trades: object[]) =>
      adapterOf("dydx")
        .parse("trades", { trades }, contextOf({ venueSymbol: "BTC-USD" }))
        .observations.map((one) =>
          one.kind === "takerVolume"
            ? [(one.openTime - AT_14) / 1_000, one.intervalMs, one.takerBuyBase, one.takerSellBase]
            : one.kind,
        );
    expect(read(rows)).toEqual([
      [30, 1, 0, 0.5],
      [60, 60_000, 1, 0.5],
      [125, 1, 0.5, 0],
    ]);
    // with an older one before it the first minute is whole, too; the older one is too long ago to be told of
    expect(read([...rows, old])[0]).toEqual([0, 60_000, 0, 0.5]);
    expect(read([...rows, old])).toHaveLength(3);
  });

  test("a message of the stream says only what changed", () => {
    const result = parseConstructed("dydx", "tickers-stream");
    expect(result.rejects).toEqual([]);
    expect(result.observations).toHaveLength(3);
    expect(nth(result, "openInterest")).toMatchObject({ symbol: "BTC", openInterestBase: 402.25 });
    expect(nth(result, "markPrice")).toMatchObject({ markPrice: 76_111.25, exchangeTime: AT_14 + 6_300 });
    expect(nth(result, "fundingRate")).toMatchObject({ symbol: "ETH", fundingRate: 0.00001 });
  });

  test("funding is charged at the hour, though its block comes later; empty levels are no orders", () => {
    const rates = parseConstructed("dydx", "funding-history").observations;
    expect(rates).toMatchObject([{ fundingTime: AT_14 - 3_600_000 }, { fundingTime: AT_14, fundingRate: -0.0000025 }]);
    const book = parseConstructed("dydx", "order-book", { venueSymbol: "BTC-USD" });
    expect(nth(book, "depth")).toMatchObject({ bids: [[76_100, 0.5]], asks: [[76_101, 0.25]] });
    expect(parseConstructed("dydx", "order-book").rejects).toHaveLength(1);
  });

  test("its stream names the market of trades, and knows acknowledgements from data", () => {
    const { stream } = adapterOf("dydx");
    expect(stream?.subscribe(["BTC-USD"]).map((message) => JSON.parse(message) as unknown)).toEqual([
      { type: "subscribe", channel: "v4_markets" },
      { type: "subscribe", channel: "v4_trades", id: "BTC-USD" },
    ]);
    expect(stream?.kindOf({ type: "channel_data", channel: "v4_trades", id: "BTC-USD", contents: {} })).toBe(
      "trades-stream",
    );
    expect(stream?.kindOf({ type: "subscribed", channel: "v4_markets", contents: {} })).toBe("tickers-stream");
    expect(stream?.kindOf({ type: "connected", connection_id: "x" })).toBeNull();
    expect(stream?.kindOf({ type: "error", message: "Invalid subscription" })).toBeNull();
  });
});

describe("gmx", () => {
  test("pools of a coin add up, side by side; a coin with an unreadable pool is left out", () => {
    const result = parseConstructed("gmx", "tickers", { instruments: known("gmx", "BTC", "ETH", "SOL") });
    expect(nth(result, "openInterest")).toMatchObject({
      ...{ symbol: "BTC", openInterestBase: 400, shortOpenInterestBase: 200, openInterestUsd: 29_600_000 },
    });
    expect(result.observations.filter((one) => one.kind === "openInterest")).toHaveLength(1);
    expect(result.rejects.map(({ path, reason }) => [path, reason])).toEqual([
      ["$[3].longInterestInTokens", "is not a whole number as text"],
      ["$[4]", "coins × mark price and open interest in USD are far apart"],
    ]);
  });

  test("longs pay when the rate of their side is negative, weighted by pool", () => {
    const result = parseConstructed("gmx", "tickers", { instruments: known("gmx", "BTC") });
    const rate = (22 * 2e-5 - 7.6 * 1e-5) / 29.6;
    expect(nth(result, "fundingRate").fundingRate).toBeCloseTo(rate, 11);
    expect(nth(result, "markPrice").markPrice).toBe(76_100);
  });

  test("the older list tells USD only: no coins are made of it", () => {
    const result = parseConstructed("gmx", "open-interest");
    expect(result.observations).toMatchObject([
      { kind: "openInterestValue", symbol: "BTC", longUsd: 29_600_000, shortUsd: 15_500_000.5 },
    ]);
    expect(result.rejects).toMatchObject([{ path: "$.markets[2].openInterestLong", sample: "-1" }]);
  });

  test("prices are scaled by the token's decimals, the two of them apart", () => {
    const result = parseConstructed("gmx", "mark-price");
    expect(nth(result, "markPrice")).toMatchObject({ markPrice: 76_100.5, exchangeTime: 1_790_000_990_123 });
    expect(result.rejects).toMatchObject([{ path: "$[1].minPrice", reason: "is above maxPrice" }]);
  });

  test("candles have no volume, and none is made up", () => {
    const result = parseConstructed("gmx", "klines", { venueSymbol: "BTC", receivedAt: 1_790_000_970_000 });
    expect(nth(result, "candle")).toMatchObject({ openTime: 1_790_000_820_000, volumeBase: null, closed: true });
    expect(nth(result, "candle", 1)).toMatchObject({ openTime: 1_790_000_940_000, closed: false });
    expect(result.rejects).toMatchObject([{ path: "$.candles[1]", reason: "high 76090 is below open or close" }]);
  });

  test("liquidations: executed orders of type 7, the side is the position's", () => {
    const result = parseConstructed("gmx", "liquidation-orders");
    expect(result.observations).toHaveLength(2);
    expect(nth(result, "liquidation")).toMatchObject({
      symbol: "ETH",
      side: "short",
      price: 3_000,
      priceKind: "trigger",
    });
    expect(nth(result, "liquidation").sizeBase).toBeCloseTo(2, 12);
    expect(nth(result, "liquidation", 1)).toMatchObject({
      symbol: "BTC",
      side: "long",
      exchangeTime: 1_790_000_900_000,
    });
    expect(nth(result, "liquidation", 1).sizeBase).toBeCloseTo(0.5, 12);
    expect(result.rejects).toMatchObject([{ path: "$.trades[5].sizeDeltaUsd" }]);
  });

  test("a coin is listed while one of its pools is; a token of unknown decimals cannot be counted", () => {
    const result = parseConstructed("gmx", "instruments");
    expect(result.instruments).toMatchObject([
      { venueSymbol: "BTC", baseUnitsPerContract: 1e-8, listed: true },
      { venueSymbol: "ETH", baseUnitsPerContract: 1e-18, listed: false },
    ]);
    expect(result.rejects).toMatchObject([{ reason: "decimals of NEWCOIN are not known" }]);
    expect(parseConstructed("gmx", "tokens").rejects).toMatchObject([{ reason: "was 8, expected 18" }]);
  });

  test("an older window of candles is asked for as everything since it began", () => {
    const nowMs = 1_790_001_000_000;
    const args = { venueSymbol: "ETH", fromMs: nowMs - 600 * 60_000, toMs: nowMs - 500 * 60_000, limit: 100, nowMs };
    const { path, host } = adapterOf("gmx").request("klines", args);
    expect([path, host]).toEqual(["/prices/candles?tokenSymbol=ETH&period=1m&limit=601", undefined]);
    expect(adapterOf("gmx").request("tickers", { venueSymbol: null }).host).toBe("https://arbitrum.gmxapi.io");
  });
});
