import { describe, expect, test } from "vitest";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import type { PayloadKind, RequestArgs } from "../../../src/shared/venue/venue.ts";

const FROM = 1_790_000_040_000;
const TO = FROM + 60 * 60_000;
const WINDOW = { fromMs: FROM, toMs: TO, limit: 60 };

const PATHS: [VenueId, PayloadKind, RequestArgs, string, number][] = [
  ["binance", "open-interest", { venueSymbol: "BTCUSDT" }, "/fapi/v1/openInterest?symbol=BTCUSDT", 1],
  ["binance", "klines", { venueSymbol: "BTCUSDT" }, "/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=3", 1],
  [
    "binance",
    "klines",
    { venueSymbol: "BTCUSDT", ...WINDOW, limit: 5_000 },
    `/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500&startTime=${FROM}&endTime=${TO - 1}`,
    10,
  ],
  ["binance", "premium-index", { venueSymbol: null }, "/fapi/v1/premiumIndex", 10],
  ["binance", "premium-index", { venueSymbol: "BTCUSDT" }, "/fapi/v1/premiumIndex?symbol=BTCUSDT", 1],
  [
    "binance",
    "open-interest-history",
    { venueSymbol: "BTCUSDT", ...WINDOW },
    `/futures/data/openInterestHist?symbol=BTCUSDT&period=5m&limit=60&startTime=${FROM}&endTime=${TO - 1}`,
    12,
  ],
  ["binance", "instruments", { venueSymbol: null }, "/fapi/v1/exchangeInfo", 1],
  ["binance", "funding-info", { venueSymbol: null }, "/fapi/v1/fundingInfo", 24],
  ["binance", "order-book", { venueSymbol: "BTCUSDT", limit: 400 }, "/fapi/v1/depth?symbol=BTCUSDT&limit=500", 10],
  ["bybit", "tickers", { venueSymbol: null }, "/v5/market/tickers?category=linear", 1],
  [
    "bybit",
    "klines",
    { venueSymbol: "BTCUSDT", ...WINDOW },
    `/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&start=${FROM}&end=${TO - 1}&limit=60`,
    1,
  ],
  [
    "bybit",
    "open-interest-history",
    { venueSymbol: "BTCUSDT", ...WINDOW },
    `/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&startTime=${FROM}&endTime=${TO - 1}&limit=60`,
    1,
  ],
  [
    "bybit",
    "open-interest-history",
    { venueSymbol: "BTCUSDT", fromMs: FROM, limit: 12 },
    `/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&startTime=${FROM}&endTime=${TO - 1}&limit=12`,
    1,
  ],
  ["bybit", "instruments", { venueSymbol: null }, "/v5/market/instruments-info?category=linear&limit=1000", 1],
  ["okx", "open-interest", { venueSymbol: null }, "/api/v5/public/open-interest?instType=SWAP", 2],
  ["okx", "mark-price", { venueSymbol: null }, "/api/v5/public/mark-price?instType=SWAP", 4],
  ["okx", "funding-rate", { venueSymbol: "BTC-USDT-SWAP" }, "/api/v5/public/funding-rate?instId=BTC-USDT-SWAP", 4],
  ["okx", "klines", { venueSymbol: "BTC-USDT-SWAP" }, "/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m&limit=3", 1],
  [
    "okx",
    "klines",
    { venueSymbol: "BTC-USDT-SWAP", ...WINDOW, nowMs: TO + 60_000 },
    `/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m&before=${FROM - 1}&after=${TO}&limit=60`,
    1,
  ],
  [
    "okx",
    "klines",
    { venueSymbol: "BTC-USDT-SWAP", ...WINDOW, nowMs: FROM + 1_440 * 60_000 },
    `/api/v5/market/history-candles?instId=BTC-USDT-SWAP&bar=1m&before=${FROM - 1}&after=${TO}&limit=60`,
    2,
  ],
  [
    "okx",
    "open-interest-history",
    { venueSymbol: "BTC-USDT-SWAP", ...WINDOW },
    `/api/v5/rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP&period=5m&begin=${FROM - 1}&end=${TO - 1}&limit=60`,
    4,
  ],
  [
    "okx",
    "taker-volume",
    { venueSymbol: "BTC-USDT-SWAP" },
    "/api/v5/rubik/stat/taker-volume-contract?instId=BTC-USDT-SWAP&period=5m&limit=30&unit=0",
    8,
  ],
  [
    "okx",
    "liquidation-orders",
    { venueSymbol: "BTC-USDT-SWAP" },
    "/api/v5/public/liquidation-orders?instType=SWAP&state=filled&instFamily=BTC-USDT&limit=100",
    1,
  ],
  [
    "okx",
    "leverage-tiers",
    { venueSymbol: "BTC-USDT-SWAP" },
    "/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily=BTC-USDT",
    4,
  ],
  ["bitget", "tickers", { venueSymbol: null }, "/api/v2/mix/market/tickers?productType=usdt-futures", 1],
  [
    "bitget",
    "klines",
    { venueSymbol: "BTCUSDT", ...WINDOW },
    `/api/v2/mix/market/candles?productType=usdt-futures&symbol=BTCUSDT&granularity=1m&startTime=${FROM}&endTime=${TO - 1}&limit=60`,
    1,
  ],
  [
    "bitget",
    "taker-volume",
    { venueSymbol: "BTCUSDT" },
    "/api/v2/mix/market/taker-buy-sell?symbol=BTCUSDT&period=5m",
    20,
  ],
  [
    "bitget",
    "liquidation-orders",
    { venueSymbol: null },
    "/api/v3/market/liquidations?category=USDT-FUTURES&limit=100",
    4,
  ],
  ["bitget", "instruments", { venueSymbol: null }, "/api/v3/market/instruments?category=USDT-FUTURES", 1],
  ["gate", "tickers", { venueSymbol: null }, "/api/v4/futures/usdt/tickers", 1],
  [
    "gate",
    "klines",
    { venueSymbol: "BTC_USDT" },
    "/api/v4/futures/usdt/candlesticks?contract=BTC_USDT&interval=1m&limit=3",
    1,
  ],
  [
    "gate",
    "klines",
    { venueSymbol: "BTC_USDT", ...WINDOW },
    `/api/v4/futures/usdt/candlesticks?contract=BTC_USDT&interval=1m&from=${FROM / 1_000}&to=${TO / 1_000 - 1}`,
    1,
  ],
  [
    "gate",
    "contract-stats",
    { venueSymbol: "BTC_USDT", ...WINDOW },
    `/api/v4/futures/usdt/contract_stats?contract=BTC_USDT&interval=5m&from=${FROM / 1_000}&limit=60`,
    1,
  ],
  ["gate", "funding-rate", { venueSymbol: "BTC_USDT" }, "/api/v4/futures/usdt/contracts/BTC_USDT", 1],
  [
    "gate",
    "liquidation-orders",
    { venueSymbol: "BTC_USDT", ...WINDOW },
    `/api/v4/futures/usdt/liq_orders?contract=BTC_USDT&from=${FROM / 1_000}&to=${TO / 1_000 - 1}&limit=60`,
    1,
  ],
  ["dydx", "tickers", { venueSymbol: null }, "/v4/perpetualMarkets", 1],
  [
    "dydx",
    "klines",
    { venueSymbol: "BTC-USD", ...WINDOW },
    "/v4/candles/perpetualMarkets/BTC-USD?resolution=1MIN&limit=60&fromISO=2026-09-21T14%3A14%3A00.000Z&toISO=2026-09-21T15%3A14%3A00.000Z",
    1,
  ],
  ["dydx", "trades", { venueSymbol: "BTC-USD" }, "/v4/trades/perpetualMarket/BTC-USD?limit=1000", 1],
  ["dydx", "order-book", { venueSymbol: "BTC-USD" }, "/v4/orderbooks/perpetualMarket/BTC-USD", 1],
  ["gmx", "tickers", { venueSymbol: null }, "/v1/markets/tickers", 1],
  ["gmx", "klines", { venueSymbol: "ETH" }, "/prices/candles?tokenSymbol=ETH&period=1m&limit=3", 1],
  ["gmx", "mark-price", { venueSymbol: null }, "/prices/tickers", 1],
];

