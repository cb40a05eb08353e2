// Before the path is known: does the map say which hours will see most liquidations, and are its clusters places where more
// is liquidated than at other distances? Everything here knows the state alone.
import { SIDES } from "../model/book.ts";
import { log } from "../num/log.ts";
import { createPrng } from "../num/prng.ts";
import { quantile } from "../num/quantile.ts";
import { areaUnderCurve } from "./auc.ts";
import { mean } from "./scale.ts";
import type { Standing } from "./standing.ts";

export interface StateSkill {
  /** Area under the curve for a top-decile next 1, 6 and 24 h, by what is known beforehand. */
  auc: {
    hours: number;
    side: string;
    rows: number;
    nearTimesVolatility: number;
    volatility: number;
    pastLiquidations: number;
    openInterest: number;
  }[];
  /** Top clusters from 0.7 to 5 % against the same distances at other times. */
  clusters: ClusterLift[];
}

export interface ClusterLift {
  side: string;
  clusters: number;
  /** Reached within 24 h; of the controls the mean, and the 5 and 95 % quantiles. */
  hits: number;
  controlHits: Spread;
  /** Liquidated on its side in the hour that reached it, USD, and that over the mean of the controls. */
  hitUsd: number;
  lift: number;
  controlLift: Spread;
}

interface Spread {
  mean: number;
  low: number;
  high: number;
}

const HORIZONS = [1, 6, 24] as const;
const DAY = 24;
const PERMUTATIONS = 200;

/** `from`: only states from this moment on are judged. */
export function stateSkill(hours: readonly Standing[], from: number, seed: number): StateSkill {
  const auc: StateSkill["auc"] = [];
  for (const ahead of HORIZONS) {
    for (const side of SIDES) {
      const rows = hours.flatMap((state, i) => {
        if (state.timeMs < from || i < DAY || i + ahead >= hours.length) return [];
        const past = hours.slice(i - DAY + 1, i + 1);
        const next = hours.slice(i + 1, i + 1 + ahead);
        const total = (list: readonly Standing[]) => list.reduce((sum, one) => sum + one.observedUsd[side], 0);
        const squares = past.map((one, k) => {
          const r = log(one.close / (hours[i - DAY + k]?.close ?? one.close));
          return r * r;
        });
        const volatility = Math.sqrt(squares.reduce((a, b) => a + b, 0));
        const row = { near: state.sides[side].nearUsd * volatility, volatility, past: total(past), next: total(next) };
        return Number.isFinite(row.past + row.next) ? [{ ...row, openInterest: state.openInterestUsd }] : [];
      });
      const border = quantile(Float64Array.from(rows, ({ next }) => next).sort(), 0.9);
      const hits = rows.map(({ next }) => next > border);
      const area = (of: (row: (typeof rows)[number]) => number) => areaUnderCurve(rows.map(of), hits);
      auc.push({
        hours: ahead,
        side,
        rows: rows.length,
        nearTimesVolatility: area(({ near }) => near),
        volatility: area(({ volatility }) => volatility),
        pastLiquidations: area(({ past }) => past),
        openInterest: area(({ openInterest }) => openInterest),
      });
    }
  }
  return { auc, clusters: SIDES.map((side) => clusterLift(hours, from, side, seed)) };
}

/** A cluster's distance is tried at its own moment; a control's at the moment of another cluster, drawn without return. */
function clusterLift(
  hours: readonly Standing[],
  from: number,
  side: (typeof SIDES)[number],
  seed: number,
): ClusterLift {
  const found = hours.flatMap((state, i) => {
    const distance = state.sides[side].clusterDistance;
    return distance === null || state.timeMs < from || i + DAY >= hours.length ? [] : [{ i, distance }];
  });
  const outcome = (i: number, distance: number): { hit: boolean; usd: number } => {
    const start = hours[i]?.close ?? 1;
    const reached = hours
      .slice(i + 1, i + 1 + DAY)
      .find(({ low, high }) => (side === "long" ? log(start / low) : log(high / start)) >= distance);
    return { hit: reached !== undefined, usd: reached?.observedUsd[side] ?? 0 };
  };
  const score = (distances: readonly number[]) => {
    const all = found.map(({ i }, k) => outcome(i, distances[k] ?? 0)).filter(({ usd }) => Number.isFinite(usd));
    const hits = all.filter(({ hit }) => hit);
    return { hits: hits.length, usd: mean(hits.map(({ usd }) => usd)) };
  };
  const own = score(found.map(({ distance }) => distance));
  const prng = createPrng(seed);
  const controls = Array.from({ length: PERMUTATIONS }, () => {
    const distances = found.map(({ distance }) => distance);
    for (let k = distances.length - 1; k > 0; k--) {
      const j = Math.floor(prng.uniform() * (k + 1));
      const kept = distances[k] ?? 0;
      distances[k] = distances[j] ?? 0;
      distances[j] = kept;
    }
    return score(distances);
  });
  const usual = mean(controls.map(({ usd }) => usd));
  return {
    side,
    clusters: found.length,
    hits: own.hits,
    controlHits: spread(controls.map(({ hits }) => hits)),
    hitUsd: own.usd,
    lift: own.usd / usual,
    controlLift: spread(controls.map(({ usd }) => usd / usual)),
  };
}

function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return { mean: mean(values), low: quantile(sorted, 0.05), high: quantile(sorted, 0.95) };
}
