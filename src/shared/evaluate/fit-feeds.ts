// Fits what a venue's liquidation feed tells: leverage weights shared by its symbols, and for each symbol the share of swept
// value that is reported and a floor. Tweedie(1.5) quasi-likelihood by multiplicative updates, with a pull toward the weights
// it starts from: far tiers are reached too rarely to be learned from totals alone.
//   θ_k ← θ_k · [ (Σ S_k·Y·Λ^−1.5 + κ₀·G/θ_k) / (Σ S_k·Λ^−0.5 + κ₀·G) ]^(2/3),  G = mean over k of θ_k·Σ S_k·Λ^−0.5
//   w_k ← w_k·θ_k^0.7, at least 0.002, rescaled to the old sum; then the model runs again.
import { assert } from "../error/assert.ts";
import type { SymbolId, VenueId } from "../market/symbol.ts";
import { type FeedParams, feedParams, type ModelParams, valuesOf, withVersion } from "../model/params.ts";
import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";
import { HOUR_MS, MINUTE_MS } from "../time/clock.ts";
import { FLOOR_SHARE, fitScale, fitSums, mean, powerTwoThirds } from "./scale.ts";
import { type Market, type ScoringRow, scoringRows } from "./scoring-rows.ts";
import { type Split, splitTape, trainRows } from "./split.ts";
import { sumDeviance } from "./tweedie.ts";

/** Pull toward the weights the fit starts from. */
const PULL = 0.05;
const OUTER_PASSES = 3;
const INNER_PASSES = 300;
const WEIGHT_STEP = 0.7;
const LEAST_WEIGHT = 0.002;
/** Less would fit chance. */
export const LEAST_TRAIN_HOURS = 100;

export interface FeedFit {
  venue: VenueId;
  symbols: {
    symbol: SymbolId;
    /** Rows are hours and sides. */
    trainRows: number;
    trainStartMs: number;
    testStartMs: number;
    /** Mean observed value of a row, USD: the unit of its deviance. */
    unitUsd: number;
    /** Reported per swept USD: with equal sums, and the one of least deviance. */
    share: number;
    shareByDeviance: number;
    /** Train deviance under the parameter set that was given, and under the fitted one. */
    devianceBefore: number;
    devianceAfter: number;
  }[];
  weightsBefore: readonly number[];
  weightsAfter: readonly number[];
  /** Train deviance per outer pass, each with its best shares: the smallest one was taken. */
  passes: { weights: readonly number[]; deviance: number }[];
}

interface Sample {
  market: Market;
  split: Split;
}

/** One symbol's train rows in units of their mean observed value. */
interface Column {
  symbol: SymbolId;
  unitUsd: number;
  rows: ScoringRow[];
  /** Observed; swept per tier and, last, diffuse, whose weight is not fitted. */
  observed: number[];
  tiers: number[][];
}

interface Pass {
  weights: readonly number[];
  columns: Column[];
  shares: number[];
  deviance: number;
}

/** Returns why a market cannot be fitted, or null. */
export function unfittable(market: Market): string | null {
  const split = splitTape(market.bars);
  if (split === null) return "has no open interest";
  const known = market.bars.filter(
    (bar) =>
      bar.openTime >= split.trainStartMs &&
      bar.openTime < split.testStartMs &&
      bar.observedLongUsd !== null &&
      bar.observedShortUsd !== null,
  );
  const hours = known.reduce((sum, bar) => sum + bar.intervalMs, 0) / HOUR_MS;
  if (hours === 0) return "has no observed liquidations in its train half";
  if (known.every((bar) => bar.observedLongUsd === 0 && bar.observedShortUsd === 0)) {
    return "observed not one liquidation in its train half";
  }
  if (hours < LEAST_TRAIN_HOURS) {
    return `has ${Math.floor(hours)} train hours with liquidations, expected at least ${LEAST_TRAIN_HOURS}`;
  }
  return null;
}

