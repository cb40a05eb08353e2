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

/** Generated markets of one kind, side by side. */
export interface RecoveryReport {
  /** Times the usual number of traders. */
  crowd: number;
  days: number;
  calibrationSeeds: readonly number[];
  weights: readonly number[];
  /** Share of what is crossed that is force-sold, from the calibration seeds' positions: the level of what stands. */
  forceSoldShare: number;
  seeds: {
    seed: number;
    side: string;
    /** Positions within reach. */
    positions: number;
    model: Recovery;
    /** Level from liquidations alone. */
    forceSold: Recovery;
    uncalibrated: Recovery;
    /** The mean true profile of the calibration seeds: what shape alone could reach. */
    otherTruth: Recovery;
    naive: Record<string, Recovery>;
  }[];
  /** Mean Wasserstein distance of the calibrated map, and of the other seeds' truth, over that of the best naive map. */
  wassersteinRatio: number;
  otherTruthRatio: number;
  bestNaive: string;
  /** Means over seeds and sides. */
  massRatio: number;
  forceSoldMassRatio: number;
}

/** Adds size at a bucket; what lies out of reach is not counted. Returns whether it was. */
export function addNear({ first, sizes }: NearProfile, bucket: number, size: number): boolean {
  const i = bucket - first;
  if (i < 0 || i >= sizes.length) return false;
  sizes[i] = (sizes[i] ?? 0) + size;
  return true;
}

/** Adds what stands at the same distances from another price. */
export function addShifted(into: NearProfile, from: NearProfile): void {
  for (const [i, size] of from.sizes.entries()) addNear(into, into.first + i, size);
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
