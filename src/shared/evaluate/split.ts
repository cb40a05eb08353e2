// 15 % of the recording's time to warm the model up, the rest half and half: what is fitted, and what is scored.
import type { Bar } from "../market/bar.ts";
import type { EpochMs } from "../time/clock.ts";
import type { ScoringRow } from "./scoring-rows.ts";

export const WARM_UP_SHARE = 0.15;

export interface Split {
  trainStartMs: EpochMs;
  testStartMs: EpochMs;
}

/** Splits a recording from its first open interest to its end; null when it never has any. */
export function splitTape(bars: readonly Bar[]): Split | null {
  const first = bars.find((bar) => bar.openInterestBase !== null);
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;
  const endMs = last.openTime + last.intervalMs;
  const trainStartMs = first.openTime + WARM_UP_SHARE * (endMs - first.openTime);
  return { trainStartMs, testStartMs: trainStartMs + (endMs - trainStartMs) / 2 };
}

/** An hour belongs where it begins. */
export function trainRows(rows: readonly ScoringRow[], { trainStartMs, testStartMs }: Split): ScoringRow[] {
  return rows.filter(({ hourMs }) => hourMs >= trainStartMs && hourMs < testStartMs);
}

export function testRows(rows: readonly ScoringRow[], { testStartMs }: Split): ScoringRow[] {
  return rows.filter(({ hourMs }) => hourMs >= testStartMs);
}
