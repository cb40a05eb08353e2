// The whole evaluation of some recordings under one parameter set. Pure: the same input gives the same output.
import type { ModelParams } from "../model/params.ts";
import { modelVersion } from "../model/state.ts";
import { HOUR_MS } from "../time/clock.ts";
import { type BandCoverage, bandCoverage } from "./band.ts";
import { type Decile, deciles } from "./calibration.ts";
import { GAIN_FIGURES, judge, RANK_FIGURES, SKILL_FIGURES, type Verdict } from "./figures.ts";
import { predict } from "./predictors.ts";
import { mean } from "./scale.ts";
import {
  bootstrap,
  type Figure,
  type Interval,
  type Scored,
  score,
  scoreUnfitted,
  withoutMostInfluential,
} from "./scored.ts";
import { type Market, type MarketRows, scoringRows } from "./scoring-rows.ts";
import { type Split, splitTape, testRows, trainRows } from "./split.ts";
import { watchStanding } from "./standing.ts";
import { type StateSkill, stateSkill } from "./state-skill.ts";
import { type WalkForward, walkForward } from "./walk-forward.ts";

/** With less, nothing is fitted: ranks and sums only, over all hours after the warm-up. */
const LEAST_FITTED_HOURS = 100;
/** Conservation: worst difference between a side and open interest, relative. */
export const CONSERVATION_TARGET = 1e-6;

type Intervals<Figures> = Record<keyof Figures & string, Interval>;

export interface Sheet {
  rows: number;
  days: number;
  ranks: Intervals<typeof RANK_FIGURES>;
  /** Null where too little was recorded to fit anything. */
  skills: Intervals<typeof SKILL_FIGURES> | null;
  gains: Intervals<typeof GAIN_FIGURES> | null;
  robust: {
    /** The row whose absence moves ΔD² over path most, and by how much it moves it. */
    market: string;
    hourMs: number;
    side: string;
    shift: number;
    figures: Intervals<typeof GAIN_FIGURES>;
  } | null;
  deciles: Decile[];
  verdicts: Verdict[];
}

/** The figures of a sheet when fits are renewed within the test half. */
export interface RefittedSheet {
  everyDays: number;
  fits: number;
  ranks: Intervals<typeof RANK_FIGURES>;
  gains: Intervals<typeof GAIN_FIGURES>;
  /** The differences without the row that moves ΔD² over path most. */
  robustGains: Intervals<typeof GAIN_FIGURES> | null;
}

export interface MarketResult {
  name: string;
  venue: string;
  symbol: string;
  intervalMs: number;
  startMs: number;
  endMs: number;
  testStartMs: number;
  trainHours: number;
  scoredHours: number;
  unscoredHours: number;
  bars: number;
  degradedBars: number;
  clippedBars: number;
  conservationError: number;
  /** Mean observed value of a train row, USD, and the scales of swept value; null where nothing was fitted. */
  unitUsd: number;
  scaleByDeviance: number | null;
  scaleBySums: number | null;
  /** How often 80 % bands held the observed value, and what the state alone tells; null where nothing was fitted. */
  band: BandCoverage | null;
  stateSkill: StateSkill | null;
  /** Null where nothing was fitted. */
  walkForward: RefittedSheet | null;
  sheet: Sheet;
}

export interface Evaluation {
  modelVersion: string;
  draws: number;
  seed: number;
  markets: MarketResult[];
  pools: { name: string; markets: string[]; sheet: Sheet; walkForward: RefittedSheet | null }[];
  notScored: { name: string; reason: string }[];
}

export interface NamedMarket extends Market {
  name: string;
}

export interface EvaluateOptions {
  params: ModelParams;
  draws: number;
  seed: number;
}

/** Scores each market and, together, those with one bar length of which there are several. */
export function evaluate(markets: readonly NamedMarket[], options: EvaluateOptions): Evaluation {
  const out: Evaluation = {
    modelVersion: modelVersion(options.params),
    draws: options.draws,
    seed: options.seed,
    markets: [],
    pools: [],
    notScored: [],
  };
  const pools = new Map<string, { scored: Scored[]; refitted: WalkForward[] }>();
  for (const market of markets) {
    const one = evaluateMarket(market, options);
    if ("reason" in one) {
      out.notScored.push({ name: market.name, reason: one.reason });
      continue;
    }
    out.markets.push(one.result);
    const pool = poolName(one.result);
    const { scored, refitted } = pools.get(pool) ?? { scored: [], refitted: [] };
    const walked = one.refitted === null ? [] : [one.refitted];
    pools.set(pool, { scored: [...scored, ...one.scored], refitted: [...refitted, ...walked] });
  }
  for (const [name, { scored, refitted }] of pools) {
    const names = out.markets.filter((market) => poolName(market) === name).map((market) => market.name);
    if (names.length === 1) continue;
    const sheet = scoreSheet(scored, options, true);
    out.pools.push({ name, markets: names, sheet, walkForward: refittedSheet(refitted, options) });
  }
  return out;
}

