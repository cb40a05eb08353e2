// The hub's core: batches in, minutes closed in order, one model per exchange stepped, columns written once.
// It knows no platform and no clock: the same batches give the same state, byte for byte.

import type { Bar } from "../../src/shared/market/bar.ts";
import type { IngestReply, ObservationBatch } from "../../src/shared/market/batch.ts";
import type { ClosedColumn, ColumnVenue } from "../../src/shared/market/closed-column.ts";
import type { Minute, VenueMinute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import {
  conservationError,
  createModel,
  MODEL_VERSION,
  type Model,
  openInterestBase,
  stepBar,
} from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";
import { encodeColumns } from "../../src/shared/tile/column-codec.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { DAY_MS, type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { isAwaited } from "./barrier.ts";
import { addBar, createCandles, type RunningCandles } from "./candles.ts";
import { encodeCross, encodeLayers } from "./column-builder.ts";
import { type HubSettings, minutePatienceMs } from "./settings.ts";
import { createTrack, needs, observe, type VenueTrack } from "./track.ts";

/** An exchange whose last modelled minute is older than this is not in the map: its book may have changed unseen. */
export const STALE_BOOK_MS = 5 * MINUTE_MS;

/** How far back columns of a width are written when history arrives; wider ones always. Minute columns are live only. */
const BACKFILL_MS = new Map([
  [MINUTE_MS, STALE_BOOK_MS],
  [5 * MINUTE_MS, 14 * DAY_MS],
]);

/** Width whose columns also keep every combination of filters, and for how long. */
export const CROSS_INTERVAL_MS = 30 * MINUTE_MS;
export const CROSS_KEEP_MS = 8 * DAY_MS;

/** One exchange in a hub. */
export interface HubVenue {
  track: VenueTrack;
  model: Model;
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
}

/** Where the results of a batch go; a replay of the journal passes one that drops them, as they are already there. */
export interface HubSink {
  minutes(minutes: VenueMinute[]): void;
  /** `layers` encodes the column's cells when called. */
  column(column: ClosedColumn, layers: () => Uint8Array): void;
  cross(startMs: EpochMs, venue: VenueId, body: () => Uint8Array): void;
  /** The batch is through. */
  done(): void;
}

export const SILENT: HubSink = { minutes() {}, column() {}, cross() {}, done() {} };

export interface Applied {
  reply: IngestReply;
  /** A frame is due: all expected exchanges have delivered, or one has delivered twice. */
  frameDue: boolean;
  closedMinutes: number;
  /** Columns were written after the fact: clients should read history again. */
  backfilled: boolean;
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
  };
}

export function createVenue(settings: HubSettings, track: VenueTrack): HubVenue {
  return {
    track,
    model: createModel({ venue: track.venue, symbol: settings.symbol, params: DEFAULT_PARAMS }),
    candles: createCandles(),
    steppedTo: null,
    lastClose: null,
    consumedTo: null,
    startAssumed: false,
    missingMinutes: 0,
    degradedMinutes: 0,
    clippedMinutes: 0,
  };
}

/** Takes one batch in. */
export function applyBatch(state: HubState, settings: HubSettings, batch: ObservationBatch, sink: HubSink): Applied {
  state.asOf = Math.max(state.asOf, batch.sentAt);
  state.startedAt ??= batch.sentAt;
  let venue = state.venues.get(batch.venue);
  if (venue === undefined) {
    venue = createVenue(settings, createTrack(batch.venue, batch));
    state.venues.set(batch.venue, venue);
  }
  observe(venue.track, batch, settings.historyMs);
  if (venue.consumedTo === null)
    venue.consumedTo = venue.track.nextMinuteMs === null ? null : venue.track.historyFromMs;
  const firstMinute = venue.track.historyFromMs;
  if (state.cursor === null && firstMinute !== null) state.cursor = firstMinute;

  const minutes: VenueMinute[] = [];
  catchUp(state, settings, venue, minutes);
  const backfilledBefore = state.backfilledColumns;
  let closedMinutes = 0;
  while (mayClose(state, settings)) {
    closeMinute(state, settings, minutes, sink);
    closedMinutes += 1;
  }
  if (minutes.length > 0) sink.minutes(minutes);
  sink.done();
  return {
    reply: { nextMinuteMs: venue.track.nextMinuteMs, needs: needs(venue.track, batch.sentAt) },
    frameDue: isFrameDue(state, settings, batch.venue),
    closedMinutes,
    backfilled: state.backfilledColumns !== backfilledBefore,
  };
}

