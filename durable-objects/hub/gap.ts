// An open gap of one exchange: minutes passed as missing, or without an open interest of their own, that its history may
// still bring. The model as it was before the first of them and everything since are kept, so that the standing state can
// be corrected by replaying.
import type { ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { Minute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { encodeModel } from "../../src/shared/model/model.ts";
import { DAY_MS, type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { copyFlows, type HubVenue } from "./hub-state.ts";
import { corrected, isOwed } from "./owed-minute.ts";
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

/**
 * Opens a gap before such a minute is passed: not before the model began, and not in old history. Returns what clients
 * are told: the first missing minute of a gap; an open interest that is late takes nothing out of the map.
 */
export function openGap(venue: HubVenue, minute: Minute, asOf: EpochMs): GapOpened | null {
  if (venue.model.book === null || asOf - minute.minuteMs > DAY_MS) return null;
  if (!isOwed(venue.track.venue, minute, asOf)) return null;
  const told = venue.gap?.kept.some((kept) => kept.minute.type === "missing") ?? false;
  const reason = minute.type === "missing" ? minute.reason : "no open interest was heard";
  if (venue.gap === null) startGap(venue, minute.minuteMs, reason, asOf);
  return told || minute.type === "bar" ? null : { venue: venue.track.venue, fromMs: minute.minuteMs, reason };
}

function startGap(venue: HubVenue, fromMs: EpochMs, reason: string, asOf: EpochMs): void {
  venue.gapModel = encodeModel(venue.model);
  venue.gapFlows = venue.flows === null ? null : copyFlows(venue.flows);
  venue.gap = {
    fromMs,
    reason,
    learning: structuredClone(venue.learning),
    degradedMinutes: venue.degradedMinutes,
    clippedMinutes: venue.clippedMinutes,
    kept: [],
    askFromMs: fromMs,
    nextAskMs: asOf + ASK_AGAIN_MS,
  };
}

/** Keeps a consumed minute for the replay; a gap older than a day, or with nothing left to ask for, is given up. */
export function keepMinute(venue: HubVenue, minute: Minute, taught: boolean): void {
  if (venue.gap === null) return;
  venue.gap.kept.push({ minute, taught });
  if (venue.gap.kept.length > KEEP_MINUTES || !isOwing(venue, minute.minuteMs)) closeGap(venue);
}

/** True while the gap has a minute that history may still bring. */
export function isOwing({ gap, track }: HubVenue, now: EpochMs): boolean {
  return gap?.kept.some(({ minute }) => isOwed(track.venue, minute, now)) ?? false;
}

export function closeGap(venue: HubVenue): void {
  venue.gap = null;
  venue.gapModel = null;
  venue.gapFlows = null;
}

/** The minutes of the gap to ask for now, or null. The same answer until the exchange's feed has said something about it. */
export function gapNeeds({ gap, track }: HubVenue, now: EpochMs): TimeRange | null {
  if (gap === null || now < gap.nextAskMs) return null;
  const owed = gap.kept.filter(({ minute }) => minute.minuteMs >= gap.askFromMs && isOwed(track.venue, minute, now));
  const [first, last] = [owed[0], owed.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { fromMs: first.minute.minuteMs, toMs: last.minute.minuteMs + MINUTE_MS };
}

/**
 * Puts an answer's minutes, or their open interest, where the gap lacks them, and returns those that are to be replayed now: none before
 * the round of asking has come to the gap's end.
 */
export function fillGap(venue: HubVenue, batch: ObservationBatch): Minute[] {
  const { gap } = venue;
  const range = batch.history?.range;
  if (gap === null || range === undefined) return [];
  const { venue: id, sentAt } = batch;
  const asked = gap.kept.filter(
    ({ minute }) => range.fromMs <= minute.minuteMs && minute.minuteMs < range.toMs && isOwed(id, minute, sentAt),
  );
  if (asked.length === 0) return [];
  const served = new Map(minutesOf(batch, range).map((minute) => [minute.minuteMs, minute]));
  const filled: Minute[] = [];
  for (const kept of asked) {
    const minute = corrected(kept.minute, served.get(kept.minute.minuteMs));
    if (minute === null) continue;
    if (kept.minute.type === "missing") venue.missingMinutes -= 1;
    kept.minute = minute;
    filled.push(minute);
  }
  gap.askFromMs = range.toMs;
  const isLeft = gap.kept.some(({ minute }) => minute.minuteMs >= range.toMs && isOwed(id, minute, sentAt));
  if (!isLeft) {
    gap.askFromMs = gap.fromMs;
    gap.nextAskMs = sentAt + ASK_AGAIN_MS;
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
