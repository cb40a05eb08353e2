// A small market of known bars, a running simulator on it, and ways to ask it.
import type { Bar } from "../../src/shared/market/bar.ts";
import { VENUES, type VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { Market } from "../../src/simulator/market/market.ts";
import { type Simulator, startSimulator } from "../../src/simulator/server.ts";
import { tapeMarket } from "../../src/simulator/tape/tape-market.ts";

/** Start of the test tape: a day boundary. */
export const START = 1_768_176_000_000;

/** A bar that moves a little each minute, with everything known; `change` overrides fields. */
export function minuteBar(index: number, change: Partial<Bar> = {}): Bar {
  const open = 97_000 + Math.round(300 * Math.sin(index / 40) * 10) / 10;
  const close = 97_000 + Math.round(300 * Math.sin((index + 1) / 40) * 10) / 10;
  return {
    openTime: START + index * MINUTE_MS,
    intervalMs: MINUTE_MS,
    open,
    high: Math.max(open, close) + 12.5,
    low: Math.min(open, close) - 9.5,
    close,
    volumeBase: 60 + (index % 7),
    takerBuyBase: 31 + (index % 5),
    openInterestBase: 90_000 + (index % 50) * 2,
    markHigh: Math.max(open, close) + 8,
    markLow: Math.min(open, close) - 6,
    fundingRate: index % 60 === 0 ? 0.0001 : null,
    observedLongUsd: index % 3 === 0 ? 20_000 : 0,
    observedShortUsd: index % 4 === 0 ? 15_000 : 0,
    ...change,
  };
}

export function minuteBars(count: number): Bar[] {
  return Array.from({ length: count }, (_, index) => minuteBar(index));
}

export function marketsOf(bars: readonly Bar[], venues: readonly VenueId[] = VENUES): Market[] {
  return venues.map((venue) => tapeMarket(venue, "BTC", bars));
}

export interface TestSimulator extends Simulator {
  /** Sets the market time. */
  setNow(ms: number): void;
  /** Asks with a path such as `binance/fapi/v1/time`. */
  get(path: string): Promise<{ status: number; type: string; headers: Headers; text: string; json: () => never }>;
  /** Asks Hyperliquid. */
  info(question: object): Promise<unknown>;
}

/** Starts a simulator whose market time the test sets. */
export async function simulate(markets: Market[], now: number): Promise<TestSimulator> {
  let current = now;
  const clock = { marketOriginMs: 0, wallOriginMs: 0, speed: 1, endMs: null };
  const simulator = await startSimulator({ clock, wallNow: () => current, markets });
  return {
    ...simulator,
    setNow(ms) {
      current = ms;
    },
    async get(path) {
      const response = await fetch(`http://127.0.0.1:${simulator.port}/${path}`);
      const text = await response.text();
      return {
        status: response.status,
        type: response.headers.get("content-type") ?? "",
        headers: response.headers,
        text,
        json: () => JSON.parse(text) as never,
      };
    },
    async info(question) {
      const response = await fetch(`http://127.0.0.1:${simulator.port}/hyperliquid/info`, {
        method: "POST",
        body: JSON.stringify(question),
      });
      return JSON.parse(await response.text()) as unknown;
    },
  };
}

/** Every kind of question, as path or Hyperliquid body. */
export const QUESTIONS: readonly (string | object)[] = [
  "binance/fapi/v1/openInterest?symbol=BTCUSDT",
  "binance/futures/data/openInterestHist?symbol=BTCUSDT&period=5m&limit=500",
  "binance/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1500",
  `binance/fapi/v1/klines?symbol=BTCUSDT&interval=1h&startTime=${START}&endTime=9999999999999`,
  "binance/fapi/v1/premiumIndex",
  "binance/fapi/v1/fundingRate?symbol=BTCUSDT&endTime=9999999999999",
  "binance/fapi/v1/depth?symbol=BTCUSDT&limit=1000",
  "binance/futures/data/takerlongshortRatio?symbol=BTCUSDT&period=5m",
  "bybit/v5/market/tickers?category=linear",
  "bybit/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&limit=1000&end=9999999999999",
  "bybit/v5/market/mark-price-kline?category=linear&symbol=BTCUSDT&interval=5",
  "bybit/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=200&endTime=9999999999999",
  "bybit/v5/market/funding/history?category=linear&symbol=BTCUSDT",
  "bybit/v5/market/orderbook?category=linear&symbol=BTCUSDT&limit=1000",
  "bybit/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000",
  "okx/api/v5/public/open-interest?instType=SWAP",
  "okx/api/v5/rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP&period=5m&end=9999999999999",
  "okx/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m&limit=300&after=9999999999999",
  "okx/api/v5/market/history-candles?instId=BTC-USDT-SWAP&bar=1m&after=9999999999999",
  "okx/api/v5/public/mark-price?instType=SWAP",
  "okx/api/v5/market/index-tickers?quoteCcy=USDT",
  "okx/api/v5/public/funding-rate?instId=BTC-USDT-SWAP",
  "okx/api/v5/public/funding-rate-history?instId=BTC-USDT-SWAP&after=9999999999999",
  "okx/api/v5/market/books?instId=BTC-USDT-SWAP&sz=400",
  "okx/api/v5/rubik/stat/taker-volume-contract?instId=BTC-USDT-SWAP&period=5m&end=9999999999999",
  "okx/api/v5/public/liquidation-orders?instType=SWAP&instFamily=BTC-USDT&state=filled&after=9999999999999",
  "bitget/api/v2/mix/market/tickers?productType=usdt-futures",
  "bitget/api/v2/mix/market/candles?productType=usdt-futures&symbol=BTCUSDT&granularity=1m&limit=1000&endTime=9999999999999",
  "bitget/api/v2/mix/market/history-fund-rate?productType=usdt-futures&symbol=BTCUSDT",
  "bitget/api/v2/mix/market/merge-depth?productType=usdt-futures&symbol=BTCUSDT",
  "bitget/api/v2/mix/market/taker-buy-sell?symbol=BTCUSDT&period=5m",
  "bitget/api/v3/market/liquidations?category=USDT-FUTURES",
  "gate/api/v4/futures/usdt/tickers",
  "gate/api/v4/futures/usdt/contract_stats?contract=BTC_USDT&interval=5m&limit=100",
  "gate/api/v4/futures/usdt/candlesticks?contract=BTC_USDT&interval=1m&to=9999999999",
  "gate/api/v4/futures/usdt/funding_rate?contract=BTC_USDT",
  "gate/api/v4/futures/usdt/order_book?contract=BTC_USDT&limit=300",
  "gate/api/v4/futures/usdt/liq_orders?to=9999999999",
  "dydx/v4/perpetualMarkets",
  "dydx/v4/candles/perpetualMarkets/BTC-USD?resolution=1MIN&limit=1000&toISO=2199-01-01T00:00:00Z",
  "dydx/v4/historicalFunding/BTC-USD?effectiveBeforeOrAt=2199-01-01T00:00:00Z",
  "dydx/v4/orderbooks/perpetualMarket/BTC-USD",
  "dydx/v4/trades/perpetualMarket/BTC-USD?limit=1000",
  "gmx/markets/info",
  "gmx/prices/tickers",
  "gmx/prices/candles?tokenSymbol=BTC&period=1m&limit=10000",
  "gmx/v1/markets/tickers",
  { type: "metaAndAssetCtxs" },
  { type: "candleSnapshot", req: { coin: "BTC", interval: "1m", startTime: 0, endTime: 9999999999999 } },
  { type: "fundingHistory", coin: "BTC", startTime: 0, endTime: 9999999999999 },
  { type: "l2Book", coin: "BTC" },
  { type: "recentTrades", coin: "BTC" },
];

/** Answers of all questions, as text. */
export async function askAll(simulator: TestSimulator): Promise<string[]> {
  const answers: string[] = [];
  for (const question of QUESTIONS) {
    if (typeof question === "string") answers.push((await simulator.get(question)).text);
    else answers.push(JSON.stringify(await simulator.info(question)));
  }
  return answers;
}
