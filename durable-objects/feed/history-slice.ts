// Cuts a range of history into pieces that one request each can answer, and says what a venue cannot serve.
import type { MissingRange, TimeRange } from "../../src/shared/market/batch.ts";
import type { Candle } from "../../src/shared/market/observation.ts";
import { DAY_MS, type EpochMs, HOUR_MS, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { HistorySource, VenueAdapter } from "../../src/shared/venue/venue.ts";

export interface HistorySlice {
  range: TimeRange;
  /** Windows to ask candles for, oldest first; null when the venue does not reach back so far. */
  candles: TimeRange[] | null;
  /** Windows to ask open interest for, oldest first. */
  openInterest: TimeRange[];
  /** Why nothing is asked; null when something is. */
  missingReason: string | null;
}

type Sources = VenueAdapter["history"];

/** Requests for candles in one piece: a venue with short candle lists asks its open interest once for several of them. */
const MAX_WINDOWS = 5;

/** The oldest piece of a range at `now`, or null when the range holds no closed minute. */
export function nextSlice(venueName: string, sources: Sources, needs: TimeRange, now: EpochMs): HistorySlice | null {
  const fromMs = intervalStart(needs.fromMs, MINUTE_MS);
  const toMs = Math.min(needs.toMs, intervalStart(now, MINUTE_MS));
  if (toMs <= fromMs) return null;
  const reach = earliest(sources.candles, now);
  if (fromMs < reach) {
    const missingReason = `${venueName} serves ${inWords(sources.candles.reachMs ?? 0)} of minute candles`;
    return { range: { fromMs, toMs: Math.min(toMs, reach) }, candles: null, openInterest: [], missingReason };
  }
  const range = { fromMs, toMs: Math.min(toMs, sliceEnd(sources, fromMs)) };
  return {
    range,
    candles: windowsOf(candleWindowMs(sources), range),
    openInterest: openInterestWindows(sources.openInterest, range, now),
    missingReason: null,
  };
}

/** End of a full piece. It lies on a step of the open interest, so that the pieces after it ask for no row twice. */
function sliceEnd(sources: Sources, fromMs: EpochMs): EpochMs {
  const { openInterest } = sources;
  const windowMs = candleWindowMs(sources);
  if (openInterest === null) return fromMs + windowMs;
  // one row of them is the sample at the piece's very end
  const windows = Math.floor(((openInterest.maxRows - 1) * openInterest.stepMs) / windowMs);
  const full = fromMs + windowMs * Math.max(1, Math.min(MAX_WINDOWS, windows));
  const startMs = intervalStart(fromMs, openInterest.stepMs);
  const aligned = intervalStart(full, openInterest.stepMs);
  // a step less where the sample at the end would take a request of its own
  const requests = (toMs: EpochMs) => Math.ceil((toMs - startMs) / (openInterest.maxRows * openInterest.stepMs));
  const fitting = requests(aligned + MINUTE_MS) > requests(aligned) ? aligned - openInterest.stepMs : aligned;
  return fitting > fromMs ? fitting : full;
}

/** Minutes that one request for candles brings; where they carry the open interest, one row stays for the piece's end. */
function candleWindowMs({ candles, openInterest }: Sources): number {
  const rows = openInterest?.kind === candles.kind ? candles.maxRows - 1 : candles.maxRows;
  return rows * candles.stepMs;
}

function windowsOf(windowMs: number, range: TimeRange): TimeRange[] {
  const windows: TimeRange[] = [];
  for (let { fromMs } = range; fromMs < range.toMs; fromMs += windowMs) {
    windows.push({ fromMs, toMs: Math.min(range.toMs, fromMs + windowMs) });
  }
  return windows;
}

/**
 * Open interest is wanted from the sample at or before the range, on which the first minutes stand, to the one at its
 * very end, which is the last minute's.
 */
function openInterestWindows(source: HistorySource | null, range: TimeRange, now: EpochMs): TimeRange[] {
  if (source === null) return [];
  const fromMs = Math.max(intervalStart(range.fromMs, source.stepMs), earliest(source, now));
  return windowsOf(source.maxRows * source.stepMs, { fromMs, toMs: range.toMs + MINUTE_MS });
}

/** First minute a source serves; one step in from its edge, which moves while we ask. */
function earliest(source: HistorySource, now: EpochMs): EpochMs {
  if (source.reachMs === null) return Number.NEGATIVE_INFINITY;
  return intervalStart(now - source.reachMs, source.stepMs) + 2 * source.stepMs;
}

/** The parts of a range that no candle covers. */
export function missingRanges(range: TimeRange, candles: readonly Candle[], reason: string): MissingRange[] {
  const missing: MissingRange[] = [];
  let covered = range.fromMs;
  for (const candle of candles.toSorted((a, b) => a.openTime - b.openTime)) {
    if (candle.openTime > covered) missing.push({ fromMs: covered, toMs: candle.openTime, reason });
    covered = Math.max(covered, candle.openTime + candle.intervalMs);
  }
  if (covered < range.toMs) missing.push({ fromMs: covered, toMs: range.toMs, reason });
  return missing;
}

function inWords(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days`;
  return `${Math.floor(ms / HOUR_MS)} hours`;
}