/** Fits the feeds of one venue on the train half of each market; nothing of the test half is read. */
export function fitFeeds(
  venue: VenueId,
  markets: readonly Market[],
  base: ModelParams,
): { params: ModelParams; fit: FeedFit } {
  const samples = markets.flatMap((market): Sample[] => {
    const split = splitTape(market.bars);
    if (split === null) return [];
    // what lies behind the split is cut off before anything sees it
    return [{ split, market: { ...market, bars: market.bars.filter((bar) => bar.openTime < split.testStartMs) } }];
  });
  const weightsBefore = feedParams(base, venue, samples[0]?.market.symbol ?? "").flowWeights ?? base.flowWeights;
  const passes: FeedFit["passes"] = [];
  let weights = weightsBefore;
  let best: Pass | null = null;
  for (let pass = 0; pass <= OUTER_PASSES; pass++) {
    const params = withFeed(base, { [venue]: { share: 1, floorUsdPerMinute: 0, flowWeights: weights } }, samples);
    const columns = readColumns(samples, params);
    const shares = columns.map(({ observed, tiers }) => fitScale(tiers.map(sum), observed).scale);
    const deviance = columns.reduce((total, column, i) => total + columnDeviance(column, shares[i] ?? 0), 0);
    passes.push({ weights, deviance });
    if (best === null || deviance < best.deviance) best = { weights, columns, shares, deviance };
    weights = moveWeights(weights, fitTiers(columns, shares));
  }
  assert(best !== null, "a fit needs a market with open interest");
  const { weights: weightsAfter, columns } = best;
  // least deviance settled the weights; the share makes sums agree, because it is shown as USD
  const shares = columns.map(({ observed, tiers }) => fitSums(tiers.map(sum), observed).scale);

  const fitted: Record<string, FeedParams> = {
    // a symbol of this exchange without a fit of its own: the (geometric) mean share
    [venue]: { share: exp(mean(shares.map(log))), floorUsdPerMinute: null, flowWeights: weightsAfter },
  };
  for (const [i, { symbol, unitUsd }] of columns.entries()) {
    const floorUsdPerMinute = (FLOOR_SHARE * unitUsd * MINUTE_MS) / HOUR_MS;
    fitted[`${venue}:${symbol}`] = { share: shares[i] ?? 0, floorUsdPerMinute, flowWeights: weightsAfter };
  }
  const params = withVersion(
    `fitted-${venue}`,
    { ...valuesOf(base), feeds: { ...base.feeds, ...fitted } },
    base.provenance,
  );
  const before = expectedDeviances(samples, base);
  const after = expectedDeviances(samples, params);
  const symbols = columns.map(({ symbol, unitUsd, rows }, i) => {
    const splits = samples.filter(({ market }) => market.symbol === symbol).map(({ split }) => split);
    return {
      symbol,
      trainRows: rows.length,
      trainStartMs: Math.min(...splits.map(({ trainStartMs }) => trainStartMs)),
      testStartMs: Math.max(...splits.map(({ testStartMs }) => testStartMs)),
      unitUsd,
      share: shares[i] ?? 0,
      shareByDeviance: best.shares[i] ?? 0,
      devianceBefore: before.get(symbol) ?? Number.NaN,
      devianceAfter: after.get(symbol) ?? Number.NaN,
    };
  });
  return { params, fit: { venue, symbols, weightsBefore, weightsAfter, passes } };
}

/** Parameters under which every symbol of the samples runs with the given feed. */
function withFeed(base: ModelParams, feeds: Record<string, FeedParams>, samples: readonly Sample[]): ModelParams {
  const own = new Set(samples.map(({ market }) => `${market.venue}:${market.symbol}`));
  const others = Object.fromEntries(Object.entries(base.feeds).filter(([key]) => !own.has(key)));
  return withVersion(base.name, { ...valuesOf(base), feeds: { ...others, ...feeds } }, base.provenance);
}

