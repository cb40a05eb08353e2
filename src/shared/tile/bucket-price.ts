// Prices of the lattice that tiles and grids are drawn on: bucket b begins at e^(b × 0.0005) USD.
import { exp } from "../num/exp.ts";

/** Width of a bucket in log price: 0.05 %. */
export const BUCKET_WIDTH = 5e-4;

/** Lowest price of a bucket, USD. */
export function bucketLowPrice(bucket: number): number {
  return exp(bucket * BUCKET_WIDTH);
}
