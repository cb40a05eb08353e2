// What a feed hands to a hub: one batch per symbol and tick.
import type { EpochMs } from "../time/clock.ts";
import type { Observation } from "./observation.ts";
import type { SymbolId, VenueId } from "./symbol.ts";
import type { VenueStatus } from "./venue-status.ts";

/** A half-open range of market time, whole minutes. */
export interface TimeRange {
  fromMs: EpochMs;
  toMs: EpochMs;
}

/** Minutes that the venue does not serve any more, or never did. */
export interface MissingRange extends TimeRange {
  reason: string;
}

export interface ObservationBatch {
  venue: VenueId;
  symbol: SymbolId;
  /** Market time at which the feed sent it: the hub's only clock. */
  sentAt: EpochMs;
  status: VenueStatus;
  /** First and newest message of the liquidation stream that is open now, market time; null while none is, absent without one. */
  listening?: TimeRange | null;
  observations: Observation[];
  /** Set when this batch answers a request for history: every minute of the range that has no candle here is missing. */
  history: { range: TimeRange; missing: MissingRange[] } | null;
}

export interface IngestReply {
  /** First minute of this venue that the model still waits for; null before the first batch with a candle. */
  nextMinuteMs: EpochMs | null;
  /** Minutes to fetch from the venue's history, or null when nothing is missing. */
  needs: TimeRange | null;
}