/** Exchanges in the map at `time`: those whose book is at most five minutes old. */
export function modelledVenues(state: HubState, settings: HubSettings, time: EpochMs): HubVenue[] {
  return inOrder(state, settings).filter(
    (venue) =>
      venue.steppedTo !== null && openInterestBase(venue.model) !== null && time - venue.steppedTo <= STALE_BOOK_MS,
  );
}

/** The hub's exchanges in the configured order. */
export function inOrder(state: HubState, settings: HubSettings): HubVenue[] {
  return settings.venues.flatMap((id) => state.venues.get(id) ?? []);
}

/** Minutes before the cursor belong to one exchange alone: its model catches up without touching published columns. */
function catchUp(state: HubState, settings: HubSettings, venue: HubVenue, minutes: VenueMinute[]): void {
  let minute = venue.track.ready[0];
  let taken = 0;
  while (minute !== undefined && state.cursor !== null && minute.minuteMs < state.cursor) {
    consume(state, settings, venue, minute, minutes);
    taken += 1;
    minute = venue.track.ready[taken];
  }
  if (taken > 0) venue.track.ready.splice(0, taken);
}

function mayClose(state: HubState, settings: HubSettings): boolean {
  const { cursor } = state;
  if (cursor === null || cursor + MINUTE_MS > state.asOf) return false;
  let anyReady = false;
  for (const id of settings.venues) {
    const venue = state.venues.get(id);
    if (venue === undefined) {
      // never heard of: at first start its first batch may be a moment behind the others'
      if (state.asOf - (state.startedAt ?? 0) <= minutePatienceMs(settings)) return false;
      continue;
    }
    if (venue.track.ready[0]?.minuteMs === cursor) anyReady = true;
    else if (isAwaited(venue.track, settings, state.asOf, state.cursor)) return false;
  }
  if (anyReady) return true;
  // nobody has this minute: pass it only when somebody has a later one, else there is nothing to close
  return inOrder(state, settings).some((venue) => (venue.track.ready[0]?.minuteMs ?? 0) > cursor);
}

function closeMinute(state: HubState, settings: HubSettings, minutes: VenueMinute[], sink: HubSink): void {
  const minuteMs = state.cursor ?? 0;
  for (const venue of inOrder(state, settings)) {
    const next = venue.track.ready[0];
    if (next?.minuteMs !== minuteMs) continue;
    venue.track.ready.shift();
    consume(state, settings, venue, next, minutes);
  }
  const endMs = minuteMs + MINUTE_MS;
  state.cursor = endMs;
  const widths = INTERVALS.filter((width) => endMs % width === 0 && isKept(width, endMs, state.asOf));
  if (widths.length === 0) return;
  const modelled = modelledVenues(state, settings, endMs);
  const reference = modelled[0];
  if (reference === undefined) return;
  const backfilled = state.asOf - endMs > minutePatienceMs(settings) + STALE_BOOK_MS;
  const models = modelled.map((venue) => venue.model);
  let encoded: Uint8Array | null = null;
  const layers = () => {
    encoded ??= encodeColumns(encodeLayers(models, endMs));
    return encoded;
  };
  const price = reference.lastClose ?? 0;
  for (const intervalMs of widths) {
    const startMs = endMs - intervalMs;
    const venues = modelled.map((venue) => columnVenue(venue, intervalMs, startMs));
    sink.column(
      {
        symbol: settings.symbol,
        intervalMs,
        startMs,
        modelVersion: MODEL_VERSION,
        price,
        openInterestUsd: venues.reduce((sum, venue) => sum + venue.openInterestUsd, 0),
        knownOpenInterestUsd: knownOpenInterestUsd(state, settings),
        backfilled,
        venues,
      },
      layers,
    );
    if (backfilled) state.backfilledColumns += 1;
    if (intervalMs === CROSS_INTERVAL_MS && state.asOf - endMs <= CROSS_KEEP_MS) {
      for (const venue of modelled) sink.cross(startMs, venue.track.venue, () => encodeCross(venue.model, startMs));
    }
  }
}

