// Tickers of all contracts, a contract's description with its running funding rate, and charged rates.
import { DAY_MS, SECOND_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { fundingBetween } from "../market/event-view.ts";
import type { Market } from "../market/market.ts";
import { openInterestAt } from "../market/open-interest-view.ts";
import { orderBookAt } from "../market/order-book.ts";
import { candleAt, quoteAt } from "../market/view.ts";
import { jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { contractsOf, isReply, limitOf, marketNamed, marketOf, seconds, windowOf } from "./reply.ts";

/** Rows carry no time. */
export function tickers(_request: WireRequest, context: WireContext): WireReply {
  return jsonReply(context.markets.flatMap((market) => tickerRow(market, context)));
}

function tickerRow(market: Market, { now }: WireContext): object[] {
  const quote = quoteAt(market, now);
  const found = openInterestAt(market, now);
  // a contract whose open interest the source does not know yet has no row
  if (quote === null || found === null) return [];
  const { pricePlaces, venueSymbol } = market.contract;
  const price = (value: number) => decimal(value, pricePlaces);
  const day = candleAt(market, now - DAY_MS, DAY_MS, now);
  const book = orderBookAt(market, now, 1);
  const rate = quote.fundingRate === null ? "" : decimal(roundTo(quote.fundingRate, 8));
  return [
    {
      contract: venueSymbol,
      last: price(quote.lastPrice),
      low_24h: price(day?.low ?? quote.lastPrice),
      high_24h: price(day?.high ?? quote.lastPrice),
      change_percentage: (100 * (quote.lastPrice / (day?.open ?? quote.lastPrice) - 1)).toFixed(2),
      total_size: decimal(contractsOf(market, found.openInterestBase)),
      volume_24h: decimal(Math.round(contractsOf(market, day?.volumeBase ?? 0))),
      volume_24h_base: decimal(Math.round(day?.volumeBase ?? 0)),
      volume_24h_quote: decimal(Math.round(day?.turnover ?? 0)),
      volume_24h_settle: decimal(Math.round(day?.turnover ?? 0)),
      mark_price: price(quote.markPrice),
      funding_rate: rate,
      funding_rate_indicative: rate,
      index_price: decimal(quote.indexPrice),
      highest_bid: price(book.bids[0]?.[0] ?? quote.lastPrice),
      lowest_ask: price(book.asks[0]?.[0] ?? quote.lastPrice),
      quanto_base_rate: "",
    },
  ];
}

export function contracts(_request: WireRequest, context: WireContext): WireReply {
  return jsonReply(context.markets.map((market) => contractRow(market, context)));
}

/** One contract, by the last part of the path. */
export function contract(request: WireRequest, context: WireContext): WireReply {
  const market = marketNamed(decodeURIComponent(request.path.split("/").at(-1) ?? ""), context);
  return isReply(market) ? market : jsonReply(contractRow(market, context));
}

function contractRow(market: Market, { now }: WireContext): object {
  const { contract: listed } = market;
  const quote = quoteAt(market, now);
  const found = openInterestAt(market, now);
  const funding =
    quote === null || quote.fundingRate === null
      ? {}
      : {
          funding_rate: decimal(roundTo(quote.fundingRate, 8)),
          funding_rate_indicative: decimal(roundTo(quote.fundingRate, 8)),
          funding_next_apply: seconds(quote.nextFundingTime),
        };
  const prices =
    quote === null
      ? {}
      : {
          last_price: decimal(quote.lastPrice, listed.pricePlaces),
          mark_price: decimal(quote.markPrice, listed.pricePlaces),
          index_price: decimal(quote.indexPrice),
        };
  return {
    name: listed.venueSymbol,
    type: "direct",
    quanto_multiplier: decimal(listed.contractValue),
    maintenance_rate: "0.005",
    mark_type: "index",
    in_delisting: false,
    status: "trading",
    funding_interval: listed.fundingIntervalMs / SECOND_MS,
    ...funding,
    ...prices,
    leverage_min: "1",
    leverage_max: String(listed.maxLeverage),
    order_price_round: decimal(listed.priceStep),
    mark_price_round: decimal(listed.priceStep),
    order_size_min: 1,
    order_size_max: 1_000_000,
    maker_fee_rate: "-0.0002",
    taker_fee_rate: "0.00075",
    ...(found === null ? {} : { position_size: contractsOf(market, found.openInterestBase) }),
  };
}

/** Newest first. */
export function fundingRate(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const { from, to } = windowOf(request);
  const charges = fundingBetween(market, (from ?? 0) - 1, to ?? context.now, context.now);
  const rows = charges.slice(-limitOf(request, 100, 1_000)).reverse();
  return jsonReply(rows.map(({ time, fundingRate: rate }) => ({ t: seconds(time), r: decimal(roundTo(rate, 8)) })));
}
