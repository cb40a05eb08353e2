// Refitted as time goes on: each stretch of the test half is predicted by what was fitted on everything before it.
import { DAY_MS } from "../time/clock.ts";
import { predict } from "./predictors.ts";
import { type Scored, score } from "./scored.ts";
import type { ScoringRow } from "./scoring-rows.ts";
import type { Split } from "./split.ts";

const MONTH_DAYS = 30;
const WEEK_DAYS = 7;

export interface WalkForward {
  /** Days from one fit to the next: a month where the test half holds at least two, else a week. */
  everyDays: number;
  fits: number;
  rows: Scored[];
}

/** Scores the test rows in the unit `unitUsd`, so that they compare with those of a single fit. */
export function walkForward(
  market: string,
  rows: readonly ScoringRow[],
  { trainStartMs, testStartMs }: Split,
  unitUsd: number,
): WalkForward {
  const endMs = (rows.at(-1)?.hourMs ?? testStartMs) + 1;
  const everyDays = endMs - testStartMs >= 2 * MONTH_DAYS * DAY_MS ? MONTH_DAYS : WEEK_DAYS;
  const out: WalkForward = { everyDays, fits: 0, rows: [] };
  for (let fromMs = testStartMs; fromMs < endMs; fromMs += everyDays * DAY_MS) {
    const train = rows.filter(({ hourMs }) => hourMs >= trainStartMs && hourMs < fromMs);
    const test = rows.filter(({ hourMs }) => hourMs >= fromMs && hourMs < fromMs + everyDays * DAY_MS);
    if (test.length === 0) continue;
    out.fits += 1;
    out.rows.push(...score(market, test, { ...predict(train, test), unitUsd }));
  }
  return out;
}
