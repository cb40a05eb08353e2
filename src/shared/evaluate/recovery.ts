// A map against positions that are known: the profile of liquidation prices near the price.
import { BUCKET_WIDTH, bucketIndex } from "../model/lattice.ts";

/** Scored around the price, as a fraction of it. */
const REACH = 0.03;

/** Size per bucket within reach of a price; element 0 is bucket `first`. */
export interface NearProfile {
  first: number;
  sizes: Float64Array;
}

export interface Recovery {
  /** Mean distance by which the normalised profile must be moved to become the true one, percent of the price. */
  wassersteinPercent: number;
  /** Size of the map over the true size. */
  massRatio: number;
}

export function emptyNear(price: number): NearProfile {
  const first = bucketIndex(price * (1 - REACH));
  return { first, sizes: new Float64Array(bucketIndex(price * (1 + REACH)) - first + 1) };
}

/** Generated markets, side by side. */
export interface RecoveryReport {
  days: number;
  calibrationSeeds: readonly number[];
  weights: readonly number[];
  seeds: { seed: number; side: string; model: Recovery; uncalibrated: Recovery; naive: Record<string, Recovery> }[];
  /** Mean Wasserstein distance of the calibrated map over that of the best naive map, and the mean mass ratio. */
  wassersteinRatio: number;
  bestNaive: string;
  massRatio: number;
}

/** Adds size at a bucket; what lies out of reach is not counted. */
export function addNear({ first, sizes }: NearProfile, bucket: number, size: number): void {
  const i = bucket - first;
  if (i >= 0 && i < sizes.length) sizes[i] = (sizes[i] ?? 0) + size;
}

/** Both profiles of one price; an empty one cannot be compared and gives NaN. */
export function recovery(map: NearProfile, truth: NearProfile): Recovery {
  const total = (sizes: Float64Array) => sizes.reduce((a, b) => a + b, 0);
  const [mapTotal, trueTotal] = [total(map.sizes), total(truth.sizes)];
  let ahead = 0;
  let moved = 0;
  for (const [i, size] of map.sizes.entries()) {
    ahead += size / mapTotal - (truth.sizes[i] ?? 0) / trueTotal;
    moved += Math.abs(ahead);
  }
  return { wassersteinPercent: 100 * moved * BUCKET_WIDTH, massRatio: mapTotal / trueTotal };
}
