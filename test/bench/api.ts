// Answers through the Worker in workerd, over loopback: what a cached one costs beside the same bytes from a bare handler.
import { type ApiWorker, startApiWorker } from "./api-worker.ts";
import { type Benchmark, type BenchResult, summary } from "./benchmark.ts";
import { compareRates, requestMs } from "./http-load.ts";
import { cpuMs, workerdPid } from "./process-cpu.ts";

const LARGE = "/v1/heatmap/BTC?range=24h";
const SMALL = "/v1/symbols";
const SAMPLES = 12;
/** Answers in a row whose CPU time is measured together. */
const AGAIN = 20;
/** A heatmap is two seconds fresh: after that it is made anew. */
const EXPIRED_MS = 2_200;

async function run(): Promise<BenchResult> {
  const worker = await startApiWorker();
  const { port } = worker;
  try {
    const uncached: number[] = [];
    const cached: number[] = [];
    const bare: number[] = [];
    const pid = workerdPid();
    const cpu = { uncached: [] as number[], cached: [] as number[], bare: [] as number[] };
    await worker.keep(LARGE);
    for (let i = 0; i < SAMPLES; i++) {
      await new Promise((settle) => setTimeout(settle, EXPIRED_MS));
      cpu.uncached.push(await cpuOf(pid, 1, async () => uncached.push(await requestMs(port, LARGE))));
      cpu.cached.push(await cpuOf(pid, AGAIN, () => requestMany(port, LARGE)));
      cpu.bare.push(await cpuOf(pid, AGAIN, () => requestMany(port, "/bench/bare")));
      for (let again = 0; again < 5; again++) {
        cached.push(await requestMs(port, LARGE));
        bare.push(await requestMs(port, "/bench/bare"));
      }
    }
    const [large, small] = [await compare(worker, LARGE), await compare(worker, SMALL)];
    return {
      name: "api",
      what: "GET through the whole Worker in workerd, 8 connections of 8 requests, four exchanges, 24 h of history",
      baseline: { what: "the same bytes from a handler that does nothing else, in the same process" },
      figures: {
        cachedHeatmapRatio: { value: large.ratio, unit: "× baseline" },
        cachedSymbolsRatio: { value: small.ratio, unit: "× baseline" },
        cachedHeatmapPerSecond: { value: large.own, unit: `requests/s of ${large.bytes} bytes` },
        bareHeatmapPerSecond: { value: large.bare, unit: "requests/s" },
        cachedSymbolsPerSecond: { value: small.own, unit: `requests/s of ${small.bytes} bytes` },
        bareSymbolsPerSecond: { value: small.bare, unit: "requests/s" },
        cachedSymbolsCpuMs: { value: small.ownCpuMs, unit: "ms of workerd's CPU an answer, under that load" },
        bareSymbolsCpuMs: { value: small.bareCpuMs, unit: "ms of workerd's CPU an answer, under that load" },
        uncachedHeatmapCpuMs: {
          value: summary(cpu.uncached.slice(2)).mean,
          unit: "ms of workerd's CPU, hub and D1 included",
        },
        cachedHeatmapCpuMs: { value: summary(cpu.cached.slice(2)).mean, unit: "ms of workerd's CPU" },
        bareHeatmapCpuMs: { value: summary(cpu.bare.slice(2)).mean, unit: "ms of workerd's CPU" },
        uncachedHeatmapMs: { value: summary(uncached).mean, unit: "ms, wall, hub and client included" },
        cachedHeatmapMs: { value: summary(cached).mean, unit: "ms, wall, client included" },
        bareHeatmapMs: { value: summary(bare).mean, unit: "ms, wall, client included" },
      },
    };
  } finally {
    await worker.stop();
  }
}

async function compare({ port, keep }: ApiWorker, path: string) {
  const bytes = await keep(path);
  return { bytes, ...(await compareRates(port, path, "/bench/bare")) };
}

async function requestMany(port: number, path: string): Promise<void> {
  for (let i = 0; i < AGAIN; i++) await requestMs(port, path);
}

/** Mean CPU time of workerd in ms for one answer, made or given out. */
async function cpuOf(pid: number | null, answers: number, work: () => Promise<unknown>): Promise<number> {
  if (pid === null) return Number.NaN;
  const before = cpuMs(pid);
  await work();
  return (cpuMs(pid) - before) / answers;
}

export const apiBenchmark: Benchmark = { name: "api", run };
