// The one price axis: bucket b holds prices [e^(bΔ), e^((b+1)Δ)) with Δ = 0.0005, for every venue and symbol.
// b is absolute, so maps of different venues and times add without resampling.
import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";

/** Width of a bucket in log price: 0.05 %. */
export const BUCKET_WIDTH = 5e-4;

/** Returns the lowest price of bucket b. */
export function bucketLow(b: number): number {
  return exp(b * BUCKET_WIDTH);
}

/** Returns the price in the (geometric) middle of bucket b: what its size is valued at. */
export function bucketCentre(b: number): number {
  return exp((b + 0.5) * BUCKET_WIDTH);
}

/**
 * Returns the position of a price on the axis, in buckets: its floor is the bucket, the rest the fraction inside.
 * An edge maps exactly to itself. The price must be above 0.
 */
export function latticePosition(price: number): number {
  const position = log(price) / BUCKET_WIDTH;
  const nearest = Math.round(position);
  // ln and exp round: within that error of an edge the edge's own price decides
  if (Math.abs(position - nearest) > 1e-8) return position;
  const low = bucketLow(nearest);
  if (price === low) return nearest;
  return price > low ? Math.max(position, nearest) : Math.min(position, nearest - 1e-9);
}

/** Returns the bucket that holds `price` (above 0). */
export function bucketIndex(price: number): number {
  return Math.floor(latticePosition(price));
}

let table = { first: 0, prices: new Float64Array(0) };

/** Returns centre prices of `count` buckets from `first`; the array is shared: read only, and only until the next call. */
export function centrePrices(first: number, count: number): Float64Array {
  const last = first + count;
  if (first < table.first || last > table.first + table.prices.length) {
    // a margin, so that a window that follows the price rebuilds it rarely
    const from = first - 512;
    const prices = new Float64Array(count + 1024);
    for (let i = 0; i < prices.length; i++) prices[i] = bucketCentre(from + i);
    table = { first: from, prices };
  }
  return table.prices.subarray(first - table.first, last - table.first);
}