/** Train rows by symbol; two recordings of one symbol count as one. */
function rowsBySymbol(samples: readonly Sample[], params: ModelParams): Map<SymbolId, ScoringRow[]> {
  const bySymbol = new Map<SymbolId, ScoringRow[]>();
  for (const { market, split } of samples) {
    const rows = trainRows(scoringRows(market, params)?.rows ?? [], split);
    bySymbol.set(market.symbol, [...(bySymbol.get(market.symbol) ?? []), ...rows]);
  }
  return bySymbol;
}

function readColumns(samples: readonly Sample[], params: ModelParams): Column[] {
  return [...rowsBySymbol(samples, params)].map(([symbol, rows]) => {
    const unitUsd = mean(rows.map((row) => row.observedUsd));
    return {
      symbol,
      unitUsd,
      rows,
      observed: rows.map((row) => row.observedUsd / unitUsd),
      tiers: rows.map((row) => [...row.sweptTierUsd, row.diffuseUsd].map((usd) => usd / unitUsd)),
    };
  });
}

function columnDeviance({ observed, tiers }: Column, share: number): number {
  return sumDeviance(
    observed,
    tiers.map((swept) => share * sum(swept) + FLOOR_SHARE),
  );
}

/** Deviance per symbol of what the model itself expected, floor included. */
function expectedDeviances(samples: readonly Sample[], params: ModelParams): Map<SymbolId, number> {
  return new Map(
    [...rowsBySymbol(samples, params)].map(([symbol, rows]) => {
      const unitUsd = mean(rows.map((row) => row.observedUsd));
      // the running floor of an unfitted set may be 0 in a first, empty hour
      const expected = rows.map((row) => Math.max(row.expectedUsd / unitUsd, 1e-6));
      const observed = rows.map((row) => row.observedUsd / unitUsd);
      return [symbol, sumDeviance(observed, expected)];
    }),
  );
}

/** How much each tier's swept value should count, all symbols together; 1 = as it is. */
function fitTiers(columns: readonly Column[], shares: readonly number[]): number[] {
  const theta = [1, 1, 1, 1, 1];
  const scales = [...shares];
  for (let pass = 0; pass < INNER_PASSES; pass++) {
    const up = theta.map(() => 0);
    const down = theta.map(() => 0);
    for (const [c, column] of columns.entries()) {
      const scale = scales[c] ?? 0;
      let scaleUp = 0;
      let scaleDown = 0;
      for (const [i, swept] of column.tiers.entries()) {
        const weighted = sum(swept.map((s, k) => s * (theta[k] ?? 1)));
        const expected = scale * weighted + FLOOR_SHARE;
        const root = Math.sqrt(expected);
        const pull = (column.observed[i] ?? 0) / (expected * root);
        for (const [k, s] of swept.slice(0, theta.length).entries()) {
          up[k] = (up[k] ?? 0) + scale * s * pull;
          down[k] = (down[k] ?? 0) + (scale * s) / root;
        }
        scaleUp += weighted * pull;
        scaleDown += weighted / root;
      }
      scales[c] = scaleDown > 0 ? scale * powerTwoThirds(scaleUp / scaleDown) : scale;
    }
    const prior = PULL * mean(theta.map((value, k) => value * (down[k] ?? 0)));
    for (const [k, value] of theta.entries()) {
      theta[k] = value * powerTwoThirds(((up[k] ?? 0) + prior / value) / ((down[k] ?? 0) + prior));
    }
  }
  return theta;
}

function moveWeights(weights: readonly number[], theta: readonly number[]): number[] {
  const moved = weights.map((w, k) => Math.max(LEAST_WEIGHT, w * exp(WEIGHT_STEP * log(theta[k] ?? 1))));
  const factor = sum(weights) / sum(moved);
  return moved.map((w) => w * factor);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
