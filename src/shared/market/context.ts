// What surrounds the model without being its input: events and bars that are served as reported. Null = not known.
import type { EpochMs } from "../time/clock.ts";
import type { DepthSums } from "./depth-profile.ts";
import type { LiquidationPriceKind } from "./observation.ts";
import type { Side, SymbolId, VenueId } from "./symbol.ts";

/** One liquidation as an exchange reported it. */
export interface LiquidationEvent {
  symbol: SymbolId;
  venue: VenueId;
  /** The exchange's own stamp. */
  atMs: EpochMs;
  receivedMs: EpochMs;
  /** Side of the position. */
  side: Side;
  price: number;
  priceKind: LiquidationPriceKind;
  sizeBase: number;
  notionalUsd: number;
  /** Tells equal reports of one moment apart: 0 for the first. */
  ordinal: number;
}

/** A time in which nobody listened to an exchange's liquidation stream: no exchange resends what was missed. */
export interface ListeningGap {
  symbol: SymbolId;
  venue: VenueId;
  fromMs: EpochMs;
  toMs: EpochMs;
}

/** One exchange in one column of context. */
export interface VenueContext {
  /** Newest in the column. */
  markPrice: number | null;
  indexPrice: number | null;
  /** The rate that runs, not yet charged: fraction per `fundingIntervalMs`, positive = longs pay. */
  fundingRate: number | null;
  fundingIntervalMs: number | null;
  /** Taker volume that was published apart from candles, and the minutes it covers. */
  takerBuyBase: number | null;
  takerSellBase: number | null;
  takerMinutes: number;
  /** Mean of the order books seen in the column. */
  depth: DepthSums | null;
  depthSamples: number;
  /** Liquidations reported in time; null while nothing was reported and nobody listened. */
  observedLongUsd: number | null;
  observedShortUsd: number | null;
  observedCount: number | null;
  /** Whole minutes in which the feed was listened to: fewer than the column has means a lower bound. */
  listenedMinutes: number;
}

export interface ContextColumn {
  symbol: SymbolId;
  intervalMs: number;
  startMs: EpochMs;
  venues: Partial<Record<VenueId, VenueContext>>;
}
