// Scored hours of one market or of several: deviances by predictor, in units of each market's own mean, so that adding is fair.
import { createPrng } from "../num/prng.ts";
import { quantile } from "../num/quantile.ts";
import { DAY_MS, intervalStart } from "../time/clock.ts";
import type { Predictions, PredictorName } from "./predictors.ts";
import { partialSpearman, rootPearson, spearman } from "./rank.ts";
import type { ScoringRow } from "./scoring-rows.ts";
import { explained, tweedieDeviance } from "./tweedie.ts";

export interface Scored {
  hourMs: number;
  dayMs: number;
  side: ScoringRow["side"];
  /** Observed and expected value in units of the market's mean train row; expected with equal sums in the train rows. */
  observed: number;
  expected: number;
  /** Expected value with the scale of least deviance, and as the parameter set has it. */
  expectedByDeviance: number;
  expectedByParams: number;
  /** Log distance from the open to the extreme that hurts this side. */
  distance: number;
  /** Name of the market. */
  market: string;
  /** Null where nothing was fitted: then only ranks and sums count. */
  deviance: Readonly<Record<PredictorName, number>> | null;
}

/** Scores the test rows of one market. */
export function score(market: string, rows: readonly ScoringRow[], predictions: Predictions): Scored[] {
  const { test, expected, unitUsd } = predictions;
  const names = Object.keys(test) as PredictorName[];
  return rows.map((row, i) => {
    const observed = row.observedUsd / unitUsd;
    const deviance = (name: PredictorName) => tweedieDeviance(observed, (test[name][i] ?? 0) / unitUsd);
    return {
      ...place(market, row),
      observed,
      expected: (expected[i] ?? 0) / unitUsd,
      expectedByDeviance: (test.model[i] ?? 0) / unitUsd,
      expectedByParams: row.expectedUsd / unitUsd,
      deviance: Object.fromEntries(names.map((name) => [name, deviance(name)])) as Record<PredictorName, number>,
    };
  });
}

/** Rows of a recording too short to fit anything: the parameter set's own expected value, in units of `unitUsd`. */
export function scoreUnfitted(market: string, rows: readonly ScoringRow[], unitUsd: number): Scored[] {
  return rows.map((row) => ({
    ...place(market, row),
    observed: row.observedUsd / unitUsd,
    expected: row.expectedUsd / unitUsd,
    expectedByDeviance: Number.NaN,
    expectedByParams: row.expectedUsd / unitUsd,
    deviance: null,
  }));
}

function place(market: string, row: ScoringRow) {
  return {
    market,
    hourMs: row.hourMs,
    dayMs: intervalStart(row.hourMs, DAY_MS),
    side: row.side,
    distance: row.ownExcursion,
  };
}

/** A figure of a set of scored rows. */
export type Figure = (rows: readonly Scored[]) => number;

/** D² of a predictor. */
export const skill =
  (name: PredictorName): Figure =>
  (rows) =>
    explained(total(rows, name), total(rows, "mean"));

/** D² of one predictor minus D² of another. */
export const gain =
  (name: PredictorName, over: PredictorName): Figure =>
  (rows) =>
    (total(rows, over) - total(rows, name)) / total(rows, "mean");

const total = (rows: readonly Scored[], name: PredictorName): number =>
  rows.reduce((sum, { deviance }) => sum + (deviance?.[name] ?? Number.NaN), 0);

const column = (rows: readonly Scored[], key: "observed" | "expected" | "distance"): Float64Array =>
  Float64Array.from(rows, (row) => row[key]);

export const rankOfExpected: Figure = (rows) => spearman(column(rows, "expected"), column(rows, "observed"));
export const rankOfDistance: Figure = (rows) => spearman(column(rows, "distance"), column(rows, "observed"));
export const rankAboveDistance: Figure = (rows) => rankOfExpected(rows) - rankOfDistance(rows);
export const rankGivenDistance: Figure = (rows) =>
  partialSpearman(column(rows, "expected"), column(rows, "observed"), column(rows, "distance"));
export const rootCorrelation: Figure = (rows) => rootPearson(column(rows, "expected"), column(rows, "observed"));

type ExpectedKey = "expected" | "expectedByDeviance" | "expectedByParams";

/** Sum expected / sum observed. */
export const overObserved =
  (key: ExpectedKey): Figure =>
  (rows) =>
    sumOf(rows, key) / sumOf(rows, "observed");

const sumOf = (rows: readonly Scored[], key: "observed" | ExpectedKey): number =>
  rows.reduce((sum, row) => sum + row[key], 0);

export const ofSide =
  (side: Scored["side"], figure: Figure): Figure =>
  (rows) =>
    figure(rows.filter((row) => row.side === side));

/** The same rows without the one whose absence changes the difference of two skills most. */
export function withoutMostInfluential(
  rows: readonly Scored[],
  name: PredictorName,
  over: PredictorName,
): { rows: Scored[]; dropped: Scored; shift: number } | null {
  const whole = gain(name, over)(rows);
  const difference = total(rows, over) - total(rows, name);
  const none = total(rows, "mean");
  let dropped: Scored | null = null;
  let shift = 0;
  for (const row of rows) {
    const { deviance } = row;
    if (deviance === null) return null;
    const without = (difference - deviance[over] + deviance[name]) / (none - deviance.mean);
    if (dropped !== null && Math.abs(whole - without) <= Math.abs(shift)) continue;
    dropped = row;
    shift = whole - without;
  }
  return dropped === null ? null : { rows: rows.filter((row) => row !== dropped), dropped, shift };
}

export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** With fewer days there is nothing to draw from. */
const LEAST_DRAWN_DAYS = 5;

/**
 * Figures with 90 % intervals, NaN under five days: whole days are drawn with replacement, of all markets together, because hours of a day and
 * coins of an hour are not independent. The same seed gives the same draws.
 */
export function bootstrap<Name extends string>(
  rows: readonly Scored[],
  figures: Readonly<Record<Name, Figure>>,
  { draws, seed }: { draws: number; seed: number },
): Record<Name, Interval> {
  const days = [...Map.groupBy(rows, (row) => row.dayMs).values()];
  const random = createPrng(seed);
  const names = Object.keys(figures) as Name[];
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let draw = 0; draw < draws && days.length >= LEAST_DRAWN_DAYS; draw++) {
    const drawn = days.flatMap(() => days[Math.floor(random.uniform() * days.length)] ?? []);
    for (const name of names) samples.get(name)?.push(figures[name](drawn));
  }
  const interval = (name: Name): Interval => {
    const values = Float64Array.from((samples.get(name) ?? []).filter(Number.isFinite)).sort();
    return { value: figures[name](rows), low: quantile(values, 0.05), high: quantile(values, 0.95) };
  };
  return Object.fromEntries(names.map((name) => [name, interval(name)])) as Record<Name, Interval>;
}
