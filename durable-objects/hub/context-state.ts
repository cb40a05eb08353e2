// What a hub keeps of market context: plain data in the hub's snapshot, following from the batches alone.

import type { TimeRange } from "../../src/shared/market/batch.ts";
import type { VenueContext } from "../../src/shared/market/context.ts";
import type { DepthSums } from "../../src/shared/market/depth-profile.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { Ladder } from "../../src/shared/model/ladder.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";

/** A rate that was not charged yet when it was told: fraction per interval. */
export interface RunningFunding {
  at: EpochMs;
  rate: number;
  intervalMs: number;
  fundingTime: EpochMs;
}

/** What arrived for a minute that is still open. */
export interface MinuteContext {
  minuteMs: EpochMs;
  mark: { at: EpochMs; markPrice: number; indexPrice: number | null } | null;
  depth: { at: EpochMs; sums: DepthSums } | null;
  funding: RunningFunding | null;
  longUsd: number;
  shortUsd: number;
  count: number;
}

export interface TakerSpan {
  openTime: EpochMs;
  intervalMs: number;
  takerBuyBase: number;
  takerSellBase: number;
  receivedAt: EpochMs;
}

export interface ContextTrack {
  minutes: MinuteContext[];
  /** Spans of whole minutes that are not folded yet. */
  taker: TakerSpan[];
  /** The rate that ran at the end of the last written minute. */
  funding: RunningFunding | null;
  /** Newest order book. */
  ladder: { at: EpochMs; ladder: Ladder; sums: DepthSums } | null;
  /** Liquidation reports remembered to recognise a repeated one; D1 recognises older ones. */
  seen: string[];
  /** The stream is known to have been listened to from `fromMs` to `toMs`; null before the first time. */
  listening: TimeRange | null;
  /** True while the feed says that its stream is open. */
  isListening: boolean;
  /** Newest gaps between two listenings. */
  gaps: TimeRange[];
  /** Observations that came after their minute was written; liquidations among them are events all the same. */
  lateCount: number;
  /** Columns being added up, one per entry of INTERVALS. */
  running: VenueContext[];
}

export interface ContextState {
  /** First minute that is not written; null before the first batch. */
  cursor: EpochMs | null;
  venues: Partial<Record<VenueId, ContextTrack>>;
}

export function createContext(): ContextState {
  return { cursor: null, venues: {} };
}

export function createContextTrack(): ContextTrack {
  return {
    minutes: [],
    taker: [],
    funding: null,
    ladder: null,
    seen: [],
    listening: null,
    isListening: false,
    gaps: [],
    lateCount: 0,
    running: INTERVALS.map(emptyContext),
  };
}

export function emptyContext(): VenueContext {
  return {
    markPrice: null,
    indexPrice: null,
    fundingRate: null,
    fundingIntervalMs: null,
    takerBuyBase: null,
    takerSellBase: null,
    takerMinutes: 0,
    depth: null,
    depthSamples: 0,
    observedLongUsd: null,
    observedShortUsd: null,
    observedCount: null,
    listenedMinutes: 0,
  };
}
