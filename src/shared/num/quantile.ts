// Quantiles of a sorted list.

/** Returns the share-quantile of sorted values, between neighbours on a straight line; NaN of nothing. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const from = sorted[low] ?? Number.NaN;
  const to = sorted[Math.min(low + 1, sorted.length - 1)] ?? from;
  return from + (to - from) * (position - low);
}
