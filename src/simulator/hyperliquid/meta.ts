// `meta` and `metaAndAssetCtxs`: contracts, margin tables and the state of each, joined by position in the list.
import { DAY_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { openInterestAt } from "../market/open-interest-view.ts";
import { orderBookAt } from "../market/order-book.ts";
import { candleAt, quoteAt } from "../market/view.ts";
import type { WireContext } from "../server/wire.ts";

/** Tables from this id on have several tiers; below, the id is the only tier's leverage. */
const FIRST_TIERED_TABLE = 51;
const SECOND_TIER_USD = 100_000_000;

export function meta(context: WireContext): object {
  return {
    universe: context.markets.map((market, index) => ({
      name: market.contract.venueSymbol,
      szDecimals: market.contract.sizePlaces,
      maxLeverage: market.contract.maxLeverage,
      marginTableId: FIRST_TIERED_TABLE + index,
    })),
    marginTables: context.markets.map((market, index) => marginTable(market, FIRST_TIERED_TABLE + index)),
    collateralToken: 0,
  };
}

function marginTable(market: Market, id: number): [number, object] {
  const { maxLeverage } = market.contract;
  return [
    id,
    {
      description: `tiered ${maxLeverage}x`,
      marginTiers: [
        { lowerBound: "0.0", maxLeverage },
        { lowerBound: decimal(SECOND_TIER_USD, 1), maxLeverage: Math.max(1, Math.floor(maxLeverage / 2)) },
      ],
    },
  ];
}

export function metaAndAssetCtxs(context: WireContext): [object, object[]] {
  return [meta(context), context.markets.map((market) => assetContext(market, context))];
}

function assetContext(market: Market, context: WireContext): object {
  const quote = quoteAt(market, context.now);
  const found = openInterestAt(market, context.now);
  const day = candleAt(market, context.now - DAY_MS, DAY_MS, context.now);
  const book = orderBookAt(market, context.now, 1);
  const bid = book.bids[0]?.[0] ?? null;
  const ask = book.asks[0]?.[0] ?? null;
  const text = (value: number | null) => (value === null ? null : decimal(roundTo(value, 8), 1));
  return {
    dayNtlVlm: text(day?.turnover ?? 0),
    // unknown figures are null, as those of delisted coins are
    funding: quote === null || quote.fundingRate === null ? null : decimal(roundTo(quote.fundingRate, 10)),
    impactPxs: bid === null || ask === null ? null : [text(bid), text(ask)],
    markPx: text(quote?.markPrice ?? null),
    midPx: bid === null || ask === null ? null : text((bid + ask) / 2),
    openInterest: text(found?.openInterestBase ?? null),
    oraclePx: text(quote?.indexPrice ?? null),
    premium: quote === null ? null : decimal(roundTo(quote.markPrice / quote.indexPrice - 1, 10), 1),
    prevDayPx: text(day?.open ?? quote?.lastPrice ?? null),
    dayBaseVlm: text(day?.volumeBase ?? 0),
  };
}
