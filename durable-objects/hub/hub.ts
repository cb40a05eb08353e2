// The hub's core: batches in, minutes closed in order, one model per exchange stepped, columns written once.
// It knows no platform and no clock: the same batches give the same state, byte for byte.
import type { Bar } from "../../src/shared/market/bar.ts";
import type { IngestReply, ObservationBatch } from "../../src/shared/market/batch.ts";
import type { Minute, VenueMinute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { conservationError, stepBar } from "../../src/shared/model/model.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { isAwaited } from "./barrier.ts";
import { addBar } from "./candles.ts";
import { observeContext } from "./context.ts";
import { createVenue, type HubState, type HubVenue, inOrder, STALE_BOOK_MS } from "./hub-state.ts";
import { learnMinute } from "./learn-minute.ts";
import { withBelievedPrices } from "./price-check.ts";
import { type HubSettings, minutePatienceMs } from "./settings.ts";
import { createTrack, needs, observe } from "./track.ts";
import { CROSS_INTERVAL_MS, type HubSink, writeColumns } from "./write-columns.ts";

export interface Applied {
  reply: IngestReply;
  /** A frame is due: all expected exchanges have delivered, or one has delivered twice. */
  frameDue: boolean;
  closedMinutes: number;
  /** Columns were written after the fact: clients should read history again. */
  backfilled: boolean;
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
  const believed = withBelievedPrices(state, batch);
  observe(venue.track, believed, settings.historyMs);
  observeContext(state.context, settings, believed, state.asOf, sink);
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
  writeColumns(state, settings, endMs, sink);
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
  learnMinute(venue, minute, result);
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
  const { startOpenInterestBase: openInterestBase, startShortOpenInterestBase: short } = minute;
  return { ...minute.bar, openInterestBase, ...(short === undefined ? {} : { shortOpenInterestBase: short }) };
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
