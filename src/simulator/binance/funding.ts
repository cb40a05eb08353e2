// Mark and index price with the running funding rate, funding history and intervals.
import { decimal } from "../decimal.ts";
import { fundingBetween } from "../market/event-view.ts";
import type { Market } from "../market/market.ts";
import { marketNow, quoteAt } from "../market/view.ts";
import { jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { isReply, marketOf, windowOf } from "./parameters.ts";

/** GET /fapi/v1/premiumIndex, of one symbol or of all. */
export function premiumIndex(request: WireRequest, context: WireContext): WireReply {
  if (request.query.get("symbol") === null) {
    return jsonReply(context.markets.map((market) => premiumRow(market, context)).filter((row) => row !== null));
  }
  const market = marketOf(request, context);
  return isReply(market) ? market : jsonReply(premiumRow(market, context));
}

function premiumRow(market: Market, context: WireContext): object | null {
  const quote = quoteAt(market, context.now);
  if (quote === null) return null;
  const time = marketNow(market, context.now);
  return {
    symbol: market.contract.venueSymbol,
    markPrice: decimal(quote.markPrice, 8),
    indexPrice: decimal(quote.indexPrice, 8),
    estimatedSettlePrice: decimal(quote.indexPrice, 8),
    // contracts without funding print an empty rate and no next time
    lastFundingRate: quote.fundingRate === null ? "" : quote.fundingRate.toFixed(8),
    interestRate: quote.fundingRate === null ? "" : "0.00010000",
    nextFundingTime: quote.fundingRate === null ? 0 : quote.nextFundingTime,
    time: time === context.now ? context.stampMs : time,
  };
}

/** GET /fapi/v1/fundingRate: from `startTime` on when it is given, else the newest; oldest first. */
export function fundingRate(request: WireRequest, context: WireContext): WireReply {
  const window = windowOf(request, context, 100, 1000);
  if (isReply(window)) return window;
  const named = request.query.get("symbol") === null ? null : marketOf(request, context);
  if (named !== null && isReply(named)) return named;
  const markets = named === null ? context.markets : [named];
  const rows = markets
    .flatMap((market) =>
      fundingBetween(market, (window.startMs ?? 0) - 1, window.endMs, context.now).map((charge) => ({
        symbol: market.contract.venueSymbol,
        fundingTime: charge.time,
        fundingRate: charge.fundingRate.toFixed(8),
        markPrice: decimal(charge.markPrice, 8),
        rateType: "Regular",
      })),
    )
    .sort((a, b) => a.fundingTime - b.fundingTime);
  return jsonReply(window.startMs === null ? rows.slice(-window.limit) : rows.slice(0, window.limit));
}

/** GET /fapi/v1/fundingInfo lists only symbols whose terms were adjusted: none here, all charge every 8 hours. */
export function fundingInfo(): WireReply {
  return jsonReply([]);
}
