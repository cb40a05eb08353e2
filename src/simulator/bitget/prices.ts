// Tickers of all symbols, open interest, the running funding rate and its history.
import { DAY_MS, HOUR_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { fundingBetween } from "../market/event-view.ts";
import type { Market } from "../market/market.ts";
import { openInterestAt } from "../market/open-interest-view.ts";
import { orderBookAt } from "../market/order-book.ts";
import { candleAt, quoteAt } from "../market/view.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { isReply, limitOf, marketOf, stamp, success } from "./envelope.ts";

export function tickers(_request: WireRequest, context: WireContext): WireReply {
  return success(
    context.markets.flatMap((market) => tickerRow(market, context)),
    context,
  );
}

function tickerRow(market: Market, context: WireContext): object[] {
  const { now } = context;
  const quote = quoteAt(market, now);
  const found = openInterestAt(market, now);
  // a contract whose open interest the source does not know yet has no row
  if (quote === null || found === null) return [];
  const { pricePlaces, venueSymbol } = market.contract;
  const price = (value: number) => decimal(value, pricePlaces);
  const day = candleAt(market, now - DAY_MS, DAY_MS, now);
  const book = orderBookAt(market, now, 1);
  const [bidPr, bidSz] = book.bids[0] ?? [quote.lastPrice, 0];
  const [askPr, askSz] = book.asks[0] ?? [quote.lastPrice, 0];
  const turnover = (day?.turnover ?? 0).toFixed(5);
  return [
    {
      symbol: venueSymbol,
      lastPr: price(quote.lastPrice),
      askPr: price(askPr),
      bidPr: price(bidPr),
      bidSz: decimal(bidSz),
      askSz: decimal(askSz),
      high24h: price(day?.high ?? quote.lastPrice),
      low24h: price(day?.low ?? quote.lastPrice),
      ts: found.time === now ? stamp(market, context) : String(found.time),
      change24h: (quote.lastPrice / (day?.open ?? quote.lastPrice) - 1).toFixed(5),
      baseVolume: decimal(day?.volumeBase ?? 0),
      quoteVolume: turnover,
      usdtVolume: turnover,
      openUtc: price(day?.open ?? quote.lastPrice),
      changeUtc24h: "0",
      indexPrice: decimal(quote.indexPrice),
      fundingRate: quote.fundingRate === null ? "" : decimal(roundTo(quote.fundingRate, 8)),
      holdingAmount: decimal(found.openInterestBase),
      deliveryStartTime: null,
      deliveryTime: null,
      deliveryStatus: "",
      open24h: price(day?.open ?? quote.lastPrice),
      markPrice: price(quote.markPrice),
    },
  ];
}

export function openInterest(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const found = openInterestAt(market, context.now);
  const size = found === null ? null : decimal(found.openInterestBase);
  const openInterestList = size === null ? [] : [{ symbol: market.contract.venueSymbol, size }];
  return success({ openInterestList, ts: stamp(market, context) }, context);
}

export function currentFundRate(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const quote = quoteAt(market, context.now);
  if (quote === null || quote.fundingRate === null) return success([], context);
  const row = {
    symbol: market.contract.venueSymbol,
    fundingRate: decimal(roundTo(quote.fundingRate, 8)),
    fundingRateInterval: String(market.contract.fundingIntervalMs / HOUR_MS),
    nextUpdate: String(quote.nextFundingTime),
    minFundingRate: "-0.003",
    maxFundingRate: "0.003",
  };
  return success([row], context);
}

export function historyFundRate(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const charges = fundingBetween(market, 0, context.now, context.now).slice(-limitOf(request, "pageSize", 20, 100));
  return success(
    charges.reverse().map((charge) => ({
      symbol: market.contract.venueSymbol,
      fundingRate: decimal(roundTo(charge.fundingRate, 8)),
      fundingTime: String(charge.time),
    })),
    context,
  );
}
