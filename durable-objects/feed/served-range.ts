// How far an answer for history speaks: an empty answer of an exchange that lags, or has a bad day, says nothing about
// minutes it will serve later.
import type { TimeRange } from "../../src/shared/market/batch.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";

/** An exchange that is behind, or answers with nothing, has this long to serve a minute before it counts as missing. */
const LATE_MS = 30 * MINUTE_MS;
/** Empty answers about older minutes after which they are believed: a new listing has no history. */
const EMPTY_TRIES = 3;

/** End of the minutes an answer speaks for: up to its newest candle, closed or running; null without any. */
export function spokenTo(observations: readonly Observation[], symbol: SymbolId): EpochMs | null {
  let end: EpochMs | null = null;
  for (const one of observations) {
    if (one.kind !== "candle" || one.symbol !== symbol) continue;
    // a running candle says that nothing more will come before it
    end = Math.max(end ?? 0, one.closed ? one.openTime + one.intervalMs : one.openTime);
  }
  return end;
}

/**
 * The part of `asked` that may be settled now: what the answer speaks for, and what was asked for so often and is so
 * old that it will not come any more. Null when that is nothing yet.
 */
export function settledRange(
  asked: TimeRange,
  spoken: EpochMs | null,
  failures: number,
  now: EpochMs,
): TimeRange | null {
  const believed = failures >= EMPTY_TRIES ? intervalStart(now - LATE_MS, MINUTE_MS) : asked.fromMs;
  const toMs = Math.min(asked.toMs, Math.max(spoken ?? asked.fromMs, believed));
  return toMs > asked.fromMs ? { fromMs: asked.fromMs, toMs } : null;
}
