// Reported liquidations on their way to D1, and when somebody listened for them.
import type { TimeRange } from "../../src/shared/market/batch.ts";
import type { LiquidationEvent } from "../../src/shared/market/context.ts";
import type { Liquidation } from "../../src/shared/market/observation.ts";
import type { ContextTrack } from "./context-state.ts";

/** Reports remembered per exchange: ten minutes of a cascade. */
const SEEN = 1_000;
const GAPS = 32;

/**
 * The reports of one batch that are new, as events. Equal reports inside a batch are distinct (the feed has dropped
 * repeats inside a payload); the same batch again, or the same report in a later one, brings nothing.
 */
export function freshLiquidations(track: ContextTrack, reports: readonly Liquidation[]): LiquidationEvent[] {
  if (reports.length === 0) return [];
  const known = new Set(track.seen);
  const timesHere = new Map<string, number>();
  const fresh: LiquidationEvent[] = [];
  for (const { symbol, venue, exchangeTime, receivedAt, side, price, priceKind, sizeBase, notionalUsd } of reports) {
    const report = `${exchangeTime} ${side} ${price} ${sizeBase}`;
    const ordinal = timesHere.get(report) ?? 0;
    timesHere.set(report, ordinal + 1);
    const key = `${report} ${ordinal}`;
    if (known.has(key)) continue;
    known.add(key);
    track.seen.push(key);
    const figures = { side, price, priceKind, sizeBase, notionalUsd };
    fresh.push({ symbol, venue, atMs: exchangeTime, receivedMs: receivedAt, ...figures, ordinal });
  }
  if (track.seen.length > SEEN) track.seen.splice(0, track.seen.length - SEEN);
  return fresh;
}

/**
 * Notes from when to when the open stream has been heard (null: it is not open, undefined: the feed does not say) and
 * returns the gap that this ends, if any. A feed that was restarted says so by a later start.
 */
export function noteListening(track: ContextTrack, heard: TimeRange | null | undefined): TimeRange | null {
  track.isListening = heard !== undefined && heard !== null;
  if (heard === undefined || heard === null) return null;
  const before = track.listening;
  if (before === null) {
    track.listening = heard;
    return null;
  }
  track.listening = { fromMs: before.fromMs, toMs: Math.max(before.toMs, heard.toMs) };
  if (heard.fromMs <= before.toMs) return null;
  const gap = { fromMs: before.toMs, toMs: heard.fromMs };
  track.gaps.push(gap);
  if (track.gaps.length > GAPS) track.gaps.shift();
  return gap;
}

/** True when the stream was listened to during the whole range. */
export function wasListening(track: ContextTrack, { fromMs, toMs }: TimeRange): boolean {
  const { listening, gaps } = track;
  if (listening === null || listening.fromMs > fromMs || listening.toMs < toMs) return false;
  return gaps.every((gap) => gap.toMs <= fromMs || gap.fromMs >= toMs);
}