function poolName({ venue, intervalMs, scaleBySums }: MarketResult): string {
  const bars = intervalMs % HOUR_MS === 0 ? `${intervalMs / HOUR_MS} h` : `${intervalMs / 60_000} min`;
  return `${venue} ${bars} bars${scaleBySums === null ? ", not fitted" : ""}`;
}

function evaluateMarket(
  market: NamedMarket,
  options: EvaluateOptions,
): { result: MarketResult; scored: Scored[]; refitted: WalkForward | null } | { reason: string } {
  const split = splitTape(market.bars);
  if (split === null) return { reason: "has no open interest" };
  const observed = market.bars.filter((bar) => bar.observedLongUsd !== null && bar.observedShortUsd !== null);
  if (observed.length === 0) return { reason: "has no observed liquidations" };
  const standing = watchStanding();
  const replayed = scoringRows(market, options.params, standing.watch);
  if (replayed === null || replayed.rows.length === 0)
    return { reason: "has no hour whose liquidations are all known" };
  const scored = scoreMarket(market.name, replayed, split);
  if ("reason" in scored) return scored;
  const { rows: _rows, ...counts } = replayed;
  const { rows, ...fit } = scored;
  const refitted = fit.scaleBySums === null ? null : walkForward(market.name, replayed.rows, split, fit.unitUsd);
  return {
    scored: rows,
    refitted,
    result: {
      ...counts,
      ...fit,
      name: market.name,
      testStartMs: split.testStartMs,
      scoredHours: rows.length / 2,
      stateSkill: fit.scaleBySums === null ? null : stateSkill(standing.hours, split.testStartMs, options.seed),
      walkForward: refittedSheet(refitted === null ? [] : [refitted], options),
      sheet: scoreSheet(rows, options, false),
    },
  };
}

function scoreMarket(
  name: string,
  replayed: MarketRows,
  split: Split,
):
  | { reason: string }
  | (Pick<MarketResult, "trainHours" | "unitUsd" | "scaleByDeviance" | "scaleBySums" | "band"> & { rows: Scored[] }) {
  const train = trainRows(replayed.rows, split);
  const test = testRows(replayed.rows, split);
  const trainUnit = mean(train.map((row) => row.observedUsd));
  if (train.length >= 2 * LEAST_FITTED_HOURS && test.length > 0 && trainUnit > 0) {
    const predictions = predict(train, test);
    return {
      rows: score(name, test, predictions),
      trainHours: train.length / 2,
      unitUsd: predictions.unitUsd,
      scaleByDeviance: predictions.modelFit.scale,
      scaleBySums: predictions.sumsFit.scale,
      band: bandCoverage(train, test, predictions.sumsFit),
    };
  }
  const warm = [...train, ...test];
  const unitUsd = mean(warm.map((row) => row.observedUsd));
  if (!(unitUsd > 0)) return { reason: "observed not one liquidation after the warm-up" };
  const rows = scoreUnfitted(name, warm, unitUsd);
  return { rows, trainHours: 0, unitUsd, scaleByDeviance: null, scaleBySums: null, band: null };
}

function scoreSheet(rows: readonly Scored[], { draws, seed }: EvaluateOptions, pooled: boolean): Sheet {
  const intervals = <Figures extends Record<string, Figure>>(figures: Figures, of: readonly Scored[]) =>
    bootstrap(of, figures, { draws, seed }) as Intervals<Figures>;
  const fitted = rows.every(({ deviance }) => deviance !== null);
  const robust = fitted ? withoutMostInfluential(rows, "path+model", "path") : null;
  const sheet = {
    rows: rows.length,
    days: new Set(rows.map(({ dayMs }) => dayMs)).size,
    ranks: intervals(RANK_FIGURES, rows),
    skills: fitted ? intervals(SKILL_FIGURES, rows) : null,
    gains: fitted ? intervals(GAIN_FIGURES, rows) : null,
    robust:
      robust === null
        ? null
        : {
            market: robust.dropped.market,
            hourMs: robust.dropped.hourMs,
            side: robust.dropped.side,
            shift: robust.shift,
            figures: intervals(GAIN_FIGURES, robust.rows),
          },
    deciles: deciles(rows),
  };
  return { ...sheet, verdicts: judge(sheet, pooled) };
}

function refittedSheet(walked: readonly WalkForward[], { draws, seed }: EvaluateOptions): RefittedSheet | null {
  const [first] = walked;
  if (first === undefined) return null;
  const rows = walked.flatMap((one) => one.rows);
  const robust = withoutMostInfluential(rows, "path+model", "path");
  return {
    everyDays: first.everyDays,
    fits: Math.max(...walked.map(({ fits }) => fits)),
    ranks: bootstrap(rows, RANK_FIGURES, { draws, seed }),
    gains: bootstrap(rows, GAIN_FIGURES, { draws, seed }),
    robustGains: robust === null ? null : bootstrap(robust.rows, GAIN_FIGURES, { draws, seed }),
  };
}
