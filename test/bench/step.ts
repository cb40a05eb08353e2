// One-minute model steps against rebuilding the map from its candles, which is how maps without a standing state work.
import { gzipSync } from "node:zlib";
import type { Bar } from "../../src/shared/market/bar.ts";
import { CELL_COUNT, ROW_COUNT } from "../../src/shared/model/book.ts";
import { bucketIndex } from "../../src/shared/model/lattice.ts";
import { beginPeriod, createModel, decodeModel, encodeModel, stepBar } from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";
import { tablesFor } from "../../src/shared/model/tables.ts";
import { type Benchmark, type BenchResult, summary } from "./benchmark.ts";
import { minuteMarket } from "./minute-market.ts";

const BARS = 24_000;
const WARM_UP = 3_000;
/** A day of minutes, fewer than peers draw. */
const REBUILD_CANDLES = 1_440;
const REBUILD_EVERY = 400;
const SNAPSHOTS = 50;
/** Bars on one record. */
const PERIOD_BARS = 30;

function run(): BenchResult {
  const bars = minuteMarket({ seed: 1, bars: BARS });
  const model = createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
  const steps: number[] = [];
  const rebuilds: number[] = [];
  // processor time is blind to other programs; wall time of single steps is not
  let cpuMicros = 0;
  let mark = process.cpuUsage();
  for (const [i, bar] of bars.entries()) {
    // in turns, so that a busy machine slows both alike
    if (i >= WARM_UP && i % REBUILD_EVERY === 0) {
      const { user, system } = process.cpuUsage(mark);
      if (i > WARM_UP) cpuMicros += user + system;
      const before = performance.now();
      rebuildMap(bars.slice(i - REBUILD_CANDLES, i));
      rebuilds.push(performance.now() - before);
      mark = process.cpuUsage();
    }
    const before = performance.now();
    stepBar(model, bar);
    if (i >= WARM_UP) steps.push(performance.now() - before);
  }
  const step = summary(steps);
  const rebuild = summary(rebuilds.slice(5));

  const snapshot = encodeModel(model);
  const encoding = summary(times(SNAPSHOTS, () => encodeModel(model)));
  const decoding = summary(times(SNAPSHOTS, () => decodeModel(snapshot, DEFAULT_PARAMS)));
  // cells, row sums and ranges; the rest is a few hundred bytes
  const stateBytes = CELL_COUNT * 4 + ROW_COUNT * 16;
  return {
    name: "step",
    what: `${BARS - WARM_UP} one-minute steps, settled each, seeded synthetic market (seed 1), one exchange and symbol`,
    baseline: {
      what: `rebuilding the map of ${REBUILD_CANDLES} minutes for one new candle: same lattice and kernels, erased on touch, no conservation`,
    },
    figures: {
      meanRatio: { value: step.mean / rebuild.mean, unit: "× baseline" },
      p99Ratio: { value: step.p99 / rebuild.mean, unit: "× baseline" },
      stepMeanMs: { value: step.mean, unit: "ms" },
      stepRecordedMeanMs: { value: summary(recordedSteps(bars)).mean, unit: "ms" },
      stepP99Ms: { value: step.p99, unit: "ms" },
      stepMeanCpuMs: { value: cpuMicros / 1_000 / (rebuilds.length - 1) / REBUILD_EVERY, unit: "ms" },
      rebuildMeanMs: { value: rebuild.mean, unit: "ms" },
      stateBytes: { value: stateBytes, unit: "bytes" },
      snapshotBytes: { value: snapshot.length, unit: "bytes" },
      snapshotGzipBytes: { value: gzipSync(snapshot, { level: 1 }).length, unit: "bytes" },
      encodeMeanMs: { value: encoding.mean, unit: "ms" },
      decodeMeanMs: { value: decoding.mean, unit: "ms" },
    },
  };
}

/** How long each step takes with its flows on record, as a hub takes it, ms. */
function recordedSteps(bars: readonly Bar[]): number[] {
  const model = createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
  let period = beginPeriod(model);
  const steps: number[] = [];
  for (const [i, bar] of bars.entries()) {
    const before = performance.now();
    if (i % PERIOD_BARS === 0) period = beginPeriod(model);
    stepBar(model, bar, period?.record ?? null);
    if (i >= WARM_UP) steps.push(performance.now() - before);
  }
  return steps;
}

/** How long each call takes, ms. */
function times(count: number, call: () => void): number[] {
  return Array.from({ length: count }, () => {
    const before = performance.now();
    call();
    return performance.now() - before;
  });
}

/** Every candle adds its volume at each tier's distances and erases what it touched. */
function rebuildMap(bars: readonly Bar[]): Float64Array[] {
  const { kernels, weights } = tablesFor(DEFAULT_PARAMS, "binance", "BTC");
  const first = bucketIndex(bars[0]?.close ?? 1) - 4_096;
  const map = [new Float64Array(8_192), new Float64Array(8_192)];
  for (const bar of bars) {
    const low = bucketIndex(bar.low) - first;
    const high = bucketIndex(bar.high) - first;
    map[0]!.fill(0, low, Math.max(low, high) + 1);
    map[1]!.fill(0, low, Math.max(low, high) + 1);
    const entry = bucketIndex(bar.close) - first;
    for (const [side, sign] of [-1, 1].entries()) {
      for (const [tier, { first: near, shares }] of kernels[side]!.entries()) {
        const size = (bar.volumeBase ?? 0) * weights[tier]!;
        for (let j = 0; j < shares.length; j++) map[side]![entry + sign * (near + j)]! += size * shares[j]!;
      }
    }
  }
  return map;
}

export const stepBenchmark: Benchmark = { name: "step", run };
