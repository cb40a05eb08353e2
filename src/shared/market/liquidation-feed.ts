// What each exchange's public liquidation feed contains: a sum over a feed that samples is a lower bound.
import type { VenueId } from "./symbol.ts";

/**
 * all: every liquidation; sampled: at most one per contract and second; delayed: complete but late; none: no feed.
 * From a complete feed the share of swept value that is force-sold can be learned; another gives a lower bound, and is
 * never scaled up by an invented factor.
 */
export const FEED_COMPLETENESS = ["all", "sampled", "delayed", "none"] as const;
export type FeedCompleteness = (typeof FEED_COMPLETENESS)[number];

export interface LiquidationFeed {
  completeness: FeedCompleteness;
  note: string;
  /** Where the exchange, or who read its feed, says so. */
  source: string;
}

const FEEDS: Readonly<Record<VenueId, LiquidationFeed>> = {
  binance: {
    completeness: "sampled",
    note: "one order per symbol and second; size is what was filled, price its average fill",
    source: "https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams",
  },
  bybit: {
    completeness: "all",
    note: "every liquidation, in batches of 500 ms, at bankruptcy price",
    source: "https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation",
  },
  okx: {
    completeness: "sampled",
    note: "one order per contract and second, at bankruptcy price",
    source: "https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel",
  },
  hyperliquid: {
    completeness: "none",
    note: "no market-wide feed; fills name liquidations per address only",
    source: "https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/websocket/subscriptions",
  },
  bitget: {
    completeness: "delayed",
    note: "a list of the last three days, behind the market; near bankruptcy price",
    source: "https://www.bitget.com/api-doc/uta/public/",
  },
  gate: {
    completeness: "all",
    note: "aggregated per second or 20 orders without loss since 2026-08",
    source: "https://www.gate.com/docs/developers/futures/ws/en/",
  },
  dydx: {
    completeness: "all",
    note: "trades are marked as liquidations; every fill is public",
    source: "https://docs.dydx.xyz/indexer-client/http",
  },
  gmx: {
    completeness: "all",
    note: "every liquidation is an order on chain, at its execution price",
    source: "https://docs.gmx.io/docs/api/rest",
  },
};

export function liquidationFeedOf(venue: VenueId): LiquidationFeed {
  return FEEDS[venue];
}
