// GET /v5/market/tickers: prices, open interest (both sides and one) and funding of all symbols in one answer.
import { DAY_MS, HOUR_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { openInterestAt } from "../market/open-interest-view.ts";
import { orderBookAt } from "../market/order-book.ts";
import { candleAt, quoteAt } from "../market/view.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { isReply, marketsOf, success } from "./envelope.ts";

export function tickers(request: WireRequest, context: WireContext): WireReply {
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  const list = markets.map((market) => tickerRow(market, context)).filter((row) => row !== null);
  return success({ category: "linear", list }, context);
}

function tickerRow(market: Market, context: WireContext): object | null {
  const { now } = context;
  const quote = quoteAt(market, now);
  if (quote === null) return null;
  const places = market.contract.pricePlaces;
  const price = (value: number) => decimal(value, places);
  const day = candleAt(market, now - DAY_MS, DAY_MS, now);
  const hourAgo = quoteAt(market, now - HOUR_MS);
  const found = openInterestAt(market, now);
  const oneSide = found?.openInterestBase ?? null;
  const book = orderBookAt(market, now, 1);
  const bid = book.bids[0] ?? [quote.lastPrice, 0];
  const ask = book.asks[0] ?? [quote.lastPrice, 0];
  return {
    symbol: market.contract.venueSymbol,
    lastPrice: price(quote.lastPrice),
    indexPrice: price(quote.indexPrice),
    markPrice: price(quote.markPrice),
    prevPrice24h: price(day?.open ?? quote.lastPrice),
    price24hPcnt: (quote.lastPrice / (day?.open ?? quote.lastPrice) - 1).toFixed(6),
    highPrice24h: price(day?.high ?? quote.lastPrice),
    lowPrice24h: price(day?.low ?? quote.lastPrice),
    prevPrice1h: price(hourAgo?.lastPrice ?? quote.lastPrice),
    // not applicable is empty text here, as in rows of contracts that do not trade yet
    openInterest: oneSide === null ? "" : decimal(roundTo(oneSide * 2, 8)),
    openInterestValue: oneSide === null ? "" : (oneSide * 2 * quote.markPrice).toFixed(2),
    singleOpenInterest: oneSide === null ? "" : decimal(oneSide),
    singleOpenInterestValue: oneSide === null ? "" : (oneSide * quote.markPrice).toFixed(2),
    turnover24h: (day?.turnover ?? 0).toFixed(4),
    volume24h: (day?.volumeBase ?? 0).toFixed(4),
    fundingRate: quote.fundingRate === null ? "" : decimal(roundTo(quote.fundingRate, 8)),
    nextFundingTime: quote.fundingRate === null ? "0" : String(quote.nextFundingTime),
    predictedDeliveryPrice: "",
    basisRate: "",
    basis: "",
    deliveryFeeRate: "",
    deliveryTime: "0",
    ask1Size: decimal(ask[1]),
    bid1Price: price(bid[0]),
    ask1Price: price(ask[0]),
    bid1Size: decimal(bid[1]),
    preOpenPrice: "",
    preQty: "",
    curPreListingPhase: "",
    fundingIntervalHour: String(market.contract.fundingIntervalMs / HOUR_MS),
    basisRateYear: "",
    fundingCap: "0.005",
  };
}
