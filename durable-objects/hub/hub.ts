// The hub's core: batches in, minutes closed in order, one model per exchange stepped, columns written once.
// It knows no platform and no clock: the same batches give the same state, byte for byte.
import type { IngestReply, ObservationBatch } from "../../src/shared/market/batch.ts";
import type { Minute, VenueMinute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { isAwaited } from "./barrier.ts";
import { addBar } from "./candles.ts";
import { observeContext } from "./context.ts";
import { fillGap, type GapOpened, gapNeeds, keepMinute, openGap } from "./gap.ts";
import { turnHalfHour } from "./half-hour-flows.ts";
import { createVenue, type HubState, type HubVenue, inOrder } from "./hub-state.ts";
import { teaches } from "./learn-minute.ts";
import { withBelievedPrices } from "./price-check.ts";
import { type HubSettings, minutePatienceMs } from "./settings.ts";
import { replayGap, stepMinute } from "./step-minute.ts";
import { createTrack, needs, observe } from "./track.ts";
import { type HubSink, writeColumns } from "./write-columns.ts";

export interface Applied {
  reply: IngestReply;
  /** A frame is due: all expected exchanges have delivered, or one has delivered twice. */
  frameDue: boolean;
  closedMinutes: number;
  /** Columns were written after the fact: clients should read history again. */
  backfilled: boolean;
  /** Gaps that opened: minutes of an exchange passed as missing. */
  gaps: GapOpened[];
  /** Late minutes corrected the standing state. */
  replayed: boolean;
}

/** What consumed minutes leave behind. */
interface Consumed {
  minutes: VenueMinute[];
  gaps: GapOpened[];
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
  const gaps: GapOpened[] = [];
  const replayed = correct(state, settings, venue, believed, minutes, sink);
  catchUp(state, settings, venue, { minutes, gaps }, sink);
  const backfilledBefore = state.backfilledColumns;
  let closedMinutes = 0;
  while (mayClose(state, settings)) {
    closeMinute(state, settings, { minutes, gaps }, sink);
    closedMinutes += 1;
  }
  if (minutes.length > 0) sink.minutes(minutes);
  sink.done();
  return {
    reply: {
      nextMinuteMs: venue.track.nextMinuteMs,
      needs: needs(venue.track, batch.sentAt) ?? gapNeeds(venue, batch.sentAt),
    },
    frameDue: isFrameDue(state, settings, batch.venue),
    closedMinutes,
    backfilled: state.backfilledColumns !== backfilledBefore,
    gaps,
    replayed,
  };
}

/** Minutes before the cursor belong to one exchange alone: its model catches up without touching published columns. */
function catchUp(state: HubState, settings: HubSettings, venue: HubVenue, into: Consumed, sink: HubSink): void {
  let minute = venue.track.ready[0];
  let taken = 0;
  while (minute !== undefined && state.cursor !== null && minute.minuteMs < state.cursor) {
    consume(state, settings, venue, minute, into, sink);
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

function closeMinute(state: HubState, settings: HubSettings, into: Consumed, sink: HubSink): void {
  const minuteMs = state.cursor ?? 0;
  for (const venue of inOrder(state, settings)) {
    const next = venue.track.ready[0];
    if (next?.minuteMs !== minuteMs) continue;
    venue.track.ready.shift();
    consume(state, settings, venue, next, into, sink);
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
  { minutes, gaps }: Consumed,
  sink: HubSink,
): void {
  minutes.push({ venue: venue.track.venue, symbol: settings.symbol, minute });
  venue.consumedTo = minute.minuteMs + MINUTE_MS;
  const opened = openGap(venue, minute, state.asOf);
  if (opened !== null) gaps.push(opened);
  const taught = minute.type === "bar" && teaches(venue, minute);
  keepMinute(venue, minute, taught);
  if (minute.type === "missing") venue.missingMinutes += 1;
  else {
    stepMinute(state, venue, minute, taught);
    addBar(venue.candles, minute.bar);
  }
  turnHalfHour(state, settings, venue, venue.consumedTo, sink);
}

/** Late minutes of a gap correct the standing state; columns stay as published. True when something was corrected. */
function correct(
  state: HubState,
  settings: HubSettings,
  venue: HubVenue,
  batch: ObservationBatch,
  minutes: VenueMinute[],
  sink: HubSink,
): boolean {
  const filled = fillGap(venue, batch);
  for (const minute of filled) minutes.push({ venue: venue.track.venue, symbol: settings.symbol, minute });
  if (filled.length > 0) replayGap(state, settings, venue, sink);
  return filled.length > 0;
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
