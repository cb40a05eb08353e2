// What `npm run bench` runs. Times depend on the machine; the ratios to a baseline measured in the same run much less.

export interface Figure {
  value: number;
  unit: string;
}

export interface BenchResult {
  name: string;
  /** One line: what was measured, on what input. */
  what: string;
  /** The named baseline that the ratios refer to. */
  baseline: { what: string };
  /** camelCase name → figure; ratios have unit "× baseline". */
  figures: Record<string, Figure>;
}

export interface Benchmark {
  name: string;
  run(): BenchResult | Promise<BenchResult>;
}

/** Mean and 99th percentile. */
export function summary(samples: readonly number[]): { mean: number; p99: number } {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    mean: sorted.reduce((a, b) => a + b, 0) / sorted.length,
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}
