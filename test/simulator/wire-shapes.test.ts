// Every answer has the fields of the recorded payload of its kind, with the same JSON types.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR_MS } from "../../src/shared/time/clock.ts";
import { refuse } from "../../src/simulator/server/refusals.ts";
import { needsShared, sharedFolder } from "../support/shared.ts";
import { marketsOf, minuteBars, START, simulate, type TestSimulator } from "./support.ts";

const NOW = START + 30 * HOUR_MS + 12_345;

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await simulate(marketsOf(minuteBars(2_000)), NOW);
});
afterAll(() => simulator.close());

function fixture(path: string): string {
  return readFileSync(join(sharedFolder(), "fixtures/venues", path), "utf8");
}

type Kind = "null" | "string" | "number" | "boolean" | "array" | "object";
function kindOf(value: unknown): Kind {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : (typeof value as Kind);
}

/** Paths at which the answer lacks what the recording has, or has another type. `""` may stand for any text. */
function differences(recorded: unknown, served: unknown, path = "$"): string[] {
  const kind = kindOf(recorded);
  if (kind !== kindOf(served)) return [`${path}: recorded ${kind}, served ${kindOf(served)}`];
  if (kind === "array") return arrayDifferences(recorded as unknown[], served as unknown[], path);
  if (kind !== "object") return [];
  const fields = served as Record<string, unknown>;
  return Object.entries(recorded as object).flatMap(([name, value]) =>
    name in fields ? differences(value, fields[name], `${path}.${name}`) : [`${path}.${name}: missing`],
  );
}

function arrayDifferences(recorded: unknown[], served: unknown[], path: string): string[] {
  const isRow = recorded.length > 0 && recorded.every((cell) => !["array", "object"].includes(kindOf(cell)));
  if (isRow && recorded.length > 2) {
    if (recorded.length !== served.length)
      return [`${path}: recorded ${recorded.length} columns, served ${served.length}`];
    return recorded.flatMap((cell, i) => differences(cell, served[i], `${path}[${i}]`));
  }
  // a list: the first of each stands for all, unless the positions mean different things
  if (recorded.length === 2 && kindOf(recorded[0]) !== kindOf(recorded[1])) {
    return recorded.flatMap((part, i) => differences(part, served[i], `${path}[${i}]`));
  }
  if (recorded.length === 0) return [];
  return served.length === 0 ? [`${path}: served an empty list`] : differences(recorded[0], served[0], `${path}[0]`);
}

