// Which part of a recording is history and which part plays.

import { assert } from "../shared/error/assert.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../shared/time/clock.ts";

export interface ReplayWindow {
  /** Start of the recording: everything from here to the start point is served as history. */
  fromMs: EpochMs;
  /** Market time at which the replay begins to play. */
  startMs: EpochMs;
  /** Where the market stops: the end of the last bar. */
  endMs: EpochMs;
}

/**
 * Returns the window of one or several tapes played together. `historyMs` is how much of the joint tape comes before the
 * start point; null means three quarters of it.
 */
export function replayWindow(
  markets: readonly { startMs: EpochMs; endMs: EpochMs | null }[],
  historyMs: number | null,
): ReplayWindow {
  assert(markets.length > 0, "a replay of no tapes");
  const fromMs = Math.min(...markets.map((market) => market.startMs));
  const endMs = Math.max(...markets.map((market) => market.endMs ?? market.startMs));
  const history = historyMs ?? (endMs - fromMs) * 0.75;
  const startMs = intervalStart(fromMs + history, MINUTE_MS);
  // with more history than tape nothing is left to play: the market stands at its end
  return { fromMs, startMs: Math.min(endMs, Math.max(fromMs, startMs)), endMs };
}