test.each(PATHS)("%s %s %o", (venue, kind, args, path, weight) => {
  const request = adapterOf(venue).request(kind, args);
  expect(request).toMatchObject({ kind, method: "GET", path, body: null, venueSymbol: args.venueSymbol, weight });
});

describe("hyperliquid", () => {
  const ask = (kind: PayloadKind, args: RequestArgs) => {
    const request = adapterOf("hyperliquid").request(kind, args);
    expect(request).toMatchObject({ method: "POST", path: "/info" });
    return { question: JSON.parse(request.body ?? "null") as unknown, weight: request.weight };
  };

  test("asks for everything at once", () => {
    expect(ask("meta-and-asset-contexts", { venueSymbol: null })).toEqual({
      question: { type: "metaAndAssetCtxs" },
      weight: 20,
    });
  });

  test("a window of candles weighs by its rows", () => {
    const { question, weight } = ask("klines", { venueSymbol: "BTC", ...WINDOW });
    const req = { coin: "BTC", interval: "1m", startTime: FROM, endTime: TO - 1 };
    expect(question).toEqual({ type: "candleSnapshot", req });
    expect(weight).toBe(21);
  });

  test("the latest candles end now; without the time everything kept is asked for", () => {
    expect(ask("klines", { venueSymbol: "BTC", nowMs: TO, limit: 3 })).toMatchObject({
      question: { req: { startTime: TO - 3 * 60_000, endTime: TO } },
      weight: 20,
    });
    expect(ask("klines", { venueSymbol: "BTC" })).toMatchObject({ question: { req: { startTime: 0 } }, weight: 103 });
  });
});

