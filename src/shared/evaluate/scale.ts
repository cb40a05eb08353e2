// One factor between a map and a feed: observed ≈ scale × map + floor, by the multiplicative rule of the Tweedie
// quasi-likelihood, which never increases the deviance and keeps the factor at or above 0.
import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";

/** Floor of a prediction as a share of the mean observation: a prediction of nothing is never certain. */
export const FLOOR_SHARE = 0.02;

const MAX_PASSES = 500;

export interface MapFit {
  scale: number;
  /** In the unit of the observations. */
  floor: number;
}

/** Fits the scale of a map; the floor is 2 % of the mean observation. */
export function fitScale(map: readonly number[], observed: readonly number[]): MapFit {
  const floor = FLOOR_SHARE * mean(observed);
  const total = map.reduce((a, b) => a + b, 0);
  if (!(total > 0) || !(floor > 0)) return { scale: 0, floor };
  let scale = (mean(observed) * map.length) / total;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    let up = 0;
    let down = 0;
    for (const [i, s] of map.entries()) {
      const predicted = scale * s + floor;
      const root = Math.sqrt(predicted);
      up += (s * (observed[i] ?? 0)) / (predicted * root);
      down += s / root;
    }
    const next = scale * powerTwoThirds(up / down);
    if (Math.abs(next - scale) <= 1e-10 * scale) return { scale: next, floor };
    scale = next;
  }
  return { scale, floor };
}

/** The scale under which the sums agree: what a figure shown in USD should keep. The floor is the same. */
export function fitSums(map: readonly number[], observed: readonly number[]): MapFit {
  const floor = FLOOR_SHARE * mean(observed);
  const swept = mean(map);
  return { scale: swept > 0 ? (mean(observed) - floor) / swept : 0, floor };
}

/** Returns scale × map + floor. */
export function applyScale(fit: MapFit, map: readonly number[]): number[] {
  return map.map((s) => fit.scale * s + fit.floor);
}

/** Returns x^(2/3) for x ≥ 0: one over the Tweedie power. */
export function powerTwoThirds(x: number): number {
  return x > 0 ? exp((2 / 3) * log(x)) : 0;
}

/** Returns the mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
}
