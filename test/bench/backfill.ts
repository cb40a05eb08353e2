// Twelve months of one-minute bars through one model, as a hub that catches up takes them: how long, and whether memory grows.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { createModel, encodeModel, stepBar } from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";
import type { Benchmark, BenchResult } from "./benchmark.ts";
import { minuteMarket } from "./minute-market.ts";

const BARS = 365 * 24 * 60;
/** Bars are drawn a month at a time and let go of, so that what is measured is the model's memory and not theirs. */
const CHUNK = BARS / 12;
const MEBIBYTE = 1 << 20;

function run(): BenchResult {
  const model = createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
  let stepped = 0;
  let firstChunkMs = 0;
  let lastChunkMs = 0;
  let heapAfterFirst = 0;
  let buffersAfterFirst = 0;
  let largestSnapshot = 0;
  let startMs = 0;
  for (let month = 0; month < BARS / CHUNK; month++) {
    const bars = minuteMarket({ seed: 1 + month, bars: CHUNK });
    // each month's market starts at its own price: twelve times a year the price jumps as after an outage
    const shiftMs = month === 0 ? 0 : startMs - (bars[0]?.openTime ?? 0);
    const before = performance.now();
    for (const bar of bars) stepBar(model, { ...bar, openTime: bar.openTime + shiftMs });
    lastChunkMs = performance.now() - before;
    stepped += lastChunkMs;
    startMs = (bars.at(-1)?.openTime ?? 0) + shiftMs + 60_000;
    largestSnapshot = Math.max(largestSnapshot, gzipSync(encodeModel(model), { level: 1 }).length);
    if (month > 0) continue;
    firstChunkMs = lastChunkMs;
    ({ heapUsed: heapAfterFirst, arrayBuffers: buffersAfterFirst } = settledMemory());
  }
  const { heapUsed, arrayBuffers } = settledMemory();
  return {
    name: "backfill",
    what: `${BARS} one-minute bars (twelve seeded months), one exchange and symbol, settled each minute`,
    baseline: { what: "the first of the twelve months" },
    figures: {
      lastMonthRatio: { value: lastChunkMs / firstChunkMs, unit: "× baseline" },
      seconds: { value: stepped / 1_000, unit: "s" },
      barsPerSecond: { value: (1_000 * BARS) / stepped, unit: "bars/s" },
      heapAfterFirstMonth: { value: heapAfterFirst / MEBIBYTE, unit: "MiB" },
      heapAfterTwelve: { value: heapUsed / MEBIBYTE, unit: "MiB" },
      arrayBuffersAfterFirstMonth: { value: buffersAfterFirst / MEBIBYTE, unit: "MiB" },
      arrayBuffersAfterTwelve: { value: arrayBuffers / MEBIBYTE, unit: "MiB" },
      snapshotGzipBytes: { value: largestSnapshot, unit: "bytes" },
    },
  };
}

/** Memory in use after everything that can be collected was. */
function settledMemory(): { heapUsed: number; arrayBuffers: number } {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage();
}

export const backfillBenchmark: Benchmark = { name: "backfill", run };
