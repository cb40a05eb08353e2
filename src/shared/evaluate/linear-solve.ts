// Symmetric positive definite systems, by Cholesky.

/** Solves A·x = b in place of nothing: returns x, or null when A is not positive definite. */
export function solvePositive(a: readonly (readonly number[])[], b: readonly number[]): number[] | null {
  const n = b.length;
  const lower = a.map(() => new Float64Array(n));
  const cell = (i: number, j: number): number => lower[i]?.[j] ?? 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]?.[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= cell(i, k) * cell(j, k);
      if (i === j && !(sum > 0)) return null;
      const row = lower[i];
      if (row !== undefined) row[j] = i === j ? Math.sqrt(sum) : sum / cell(j, j);
    }
  }
  const x = [...b];
  for (let i = 0; i < n; i++) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= cell(i, k) * (x[k] ?? 0);
    x[i] = sum / cell(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= cell(k, i) * (x[k] ?? 0);
    x[i] = sum / cell(i, i);
  }
  return x;
}