describe("streams", () => {
  test("Binance: one stream per symbol and a heartbeat on the same socket", () => {
    const path = adapterOf("binance").stream?.path(["BTCUSDT", "ETHUSDT"]);
    expect(path).toBe("/market/stream?streams=btcusdt@forceOrder/ethusdt@forceOrder/btcusdt@markPrice@1s");
    expect(adapterOf("binance").stream?.subscribe(["BTCUSDT"])).toEqual([]);
  });

  test("Binance: both messages are told apart", () => {
    const kindOf = adapterOf("binance").stream?.kindOf;
    expect(kindOf?.({ stream: "btcusdt@forceOrder", data: { e: "forceOrder" } })).toBe("liquidation-stream");
    expect(kindOf?.({ e: "markPriceUpdate" })).toBe("mark-price-stream");
  });

  test("Bybit: subscriptions are split before their arguments exceed 21,000 characters", () => {
    const symbols = Array.from({ length: 1_500 }, (_, i) => `COIN${i}USDT`);
    const messages = adapterOf("bybit").stream?.subscribe(symbols) ?? [];
    expect(messages.length).toBeGreaterThan(1);
    const args = messages.map((message) => (JSON.parse(message) as { args: string[] }).args);
    expect(args.flat()).toEqual(symbols.map((symbol) => `allLiquidation.${symbol}`));
    for (const one of args) expect(JSON.stringify(one).length).toBeLessThanOrEqual(21_000);
    expect(adapterOf("bybit").stream?.kindOf({ topic: "allLiquidation.BTCUSDT", data: [] })).toBe("liquidation-stream");
  });

  test("OKX: one subscription for all swaps", () => {
    const okx = adapterOf("okx").stream;
    expect(okx?.subscribe(["BTC-USDT-SWAP"]).map((message) => JSON.parse(message) as unknown)).toEqual([
      { op: "subscribe", args: [{ channel: "liquidation-orders", instType: "SWAP" }] },
    ]);
    expect(okx?.kindOf({ arg: { channel: "liquidation-orders" }, data: [] })).toBe("liquidation-stream");
    expect(okx?.kindOf({ event: "subscribe", arg: { channel: "liquidation-orders" } })).toBeNull();
  });

  test("Bitget and Gate: one subscription for all contracts, and their own messages only", () => {
    const bitget = adapterOf("bitget").stream;
    expect(bitget?.subscribe([]).map((message) => JSON.parse(message) as unknown)).toEqual([
      { op: "subscribe", args: [{ instType: "usdt-futures", topic: "liquidation" }] },
    ]);
    const arg = { instType: "usdt-futures", topic: "liquidation" };
    expect(bitget?.kindOf({ action: "update", arg, data: [] })).toBe("liquidation-stream");
    expect(bitget?.kindOf({ event: "subscribe", arg })).toBeNull();
    const gate = adapterOf("gate").stream;
    const channel = "futures.public_liquidates";
    expect(gate?.subscribe([]).map((message) => JSON.parse(message) as unknown)).toEqual([
      { time: 0, channel, event: "subscribe", payload: ["!all"] },
    ]);
    expect(gate?.kindOf({ channel, event: "update", result: [] })).toBe("liquidation-stream");
    expect(gate?.kindOf({ channel, event: "subscribe", result: { status: "success" } })).toBeNull();
    expect(gate?.kindOf({ channel: "futures.pong", event: "", result: null })).toBeNull();
  });
});
