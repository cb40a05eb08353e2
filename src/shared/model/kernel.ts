// Distribution of the distance from entry to liquidation, per side and tier.
//   F(x) = (1−χ)·Φ(ln(x/δ) / √(s² + (σ/δ)²)) + χ·Φ(ln(x/(μδ)) / √(s_x² + (σ/(μδ))²)),   F(x ≤ 0) = 0
// δ distance of the tier, s its spread, χ share with cross or extra margin whose distance is μ times longer and spread s_x,
// σ price noise. Discrete: κ[j] = F((j+½)Δ) − F((j−½)Δ) for whole buckets j ≥ 1, ends below 1e-5 dropped and not
// renormalised: what a kernel does not place is not drawn.
import { log } from "../num/log.ts";
import { normalCdf } from "../num/normal.ts";
import { RECENTRE_TOLERANCE, TIER_WIDTHS } from "./book.ts";
import { BUCKET_WIDTH } from "./lattice.ts";
import type { ModelValues } from "./params.ts";

export interface Kernel {
  /** Distance in buckets of the first value. */
  first: number;
  /** Share of size per bucket of distance; empty for a tier that is not drawn. */
  shares: Float64Array;
  /**
   * Running sum of the shares: an even spread of entries needs two look-ups per bucket, however many they are.
   * Element PAD is the 0 before the first share; the zeros below and totals above it spare the look-ups their limits.
   */
  cumulative: Float64Array;
}

/** Most buckets over which one look-up may spread entries. */
export const PAD = 256;

type Spread = Pick<ModelValues, "isolatedSpread" | "crossShare" | "crossStretch" | "crossSpread" | "priceNoise">;

const NEGLIGIBLE = 1e-5;
// beyond the recentre tolerance, so that a kernel stays inside its window wherever the centre is
const EDGE_MARGIN = RECENTRE_TOLERANCE + 16;

/** Returns the share of positions liquidated within `x` (log price) of entry, for a tier at distance δ. */
export function distanceCdf(x: number, distance: number, spread: Spread): number {
  if (x <= 0) return 0;
  const part = (median: number, width: number) => {
    const noise = spread.priceNoise / median;
    return normalCdf(log(x / median) / Math.sqrt(width * width + noise * noise));
  };
  const isolated = part(distance, spread.isolatedSpread);
  const cross = part(distance * spread.crossStretch, spread.crossSpread);
  return (1 - spread.crossShare) * isolated + spread.crossShare * cross;
}

/** Returns the kernel of a tier; `distance` in log price, 0 for a tier that is not drawn. */
export function createKernel(tier: number, distance: number, spread: Spread): Kernel {
  if (distance <= 0) return kernelOf(1, new Float64Array(0));
  const last = TIER_WIDTHS[tier]! / 2 - EDGE_MARGIN;
  const all = new Float64Array(last);
  let below = distanceCdf(0.5 * BUCKET_WIDTH, distance, spread);
  for (let j = 1; j <= last; j++) {
    const here = distanceCdf((j + 0.5) * BUCKET_WIDTH, distance, spread);
    all[j - 1] = Math.max(here - below, 0);
    below = here;
  }
  let from = 0;
  let to = last;
  while (from < to && all[from]! < NEGLIGIBLE) from++;
  while (to > from && all[to - 1]! < NEGLIGIBLE) to--;
  return kernelOf(from + 1, all.slice(from, to));
}

function kernelOf(first: number, shares: Float64Array): Kernel {
  const cumulative = new Float64Array(shares.length + 1 + 2 * PAD);
  for (let i = PAD + 1; i < cumulative.length; i++) cumulative[i] = cumulative[i - 1]! + (shares[i - PAD - 1] ?? 0);
  return { first, shares, cumulative };
}
