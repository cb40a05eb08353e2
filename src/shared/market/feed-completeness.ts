// How much of an exchange's liquidations its public feed shows. From a complete feed the share of swept value that is
// force-sold can be learned; a sampled one gives a lower bound, and is never scaled up by an invented factor.
import type { VenueId } from "./symbol.ts";

export interface FeedCompleteness {
  /** `sampled`: at most one order per symbol and second. `none`: no public feed of liquidations. */
  kind: "complete" | "sampled" | "none";
  note: string;
  source: string;
}

export const FEED_COMPLETENESS: Readonly<Record<VenueId, FeedCompleteness>> = {
  binance: {
    kind: "sampled",
    note: "at most one order per symbol and second; a lower bound",
    source:
      "https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Liquidation-Order-Streams",
  },
  bybit: {
    kind: "complete",
    note: "every liquidation, pushed every half second, at its bankruptcy price",
    source: "https://bybit-exchange.github.io/docs/v5/websocket/public/all-liquidation",
  },
  okx: {
    kind: "sampled",
    note: "at most one order per contract and second; a lower bound",
    source: "https://www.okx.com/docs-v5/en/#public-data-websocket-liquidation-orders-channel",
  },
  hyperliquid: {
    kind: "none",
    note: "no public feed of all liquidations is read here",
    source: "https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations",
  },
};
