// A tape through the model: one line per bar, from the first that has open interest. A line depends on the bars before it
// and on its own price, volume and open interest; never on its liquidations, never on a later row.
import type { Bar } from "../market/bar.ts";
import { type Model, openInterestBase, sideTotals, stepBar } from "./model.ts";

export interface ReplayLine {
  /** Open time of the bar, ms UTC. */
  t: number;
  sweptLongUsd: number;
  sweptShortUsd: number;
  expectedLongUsd: number;
  expectedShortUsd: number;
  /** Cells + reservoir at the end of the bar. */
  bookLongBase: number;
  bookShortBase: number;
  openInterestBase: number;
}

/** Steps one bar and returns its line; null before the first known open interest. */
export function replayBar(model: Model, bar: Bar): ReplayLine | null {
  const step = stepBar(model, bar);
  const held = openInterestBase(model);
  if (step === null || held === null) return null;
  const long = sideTotals(model, "long");
  const short = sideTotals(model, "short");
  return {
    t: bar.openTime,
    sweptLongUsd: step.sweptLongUsd,
    sweptShortUsd: step.sweptShortUsd,
    expectedLongUsd: step.expectedLongUsd,
    expectedShortUsd: step.expectedShortUsd,
    bookLongBase: long.drawnBase + long.reservoirBase,
    bookShortBase: short.drawnBase + short.reservoirBase,
    openInterestBase: held,
  };
}