function isKept(width: number, endMs: EpochMs, now: EpochMs): boolean {
  const keepMs = BACKFILL_MS.get(width);
  return keepMs === undefined || now - endMs <= keepMs;
}

function consume(
  state: HubState,
  settings: HubSettings,
  venue: HubVenue,
  minute: Minute,
  minutes: VenueMinute[],
): void {
  minutes.push({ venue: venue.track.venue, symbol: settings.symbol, minute });
  venue.consumedTo = minute.minuteMs + MINUTE_MS;
  if (minute.type === "missing") {
    venue.missingMinutes += 1;
    return;
  }
  const result = stepBar(venue.model, startingBar(venue, minute));
  venue.steppedTo = venue.consumedTo;
  venue.lastClose = minute.bar.close;
  addBar(venue.candles, minute.bar);
  if (result === null) return;
  if (result.degraded) venue.degradedMinutes += 1;
  if (result.clipped) venue.clippedMinutes += 1;
  // the walk over all cells is too dear for every minute of a long history: there every half hour
  if (state.asOf - minute.minuteMs <= STALE_BOOK_MS || minute.minuteMs % CROSS_INTERVAL_MS === 0) {
    state.worstConservation = Math.max(state.worstConservation, conservationError(venue.model));
  }
}

/** The minute's bar; for a model that has no open interest yet, with the one to start from. */
function startingBar(venue: HubVenue, minute: Minute & { type: "bar" }): Bar {
  if (venue.model.book !== null || minute.bar.openInterestBase !== null) return minute.bar;
  venue.startAssumed = minute.startOpenInterestBase !== null;
  return { ...minute.bar, openInterestBase: minute.startOpenInterestBase };
}

function columnVenue(venue: HubVenue, intervalMs: number, startMs: EpochMs): ColumnVenue {
  const close = venue.lastClose ?? 0;
  const candle = venue.candles[INTERVALS.indexOf(intervalMs)];
  const current = candle?.startMs === startMs ? candle : null;
  return {
    id: venue.track.venue,
    open: current?.open ?? close,
    high: current?.high ?? close,
    low: current?.low ?? close,
    close: current?.close ?? close,
    volumeBase: current === null ? 0 : current.volumeBase,
    openInterestUsd: (openInterestBase(venue.model) ?? 0) * close,
  };
}

/** Open interest of every exchange that ever told one, at its last price: what coverage is measured against. */
export function knownOpenInterestUsd(state: HubState, settings: HubSettings): number {
  let known = 0;
  for (const venue of inOrder(state, settings)) {
    const price = venue.lastClose ?? venue.track.running?.close ?? null;
    const base = venue.track.lastOpenInterest?.base ?? openInterestBase(venue.model);
    if (price !== null && base !== null) known += base * price;
  }
  return known;
}

function isFrameDue(state: HubState, settings: HubSettings, from: VenueId): boolean {
  const again = state.delivered.includes(from);
  const delivered = again ? [from] : [...state.delivered, from];
  const complete = inOrder(state, settings).every(
    (venue) => delivered.includes(venue.track.venue) || !isAwaited(venue.track, settings, state.asOf, state.cursor),
  );
  if (!again && !complete) {
    state.delivered = delivered;
    return false;
  }
  state.delivered = again && !complete ? [from] : [];
  state.frame += 1;
  return true;
}
