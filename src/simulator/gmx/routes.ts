// GMX v2: the keeper API and the newer one under one address. https://docs.gmx.io/docs/api/rest/

import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../shared/time/clock.ts";
import { decimalsOf } from "../../shared/venue/gmx/decimals.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { Market } from "../market/market.ts";
import { newestCandles, quoteAt } from "../market/view.ts";
import {
  integerParameter,
  jsonReply,
  textReply,
  type WireContext,
  type WireReply,
  type WireRequest,
} from "../server/wire.ts";
import { fixedPoint } from "./fixed-point.ts";
import { addressOf, ENTRY_FACTOR, poolNames, poolsAt } from "./pools.ts";

const USD = 30;
const MAX_CANDLES = 10_000;
const PERIODS: Record<string, number> = {
  "1m": MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "1h": HOUR_MS,
  "4h": 4 * HOUR_MS,
  "1d": DAY_MS,
};
/** The search shows the newest trades only. */
const TRADES = 100;

export function answerGmx(request: WireRequest, context: WireContext): WireReply {
  const { markets } = context;
  switch (`${request.method} ${request.path}`) {
    case "GET /markets":
      return jsonReply({ markets: markets.flatMap(listing) });
    case "GET /tokens":
      return jsonReply({ tokens: markets.map(token) });
    case "GET /markets/info":
      return jsonReply({ markets: markets.flatMap((market) => poolInfo(market, context.now)) });
    case "GET /prices/tickers":
      return jsonReply(markets.flatMap((market) => tokenPrice(market, context)));
    case "GET /prices/candles":
      return candles(request, context);
    case "GET /v1/markets/tickers":
      return jsonReply(markets.flatMap((market) => marketTickers(market, context.now)));
    case "POST /v1/trades/search":
      return jsonReply({ trades: markets.flatMap((market) => liquidations(market, context.now)) });
    default:
      return textReply("Not Found", 404, "text/html");
  }
}

function listing(market: Market): object[] {
  const tokens = { indexToken: addressOf(market.symbol), longToken: addressOf("long"), shortToken: addressOf("USDC") };
  return poolNames(market).map((pool) => ({
    ...pool,
    ...tokens,
    isListed: true,
    listingDate: "2023-08-08T00:00:00.000Z",
  }));
}

function token(market: Market): object {
  return { symbol: market.symbol, address: addressOf(market.symbol), decimals: decimals(market), synthetic: true };
}

function poolInfo(market: Market, now: number): object[] {
  const price = (quoteAt(market, now)?.markPrice ?? 0) * ENTRY_FACTOR;
  return poolsAt(market, now).map(({ name, marketToken, longBase, shortBase }) => ({
    name,
    marketToken,
    indexToken: addressOf(market.symbol),
    isListed: true,
    openInterestLong: fixedPoint(longBase * price, USD),
    openInterestShort: fixedPoint(shortBase * price, USD),
  }));
}

/** Both sides of every pool; the side that is larger pays the other. */
function marketTickers(market: Market, now: number): object[] {
  const quote = quoteAt(market, now);
  if (quote === null) return [];
  return poolsAt(market, now).map(({ name, marketToken, longBase, shortBase }) => {
    const [longUsd, shortUsd] = [longBase, shortBase].map((base) =>
      fixedPoint(base * quote.markPrice * ENTRY_FACTOR, USD),
    );
    const rate = quote.fundingRate ?? 0;
    return {
      name,
      marketTokenAddress: marketToken,
      markPrice: fixedPoint(quote.markPrice, USD),
      openInterestLong: longUsd,
      openInterestShort: shortUsd,
      longInterestUsd: longUsd,
      shortInterestUsd: shortUsd,
      longInterestInTokens: fixedPoint(longBase, decimals(market)),
      shortInterestInTokens: fixedPoint(shortBase, decimals(market)),
      fundingRateLong: fixedPoint(-rate, USD),
      fundingRateShort: fixedPoint(shortBase > 0 ? (rate * longBase) / shortBase : 0, USD),
      borrowingRateLong: "0",
      borrowingRateShort: "0",
    };
  });
}

function tokenPrice(market: Market, { now, stampMs }: WireContext): object[] {
  const quote = quoteAt(market, now);
  if (quote === null) return [];
  const places = USD - decimals(market);
  return [
    {
      tokenAddress: addressOf(market.symbol),
      tokenSymbol: market.symbol,
      minPrice: fixedPoint(quote.markPrice * 0.9999, places),
      maxPrice: fixedPoint(quote.markPrice * 1.0001, places),
      updatedAt: stampMs,
      timestamp: Math.floor(stampMs / 1_000),
    },
  ];
}

/** Newest first, the running candle included; always up to now. */
function candles(request: WireRequest, { markets, now }: WireContext): WireReply {
  const period = request.query.get("period") ?? "";
  const intervalMs = PERIODS[period];
  const limit = integerParameter(request.query, "limit", 1_000);
  const market = markets.find((one) => one.symbol === request.query.get("tokenSymbol"));
  if (market === undefined) return jsonReply({ error: "unknown token symbol" }, 400);
  if (intervalMs === undefined || limit === null || limit < 1 || limit > MAX_CANDLES) {
    return jsonReply({ error: "invalid period or limit" }, 400);
  }
  const rows = newestCandles(market, now, intervalMs, limit, now, "mark").reverse();
  return jsonReply({
    period,
    candles: rows.map((one) => [one.openTime / 1_000, one.open, one.high, one.low, one.close]),
  });
}

function liquidations(market: Market, now: number): object[] {
  const events = liquidationsBetween(market, now - DAY_MS, now, now)
    .slice(-TRADES)
    .reverse();
  return events.map((event, i) => ({
    id: `${addressOf(market.symbol)}:${event.time}:${event.side}:${i}:${event.sizeBase}`,
    eventName: "OrderExecuted",
    orderType: 7,
    marketName: poolNames(market)[0]?.name,
    isLong: event.side === "long",
    sizeDeltaUsd: fixedPoint(event.sizeBase * event.fillPrice, USD),
    executionPrice: fixedPoint(event.fillPrice, USD - decimals(market)),
    timestamp: Math.floor(event.time / 1_000),
  }));
}

/** Coins without a known token are played with the usual number. */
function decimals(market: Market): number {
  return decimalsOf(market.symbol) ?? 18;
}
