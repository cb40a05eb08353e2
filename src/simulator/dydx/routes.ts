// The dYdX v4 indexer. https://docs.dydx.exchange/api_integration-indexer/indexer_api
import { decimal, roundTo } from "../decimal.ts";
import { fundingBetween } from "../market/event-view.ts";
import type { Market } from "../market/market.ts";
import { orderBookAt } from "../market/order-book.ts";
import { jsonReply, textReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { candles } from "./candles.ts";
import { perpetualMarkets } from "./markets.ts";
import { isReply, limitOf, refused, timeOf } from "./question.ts";
import { newestTrades } from "./trades.ts";

const BOOK_LEVELS = 100;

type Answer = (market: Market, request: WireRequest, context: WireContext) => WireReply;

const OF_ONE_MARKET: readonly [prefix: string, answer: Answer][] = [
  ["/v4/candles/perpetualMarkets/", candles],
  ["/v4/historicalFunding/", historicalFunding],
  ["/v4/orderbooks/perpetualMarket/", orderbook],
  ["/v4/trades/perpetualMarket/", trades],
];

export function answerDydx(request: WireRequest, context: WireContext): WireReply {
  if (request.method !== "GET") return textReply("Not Found", 404, "text/html");
  if (request.path === "/v4/perpetualMarkets") return markets(request, context);
  for (const [prefix, answer] of OF_ONE_MARKET) {
    if (!request.path.startsWith(prefix)) continue;
    const ticker = decodeURIComponent(request.path.slice(prefix.length));
    const market = context.markets.find((one) => one.contract.venueSymbol === ticker);
    return market === undefined ? unknownTicker() : answer(market, request, context);
  }
  return textReply("Not Found", 404, "text/html");
}

function unknownTicker(): WireReply {
  return refused("ticker must be a valid ticker (BTC-USD, etc)");
}

function markets(request: WireRequest, context: WireContext): WireReply {
  const ticker = request.query.get("ticker") ?? request.query.get("market");
  if (ticker === null) return jsonReply(perpetualMarkets(context));
  const found = context.markets.filter((one) => one.contract.venueSymbol === ticker);
  return found.length === 0 ? unknownTicker() : jsonReply(perpetualMarkets({ ...context, markets: found }));
}

/** Charged rates, newest first; each is stamped with its block, a moment after the hour. */
function historicalFunding(market: Market, request: WireRequest, context: WireContext): WireReply {
  const limit = limitOf(request);
  const until = timeOf(request, "effectiveBeforeOrAt");
  if (isReply(limit)) return limit;
  if (isReply(until)) return until;
  const charges = fundingBetween(market, 0, until ?? context.now, context.now)
    .slice(-limit)
    .reverse();
  const rows = charges.map(({ time, fundingRate, markPrice }) => ({
    ticker: market.contract.venueSymbol,
    rate: decimal(roundTo(fundingRate, 14)),
    price: decimal(markPrice),
    effectiveAtHeight: String(Math.floor(time / 1_000)),
    effectiveAt: new Date(time + 200).toISOString(),
  }));
  return jsonReply({ historicalFunding: rows });
}

function orderbook(market: Market, _request: WireRequest, context: WireContext): WireReply {
  const book = orderBookAt(market, context.now, BOOK_LEVELS);
  const side = (rows: [number, number][]) =>
    rows.map(([price, size]) => ({ price: decimal(price, market.contract.pricePlaces), size: decimal(size) }));
  return jsonReply({ bids: side(book.bids), asks: side(book.asks) });
}

function trades(market: Market, request: WireRequest, context: WireContext): WireReply {
  const limit = limitOf(request);
  return isReply(limit) ? limit : jsonReply({ trades: newestTrades(market, context.now, limit) });
}
