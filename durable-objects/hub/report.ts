// What a hub tells about itself: the figures behind /v1/status, /v1/symbols and /v1/exchanges.

import type { Side, SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import { beliefs, type TierBelief } from "../../src/shared/model/learning.ts";
import {
  conservationError,
  type Model,
  openInterestBase,
  sideOpenInterestBase,
  sideTotals,
} from "../../src/shared/model/model.ts";
import { modelVersion } from "../../src/shared/model/state.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { type Coverage, coverageAt } from "./coverage.ts";
import { type HubState, type HubVenue, inOrder } from "./hub-state.ts";
import { type HubSettings, paramsOf } from "./settings.ts";

interface SideReport {
  /** What drawn and reservoir add up to; the same on both sides where every contract has a long and a short. */
  openInterestBase: number;
  /** Estimated size with a known liquidation price, and the rest that makes up open interest; base coin. */
  drawnBase: number;
  reservoirBase: number;
}

export interface VenueReport {
  id: VenueId;
  /** One side; the mean of the two where they differ. */
  openInterestBase: number | null;
  /** |side mass − open interest| / open interest, the worse of the two sides, right now. */
  conservationError: number;
  long: SideReport | null;
  short: SideReport | null;
  modelledToMs: EpochMs | null;
  nextMinuteMs: EpochMs | null;
  /** The model began with an open interest that was not of its first minute: the exchange has no history of it. */
  startOpenInterestAssumed: boolean;
  missingMinutes: number;
  /** Since when minutes, or their open interest, are missing that history may still bring, and why; null while none are. */
  gap: { fromMs: EpochMs; reason: string } | null;
  /** Minutes without an open interest of their own. */
  degradedMinutes: number;
  /** Minutes whose change of open interest exceeded their volume. */
  clippedMinutes: number;
  lateObservations: number;
  /** Per drawn tier: what its reported liquidations have taught, and from how many observed minutes (fading). */
  beliefs: TierBelief[];
  learnedMinutes: number;
  /** Prices too far from the other exchanges' median to be believed, since the hub began, and the last of them. */
  doubtedPrices: number;
  lastDoubtedPrice: { price: number; median: number; at: EpochMs } | null;
}

export interface HubReport {
  symbol: SymbolId;
  asOf: EpochMs;
  modelVersion: string;
  /** First minute not closed yet. */
  closedToMs: EpochMs | null;
  price: number | null;
  /** Traded value of the last 24 hours; null before that much is known. */
  dayVolumeUsd: number | null;
  coverage: Coverage;
  /** Share of the history asked for that is in the model, 0 to 1. */
  historyProgress: number;
  historyFromMs: EpochMs | null;
  /** Worst conservation error since the hub began. */
  worstConservationError: number;
  backfilledColumns: number;
  journalSequence: number;
  waitingForD1: number;
  venues: VenueReport[];
}

export function hubReport(
  state: HubState,
  settings: HubSettings,
  now: EpochMs,
  disk: { sequence: number; outbox: number; dayVolumeUsd: number | null },
): HubReport {
  const venues = inOrder(state, settings);
  const starts = venues.flatMap((venue) => venue.track.historyFromMs ?? []);
  const historyFromMs = starts.length > 0 ? Math.min(...starts) : null;
  return {
    symbol: settings.symbol,
    asOf: state.asOf,
    modelVersion: modelVersion(paramsOf(settings)),
    closedToMs: state.cursor,
    price: venues.find((venue) => venue.lastClose !== null)?.lastClose ?? null,
    dayVolumeUsd: disk.dayVolumeUsd,
    coverage: coverageAt(state, settings, now, disk.dayVolumeUsd),
    historyProgress: progress(state, historyFromMs),
    historyFromMs,
    worstConservationError: state.worstConservation,
    backfilledColumns: state.backfilledColumns,
    journalSequence: disk.sequence,
    waitingForD1: disk.outbox,
    venues: venues.map((venue) => venueReport(venue, state)),
  };
}

function progress(state: HubState, fromMs: EpochMs | null): number {
  if (fromMs === null || state.cursor === null || state.asOf <= fromMs) return 0;
  // the running minute is never closed: two minutes short is complete
  const done = (state.cursor - fromMs) / Math.max(1, state.asOf - 120_000 - fromMs);
  return Math.max(0, Math.min(1, done));
}

function sideReport(model: Model, side: Side): SideReport | null {
  const openInterestBase = sideOpenInterestBase(model, side);
  return openInterestBase === null ? null : { openInterestBase, ...sideTotals(model, side) };
}

function venueReport(venue: HubVenue, state: HubState): VenueReport {
  const doubt = state.priceDoubts?.[venue.track.venue];
  const known = openInterestBase(venue.model);
  return {
    id: venue.track.venue,
    openInterestBase: known,
    conservationError: known === null ? 0 : conservationError(venue.model),
    long: sideReport(venue.model, "long"),
    short: sideReport(venue.model, "short"),
    modelledToMs: venue.steppedTo,
    nextMinuteMs: venue.track.nextMinuteMs,
    startOpenInterestAssumed: venue.startAssumed,
    missingMinutes: venue.missingMinutes,
    gap: venue.gap === null ? null : { fromMs: venue.gap.fromMs, reason: venue.gap.reason },
    degradedMinutes: venue.degradedMinutes,
    clippedMinutes: venue.clippedMinutes,
    lateObservations: venue.track.lateCount,
    beliefs: beliefs(venue.learning),
    learnedMinutes: venue.learning.minutes,
    doubtedPrices: doubt?.count ?? 0,
    lastDoubtedPrice: doubt?.last ?? null,
  };
}
