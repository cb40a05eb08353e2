// An open gap of one exchange: minutes passed as missing that its history may still bring. The model as it was before the
// first of them and everything since are kept, so that the standing state can be corrected by replaying.
import type { ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { Minute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { encodeModel } from "../../src/shared/model/model.ts";
import { DAY_MS, type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { HubVenue } from "./hub-state.ts";
import { createTrack, observe } from "./track.ts";

/** Minutes kept for a replay; a gap that is not filled within a day stays one. */
const KEEP_MINUTES = DAY_MS / MINUTE_MS;
/** Market time between two rounds of asking for the minutes of a gap. */
const ASK_AGAIN_MS = 10 * MINUTE_MS;

export interface GapOpened {
  venue: VenueId;
  fromMs: EpochMs;
  reason: string;
}

/** Opens a gap before a missing minute is passed; null while one is open, before the model began, and for old history. */
export function openGap(venue: HubVenue, minute: Minute, asOf: EpochMs): GapOpened | null {
  if (minute.type !== "missing" || venue.gap !== null || venue.model.book === null) return null;
  if (asOf - minute.minuteMs > DAY_MS) return null;
  venue.gapModel = encodeModel(venue.model);
  venue.gap = {
    fromMs: minute.minuteMs,
    reason: minute.reason,
    learning: structuredClone(venue.learning),
    degradedMinutes: venue.degradedMinutes,
    clippedMinutes: venue.clippedMinutes,
    kept: [],
    askFromMs: minute.minuteMs,
    nextAskMs: asOf + ASK_AGAIN_MS,
  };
  return { venue: venue.track.venue, fromMs: minute.minuteMs, reason: minute.reason };
}

/** Keeps a consumed minute for the replay; a gap older than a day is given up. */
export function keepMinute(venue: HubVenue, minute: Minute, taught: boolean): void {
  if (venue.gap === null) return;
  venue.gap.kept.push({ minute, taught });
  if (venue.gap.kept.length > KEEP_MINUTES) closeGap(venue);
}

export function closeGap(venue: HubVenue): void {
  venue.gap = null;
  venue.gapModel = null;
}

/** The minutes of the gap to ask for now, or null. The same answer until the exchange's feed has said something about it. */
export function gapNeeds({ gap }: HubVenue, now: EpochMs): TimeRange | null {
  if (gap === null || now < gap.nextAskMs) return null;
  const missing = gap.kept.filter(({ minute }) => minute.type === "missing" && minute.minuteMs >= gap.askFromMs);
  const [first, last] = [missing[0], missing.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { fromMs: first.minute.minuteMs, toMs: last.minute.minuteMs + MINUTE_MS };
}

/**
 * Puts an answer's minutes where the gap has missing ones, and returns those that are to be replayed now: none before
 * the round of asking has come to the gap's end.
 */
export function fillGap(venue: HubVenue, batch: ObservationBatch): Minute[] {
  const { gap } = venue;
  const range = batch.history?.range;
  if (gap === null || range === undefined) return [];
  const isWithin = ({ minuteMs }: Minute) => range.fromMs <= minuteMs && minuteMs < range.toMs;
  const asked = gap.kept.filter(({ minute }) => minute.type === "missing" && isWithin(minute));
  if (asked.length === 0) return [];
  const served = new Map(minutesOf(batch, range).map((minute) => [minute.minuteMs, minute]));
  const filled: Minute[] = [];
  for (const kept of asked) {
    const minute = served.get(kept.minute.minuteMs);
    if (minute?.type !== "bar") continue;
    kept.minute = minute;
    filled.push(minute);
  }
  gap.askFromMs = range.toMs;
  const isLeft = gap.kept.some(({ minute }) => minute.type === "missing" && minute.minuteMs >= range.toMs);
  if (!isLeft) {
    gap.askFromMs = gap.fromMs;
    gap.nextAskMs = batch.sentAt + ASK_AGAIN_MS;
  }
  return filled;
}

/** The answer's minutes, made as those of any other history. */
function minutesOf(batch: ObservationBatch, range: TimeRange): Minute[] {
  const track = createTrack(batch.venue, batch);
  track.historyFromMs = range.fromMs;
  track.nextMinuteMs = range.fromMs;
  observe(track, batch, 0);
  return track.ready;
}