/** Recorded fixture, request, and fields of the recording that no client needs and the simulator does not serve. */
const REST: readonly [file: string, request: string | object, absent?: readonly string[]][] = [
  ["binance/open-interest.json", "binance/fapi/v1/openInterest?symbol=BTCUSDT"],
  [
    "binance/open-interest-history-doc-example-2026.json",
    "binance/futures/data/openInterestHist?symbol=BTCUSDT&period=5m",
  ],
  ["binance/klines.json", "binance/fapi/v1/klines?symbol=BTCUSDT&interval=1m"],
  ["binance/premium-index.json", "binance/fapi/v1/premiumIndex?symbol=BTCUSDT"],
  ["binance/funding-history-doc-example-2026.json", "binance/fapi/v1/fundingRate?symbol=BTCUSDT"],
  ["binance/order-book-recorded-2021.json", "binance/fapi/v1/depth?symbol=BTCUSDT"],
  ["binance/taker-volume.json", "binance/futures/data/takerlongshortRatio?symbol=BTCUSDT&period=5m"],
  ["binance/instruments-2026.json", "binance/fapi/v1/exchangeInfo"],
  ["bybit/tickers-linear-constructed-2026.json", "bybit/v5/market/tickers?category=linear"],
  ["bybit/klines.json", "bybit/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1"],
  [
    "bybit/open-interest-history-linear-constructed.json",
    "bybit/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min",
  ],
  ["bybit/funding-history.json", "bybit/v5/market/funding/history?category=linear&symbol=BTCUSDT"],
  ["bybit/order-book.json", "bybit/v5/market/orderbook?category=linear&symbol=BTCUSDT"],
  ["bybit/trades-doc-example-2026.json", "bybit/v5/market/recent-trade?category=linear&symbol=BTCUSDT"],
  ["bybit/leverage-tiers-linear-constructed-2026.json", "bybit/v5/market/risk-limit?category=linear&symbol=BTCUSDT"],
  [
    "bybit/instruments.json",
    "bybit/v5/market/instruments-info?category=linear",
    ["$.result.list[0].lotSizeFilter.postOnlyMaxOrderQty", "$.result.list[0].lotSizeFilter.maxMktOrderQty"],
  ],
  ["okx/open-interest-constructed-2026.json", "okx/api/v5/public/open-interest?instType=SWAP"],
  [
    "okx/open-interest-history-doc-example.json",
    "okx/api/v5/rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP&period=5m",
  ],
  ["okx/klines-open-candle-recorded-2023.json", "okx/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m"],
  ["okx/klines-recorded-2025.json", "okx/api/v5/market/history-candles?instId=BTC-USDT-SWAP&bar=1m"],
  ["okx/mark-price.json", "okx/api/v5/public/mark-price?instType=SWAP"],
  ["okx/index-tickers.json", "okx/api/v5/market/index-tickers?quoteCcy=USDT"],
  ["okx/funding-rate-constructed-2026.json", "okx/api/v5/public/funding-rate?instId=BTC-USDT-SWAP"],
  ["okx/funding-history.json", "okx/api/v5/public/funding-rate-history?instId=BTC-USDT-SWAP"],
  ["okx/order-book.json", "okx/api/v5/market/books?instId=BTC-USDT-SWAP&sz=400"],
  ["okx/taker-volume-doc-example.json", "okx/api/v5/rubik/stat/taker-volume-contract?instId=BTC-USDT-SWAP&period=5m"],
  [
    "okx/liquidation-orders-constructed.json",
    "okx/api/v5/public/liquidation-orders?instType=SWAP&instFamily=BTC-USDT&state=filled",
  ],
  [
    "okx/leverage-tiers-swap-recorded-2022.json",
    "okx/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily=BTC-USDT",
  ],
  [
    "okx/instruments.json",
    "okx/api/v5/public/instruments?instType=SWAP",
    [
      "maxIcebergSz",
      "maxPlatOILmt",
      "maxStopSz",
      "maxTriggerSz",
      "maxTwapSz",
      "posLmtAmt",
      "posLmtPct",
      "preMktSwTime",
    ].map((name) => `$.data[0].${name}`),
  ],
  ["hyperliquid/meta-and-asset-contexts-doc-example.json", { type: "metaAndAssetCtxs" }],
  ["hyperliquid/leverage-tiers-doc-example.json", { type: "meta" }],
  [
    "hyperliquid/klines-recorded-2023.json",
    { type: "candleSnapshot", req: { coin: "BTC", interval: "1h", startTime: START } },
  ],
  ["hyperliquid/funding-history.json", { type: "fundingHistory", coin: "BTC", startTime: START }],
  ["hyperliquid/order-book-recorded-2023.json", { type: "l2Book", coin: "BTC" }],
  [
    "dydx/tickers-recorded-2025.json",
    "dydx/v4/perpetualMarkets",
    // one market is played; its chain units are not
    [
      ...["atomicResolution", "quantumConversionExponent", "stepBaseQuantums", "subticksPerTick"].map(
        (name) => `$.markets.BTC-USD.${name}`,
      ),
      ...["$.markets.ETH-USD", "$.markets.SOL-USD"],
    ],
  ],
  ["dydx/klines-recorded-2025.json", "dydx/v4/candles/perpetualMarkets/BTC-USD?resolution=1MIN&limit=3"],
  ["dydx/funding-history-recorded-2025.json", "dydx/v4/historicalFunding/BTC-USD"],
  ["dydx/order-book-recorded-2025.json", "dydx/v4/orderbooks/perpetualMarket/BTC-USD"],
  ["dydx/trades-recorded-2025.json", "dydx/v4/trades/perpetualMarket/BTC-USD?limit=3"],
  ["gmx/instruments-recorded-2026.json", "gmx/markets"],
  ["gmx/tokens-recorded-2026.json", "gmx/tokens"],
  ["gmx/mark-price-recorded-2026.json", "gmx/prices/tickers"],
  ["gmx/klines-constructed.json", "gmx/prices/candles?tokenSymbol=BTC&period=5m&limit=3"],
  [
    "gmx/open-interest-constructed.json",
    "gmx/markets/info",
    // what the pools hold is not played
    [
      ...["longToken", "shortToken", "availableLiquidityLong", "availableLiquidityShort", "poolAmountLong"],
      ...["poolAmountShort", "fundingRateLong", "fundingRateShort", "borrowingRateLong", "borrowingRateShort"],
    ].map((name) => `$.markets[0].${name}`),
  ],
  [
    "gmx/tickers-constructed.json",
    "gmx/v1/markets/tickers",
    [
      ...["high24h", "low24h", "open24h", "close24h", "priceChange24h", "priceChangePercent24hBps"],
      ...["availableLiquidityLong", "availableLiquidityShort", "poolAmountLongUsd", "poolAmountShortUsd"],
      ...["netRateLong", "netRateShort"],
    ].map((name) => `$[0].${name}`),
  ],
  ["hyperliquid/trades.json", { type: "recentTrades", coin: "BTC" }],
];

describe("answers have the shape of the recordings", needsShared(), () => {
  test.each(REST)("%s", async (file, request, absent = []) => {
    const served: unknown =
      typeof request === "string" ? (await simulator.get(request)).json() : await simulator.info(request);
    const found = differences(JSON.parse(fixture(file)), served);
    expect(found).toEqual(absent.map((path) => `${path}: missing`));
  });
});

describe("refusals have the shape of the recordings", needsShared(), () => {
  test.each([
    ["binance", "429", "binance-429-rate-limit.json", 429],
    ["binance", "418", "binance-418-ip-ban.json", 418],
    ["binance", "451", "binance-451-geo-block.json", 451],
    ["binance", "5xx", "binance-503-unknown.json", 503],
    ["bybit", "429", "bybit-10006-rate-limit.json", 200],
    ["bybit", "451", "bybit-10009-region.json", 200],
    ["okx", "429", "okx-50011-rate-limit.json", 429],
    ["okx", "5xx", "okx-50001-maintenance.json", 503],
    ["hyperliquid", "429", "hyperliquid-429-null.json", 429],
  ] as const)("%s %s", (venue, kind, file, status) => {
    const reply = refuse(venue, kind, NOW, NOW);
    expect(reply.status).toBe(status);
    const recorded: unknown = JSON.parse(fixture(`errors/${file}`));
    const served: unknown = JSON.parse(reply.body);
    expect(differences(recorded, served)).toEqual([]);
    const codeOf = (body: unknown) => {
      const fields = (body ?? {}) as { code?: unknown; retCode?: unknown };
      return fields.code ?? fields.retCode ?? null;
    };
    expect(codeOf(served)).toBe(codeOf(recorded));
  });

  test.each(["binance", "bybit"] as const)("%s 403 is a page, not JSON", (venue) => {
    const reply = refuse(venue, "403-html", NOW, NOW);
    expect([reply.status, reply.headers["content-type"]]).toEqual([403, "text/html"]);
  });
});
