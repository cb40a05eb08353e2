// How far the estimate of a level could be off: the same map under an ensemble of priors. Each draw re-weights the tiers,
// stretches distances from price and, for what is expected to be force-sold, scales the share. It is a re-reading of one
// state, exact to first order: the model is not run again. What one prior is wrong by, all levels of a draw share.
import { exp } from "../num/exp.ts";
import { createPrng } from "../num/prng.ts";
import { quantile } from "../num/quantile.ts";

/** Log spread of each tier's flow weight (5, 10, 25, 50, 100): near tiers are seen often, far ones hardly; fits differed by 2 × in 5x. */
const TIER_SPREADS = [0.6, 0.45, 0.5, 0.5, 0.35] as const;
/** Log spread of distances: fits of the kernel's widths and cross stretch. */
const STRETCH_SPREAD = 0.12;
/** Log spread of the share: 0.09 to 0.16 on one feed. */
const SHARE_SPREAD = 0.25;
const DRAWS = 41;
const SEED = 1;

export interface PriorDraw {
  /** Factor of each tier's size. */
  tiers: readonly number[];
  /** Factor of the distance from price. */
  stretch: number;
  /** Factor of the share; counts only for expected values. */
  share: number;
}

/** The ensemble: always the same draws, so that equal states have equal bands. The first is the map itself. */
export const PRIOR_DRAWS: readonly PriorDraw[] = priorDraws(SEED, DRAWS);

export function priorDraws(seed: number, count: number): PriorDraw[] {
  const prng = createPrng(seed);
  const draws: PriorDraw[] = [{ tiers: TIER_SPREADS.map(() => 1), stretch: 1, share: 1 }];
  while (draws.length < count) {
    draws.push({
      tiers: TIER_SPREADS.map((spread) => exp(spread * prng.normal())),
      stretch: exp(STRETCH_SPREAD * prng.normal()),
      share: exp(SHARE_SPREAD * prng.normal()),
    });
  }
  return draws;
}

export interface Band {
  p10: Float64Array;
  p50: Float64Array;
  p90: Float64Array;
}

/**
 * Returns quantiles per level over the ensemble. `byTier`: value per level of each tier, all of one length; `here`: the
 * price as a fractional level. Size that a draw moves beyond the ends is left out.
 */
export function bandOf(byTier: readonly Float64Array[], here: number, mode: "exposed" | "expected"): Band {
  const length = byTier[0]?.length ?? 0;
  const draws = PRIOR_DRAWS.map((draw) => redraw(byTier, here, draw, mode === "expected" ? draw.share : 1));
  const band = { p10: new Float64Array(length), p50: new Float64Array(length), p90: new Float64Array(length) };
  const values = new Float64Array(draws.length);
  for (let i = 0; i < length; i++) {
    for (const [d, draw] of draws.entries()) values[d] = draw[i]!;
    values.sort();
    band.p10[i] = quantile(values, 0.1);
    band.p50[i] = quantile(values, 0.5);
    band.p90[i] = quantile(values, 0.9);
  }
  return band;
}

/** One prior's profile: a level's value goes to where its stretched distance ends, shared by the two nearest levels. */
function redraw(byTier: readonly Float64Array[], here: number, draw: PriorDraw, share: number): Float64Array {
  const length = byTier[0]?.length ?? 0;
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    let value = 0;
    for (const [tier, profile] of byTier.entries()) value += (draw.tiers[tier] ?? 1) * (profile[i] ?? 0);
    if (value === 0) continue;
    const to = here + (i + 0.5 - here) * draw.stretch - 0.5;
    const first = Math.floor(to);
    const second = to - first;
    if (first >= 0 && first < length) out[first]! += share * value * (1 - second);
    if (first + 1 >= 0 && first + 1 < length) out[first + 1]! += share * value * second;
  }
  return out;
}
