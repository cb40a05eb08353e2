// Correlations of ranks. Ties share the mean of their ranks.

/** Returns the rank of each value, from 1; equal values share their mean rank. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Float64Array.from(values, (_, i) => i);
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const out = new Float64Array(order.length);
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] ?? 0];
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === value) end++;
    for (let i = start; i < end; i++) out[order[i] ?? 0] = (start + end + 1) / 2;
    start = end;
  }
  return out;
}

/** Returns the correlation of two columns of one length; NaN when one of them does not vary. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    meanX += (x[i] ?? 0) / n;
    meanY += (y[i] ?? 0) / n;
  }
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] ?? 0) - meanX;
    const dy = (y[i] ?? 0) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

/** Returns the rank correlation; NaN when a column does not vary. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearson(ranks(x), ranks(y));
}

/** Returns the rank correlation of x and y that is left when both are freed of what the ranks of `given` explain. */
export function partialSpearman(x: ArrayLike<number>, y: ArrayLike<number>, given: ArrayLike<number>): number {
  const [rx, ry, rz] = [ranks(x), ranks(y), ranks(given)];
  return partialCorrelation(pearson(rx, ry), pearson(rx, rz), pearson(ry, rz));
}

/** Returns the correlation of x and y given z from the three plain ones; NaN where z explains one of them whole. */
export function partialCorrelation(xy: number, xz: number, yz: number): number {
  const left = (1 - xz * xz) * (1 - yz * yz);
  return left > 0 ? (xy - xz * yz) / Math.sqrt(left) : Number.NaN;
}

/** Returns the correlation of the square roots of two columns of values ≥ 0. */
export function rootPearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearson(Float64Array.from(x, Math.sqrt), Float64Array.from(y, Math.sqrt));
}
