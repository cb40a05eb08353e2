// The figures of a score sheet, what each must reach, and in plain words whether it does.
import {
  type Figure,
  gain,
  type Interval,
  ofSide,
  overObserved,
  rankAboveDistance,
  rankGivenDistance,
  rankOfDistance,
  rankOfExpected,
  rootCorrelation,
  type Scored,
  skill,
} from "./scored.ts";
import { PLAIN_MAPS } from "./scoring-rows.ts";

/** Figures that need nothing fitted. */
export const RANK_FIGURES = {
  "Spearman, expected": rankOfExpected,
  "Spearman, distance only": rankOfDistance,
  "Spearman above distance only": rankAboveDistance,
  "partial Spearman given distance": rankGivenDistance,
  "partial Spearman, longs": ofSide("long", rankGivenDistance),
  "partial Spearman, shorts": ofSide("short", rankGivenDistance),
  "√-Pearson": rootCorrelation,
  "sum expected / sum observed": overObserved("expected"),
} satisfies Record<string, Figure>;

/** Names of the volume maps of a sheet, to be beaten by the best of them. */
const VOLUME_MAPS = PLAIN_MAPS.filter((name) => name !== "openInterestDelta");

/** D² of every predictor and the differences that count; the best volume map is chosen where it is judged, to its advantage. */
export const SKILL_FIGURES = {
  "D² range": skill("range"),
  "D² path": skill("path"),
  "D² path+flow": skill("path+flow"),
  "D² model alone": skill("model"),
  "D² naive alone": skill("naive"),
  "D² naive 72 h alone": skill("naive72h"),
  "D² naive 24 h alone": skill("naive24h"),
  "D² OI-delta alone": skill("openInterestDelta"),
  "D² path+model": skill("path+model"),
  "D² path+flow+model": skill("path+flow+model"),
  "D² path+naive": skill("path+naive"),
  "D² path+naive 72 h": skill("path+naive72h"),
  "D² path+naive 24 h": skill("path+naive24h"),
  "D² path+OI-delta": skill("path+openInterestDelta"),
  "sum ratio, deviance-fitted scale": overObserved("expectedByDeviance"),
  "sum ratio, as replayed": overObserved("expectedByParams"),
} satisfies Record<string, Figure>;

/** The primary numbers: printed whole, and without the one row that moves the first of them most. */
export const GAIN_FIGURES = {
  "ΔD² over path": gain("path+model", "path"),
  "ΔD² over path+best naive": gainOverBestVolumeMap,
  "ΔD² over path+OI-delta": gain("path+model", "path+openInterestDelta"),
  "ΔD² over path+flow": gain("path+flow+model", "path+flow"),
  "ΔD² of best naive over path": (rows) => gain("path+model", "path")(rows) - gainOverBestVolumeMap(rows),
} satisfies Record<string, Figure>;

function gainOverBestVolumeMap(rows: readonly Scored[]): number {
  return Math.min(...VOLUME_MAPS.map((name) => gain("path+model", `path+${name}`)(rows)));
}

export interface Verdict {
  figure: string;
  value: number;
  target: string;
  met: boolean;
  /** `met`, or `missed by 0.016`. */
  words: string;
}

const atLeast = (figure: string, value: number, least: number): Verdict => ({
  figure,
  value,
  target: `≥ ${least.toFixed(2)}`,
  ...words(value >= least, least - value),
});

const above = (figure: string, value: number): Verdict => ({
  figure,
  value,
  target: "> 0",
  ...words(value > 0, -value),
});

const within = (figure: string, value: number, low: number, high: number): Verdict => ({
  figure,
  value,
  target: `${low} to ${high}`,
  ...words(value >= low && value <= high, value < low ? low - value : value - high),
});

function words(met: boolean, missedBy: number): { met: boolean; words: string } {
  if (met) return { met, words: "met" };
  return {
    met,
    words: Number.isFinite(missedBy) ? `missed by ${missedBy.toFixed(missedBy < 0.001 ? 4 : 3)}` : "missed: no figure",
  };
}

/** Least number of test hours on which a market's own skill is judged. */
const LEAST_JUDGED_HOURS = 300;

/** Judges a sheet. `pooled`: the interval must be above 0 too; a market alone only its value. */
export function judge(
  sheet: {
    rows: number;
    ranks: Record<keyof typeof RANK_FIGURES, Interval>;
    skills: Record<keyof typeof SKILL_FIGURES, Interval> | null;
    robust: { figures: Record<keyof typeof GAIN_FIGURES, Interval> } | null;
    deciles: readonly { decile: number; ratio: number }[];
  },
  pooled: boolean,
): Verdict[] {
  const { ranks, robust, deciles } = sheet;
  const out = [
    atLeast("Spearman, expected", ranks["Spearman, expected"].value, 0.83),
    atLeast("Spearman above distance only", ranks["Spearman above distance only"].value, 0.08),
    atLeast("partial Spearman, longs", ranks["partial Spearman, longs"].value, 0.5),
    atLeast("partial Spearman, shorts", ranks["partial Spearman, shorts"].value, 0.5),
  ];
  if (robust !== null && (pooled || sheet.rows >= 2 * LEAST_JUDGED_HOURS)) {
    for (const name of ["ΔD² over path", "ΔD² over path+best naive"] as const) {
      const { value, low } = robust.figures[name];
      out.push(above(`${name}, robust`, value));
      if (pooled) out.push(above(`${name}, robust, lower end of the interval`, low));
    }
  }
  if (robust !== null) {
    const ratio = ranks["sum expected / sum observed"].value;
    if (!pooled) out.push(within("sum expected / sum observed", ratio, 0.67, 1.5));
    // the protocol's own scale, so that the choice of another hides nothing
    const byDeviance = sheet.skills?.["sum ratio, deviance-fitted scale"].value ?? Number.NaN;
    if (!pooled) out.push(within("sum ratio, deviance-fitted scale", byDeviance, 0.67, 1.5));
    else
      out.push(
        ...deciles.filter(({ decile }) => decile > 5).map((d) => within(`decile ${d.decile}, ratio`, d.ratio, 0.5, 2)),
      );
  }
  return out;
}
