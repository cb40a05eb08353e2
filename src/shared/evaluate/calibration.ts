// How large the expected value is beside the observed one, from the smallest expectations to the largest.
import type { Scored } from "./scored.ts";

export interface Decile {
  /** 1 = the tenth of the rows with the smallest expectations. */
  decile: number;
  rows: number;
  /** Means, in units of each market's mean train row. */
  expected: number;
  observed: number;
  /** expected / observed; NaN without observed value. */
  ratio: number;
}

/** Returns ten groups of almost equal size by expected value; fewer when there are fewer rows. */
export function deciles(rows: readonly Scored[]): Decile[] {
  const sorted = rows.toSorted((a, b) => a.expected - b.expected);
  const out: Decile[] = [];
  for (let decile = 1; decile <= 10; decile++) {
    const from = Math.round(((decile - 1) * sorted.length) / 10);
    const group = sorted.slice(from, Math.round((decile * sorted.length) / 10));
    if (group.length === 0) continue;
    const mean = (key: "expected" | "observed") => group.reduce((sum, row) => sum + row[key], 0) / group.length;
    const expected = mean("expected");
    const observed = mean("observed");
    out.push({
      decile,
      rows: group.length,
      expected,
      observed,
      ratio: observed > 0 ? expected / observed : Number.NaN,
    });
  }
  return out;
}
