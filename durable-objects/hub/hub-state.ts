// A hub's state: plain data and one model per exchange. What it becomes is decided in hub.ts.
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { VenueState } from "../../src/shared/market/venue-status.ts";
import { createLearning, type Learning } from "../../src/shared/model/learning.ts";
import {
  copyPeriod,
  createModel,
  type FlowPeriod,
  type Model,
  openInterestBase,
} from "../../src/shared/model/model.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { createCandles, type RunningCandles } from "./candles.ts";
import { type ContextState, createContext } from "./context-state.ts";
import type { OpenGap } from "./gap-state.ts";
import { type HubSettings, paramsOf } from "./settings.ts";
import { pointBase, type VenueTrack } from "./track.ts";

/** An exchange whose last modelled minute is older than this is not in the map: its book may have changed unseen. */
export const STALE_BOOK_MS = 5 * MINUTE_MS;

/** One exchange in a hub. */
export interface HubVenue {
  track: VenueTrack;
  model: Model;
  /** What the exchange's reported liquidations have taught. */
  learning: Learning;
  candles: RunningCandles;
  /** End of the last minute the model stepped; null before the first. */
  steppedTo: EpochMs | null;
  /** Price at the end of that minute. */
  lastClose: number | null;
  /** First minute the model has not consumed (stepped or passed as missing). */
  consumedTo: EpochMs | null;
  /** The model began with an open interest that was not of its first minute. */
  startAssumed: boolean;
  missingMinutes: number;
  degradedMinutes: number;
  clippedMinutes: number;
  /** Missing minutes that may still come, and the model's bytes from before them; null while there are none. */
  gap: OpenGap | null;
  gapModel: Uint8Array | null;
  /** What had happened in the half hour before the gap opened; null without one. */
  gapFlows: HalfHourFlows | null;
  /** What has happened since the half hour began; null where that cannot be said (half-hour-flows.ts). */
  flows: HalfHourFlows | null;
}

/** The running half hour of one exchange. */
export interface HalfHourFlows {
  startMs: EpochMs;
  period: FlowPeriod;
}

export function copyFlows({ startMs, period }: HalfHourFlows): HalfHourFlows {
  return { startMs, period: copyPeriod(period) };
}

/** Prices of one exchange that were not believed beside those of the others (price-check.ts). */
export interface PriceDoubt {
  /** Since when its prices have been apart without a break; null while they are not. */
  sinceMs: EpochMs | null;
  count: number;
  last: { price: number; median: number; at: EpochMs } | null;
  /** The newest price was kept out. */
  isWithheld?: boolean;
  /** The others' median in the minutes of the doubt, oldest first, of a day at most. */
  medians?: [minuteMs: EpochMs, price: number][];
}

export interface HubState {
  /** Market time of the newest batch. */
  asOf: EpochMs;
  /** Market time of the first batch ever. */
  startedAt: EpochMs | null;
  /** Next minute to close for all exchanges together; null before the first candle. */
  cursor: EpochMs | null;
  venues: Map<VenueId, HubVenue>;
  /** Frames due so far; the number of the newest frame. */
  frame: number;
  /** Exchanges that delivered since the last frame. */
  delivered: VenueId[];
  /** Worst |side mass − open interest| / open interest ever seen after a step. */
  worstConservation: number;
  /** Counts columns that were written after the fact. */
  backfilledColumns: number;
  /** Books, taker volume, prices, running funding and reported liquidations: nothing the model reads. */
  context: ContextState;
  /** Exchanges whose prices were not believed; absent before the first. */
  priceDoubts?: Partial<Record<VenueId, PriceDoubt>>;
}

export function createHubState(): HubState {
  return {
    asOf: 0,
    startedAt: null,
    cursor: null,
    venues: new Map(),
    frame: 0,
    delivered: [],
    worstConservation: 0,
    backfilledColumns: 0,
    context: createContext(),
  };
}

export function createVenue(settings: HubSettings, track: VenueTrack): HubVenue {
  return {
    track,
    model: createModel({ venue: track.venue, symbol: settings.symbol, params: paramsOf(settings) }),
    learning: createLearning(),
    candles: createCandles(),
    steppedTo: null,
    lastClose: null,
    consumedTo: null,
    startAssumed: false,
    missingMinutes: 0,
    degradedMinutes: 0,
    clippedMinutes: 0,
    gap: null,
    gapModel: null,
    gapFlows: null,
    flows: null,
  };
}

/** Exchanges in the map at `time`: those that answer and whose book is at most five minutes old. */
export function modelledVenues(state: HubState, settings: HubSettings, time: EpochMs): HubVenue[] {
  return inOrder(state, settings).filter(
    (venue) =>
      isServing(venue.track.status.state) &&
      venue.steppedTo !== null &&
      openInterestBase(venue.model) !== null &&
      time - venue.steppedTo <= STALE_BOOK_MS,
  );
}

/** False for an exchange that does not answer: what it holds now is not known. */
function isServing(state: VenueState): boolean {
  return state === "live" || state === "degraded";
}

/** The hub's exchanges in the configured order. */
export function inOrder(state: HubState, settings: HubSettings): HubVenue[] {
  return settings.venues.flatMap((id) => state.venues.get(id) ?? []);
}

/** Open interest of every exchange that ever told one, at its last price: what coverage is measured against. */
export function knownOpenInterestUsd(state: HubState, settings: HubSettings): number {
  let known = 0;
  for (const venue of inOrder(state, settings)) {
    const price = venue.lastClose ?? venue.track.running?.close ?? null;
    const { lastOpenInterest } = venue.track;
    const base = lastOpenInterest === null ? openInterestBase(venue.model) : pointBase(lastOpenInterest);
    if (price !== null && base !== null) known += base * price;
  }
  return known;
}
