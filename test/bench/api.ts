// Answers through the Worker in workerd, over loopback: what a cached one costs beside the same bytes from a bare handler.
import { readD1Migrations } from "@cloudflare/vitest-plugin";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { DAY0 } from "../support/batches.ts";
import { type Benchmark, type BenchResult, summary } from "./benchmark.ts";
import { requestMs, requestsPerSecond } from "./http-load.ts";

const MINUTES = 1_440;
const LARGE = "/v1/heatmap/BTC?range=24h";
const SMALL = "/v1/symbols";
const ROUNDS = 4;
const ROUND_MS = 1_500;
const SAMPLES = 8;
const NOW = String(DAY0 + MINUTES * MINUTE_MS + 6_000);
const VARS = {
  CLOCK_MARKET_ORIGIN_MS: NOW,
  CLOCK_WALL_ORIGIN_MS: "0",
  CLOCK_END_MS: NOW,
  HISTORY_MS: String(MINUTES * MINUTE_MS),
  VENUES: "binance,bybit,okx,hyperliquid",
  SYMBOLS: "BTC",
  DATA_SOURCE: "simulated",
};
/** A heatmap is two seconds fresh: after that it is made anew. */
const EXPIRED_MS = 2_200;

async function run(): Promise<BenchResult> {
  const miniflare = await startWorker();
  try {
    const { port } = await directAddress(miniflare);
    await requestMs(port, `/bench/fill?minutes=${MINUTES}`);
    const uncached: number[] = [];
    const cached: number[] = [];
    const bare: number[] = [];
    await keep(port, LARGE);
    for (let i = 0; i < SAMPLES; i++) {
      await new Promise((settle) => setTimeout(settle, EXPIRED_MS));
      uncached.push(await requestMs(port, LARGE));
      for (let again = 0; again < 5; again++) {
        cached.push(await requestMs(port, LARGE));
        bare.push(await requestMs(port, "/bench/bare"));
      }
    }
    const [large, small] = [await compare(port, LARGE), await compare(port, SMALL)];
    return {
      name: "api",
      what: "GET through the whole Worker in workerd, 8 connections of 8 requests, four exchanges, 24 h of history",
      baseline: { what: "the same bytes from a handler that does nothing else, in the same process" },
      figures: {
        cachedHeatmapRatio: { value: large.cached / large.bare, unit: "× baseline" },
        cachedSymbolsRatio: { value: small.cached / small.bare, unit: "× baseline" },
        cachedHeatmapPerSecond: { value: large.cached, unit: `requests/s of ${large.bytes} bytes` },
        bareHeatmapPerSecond: { value: large.bare, unit: "requests/s" },
        cachedSymbolsPerSecond: { value: small.cached, unit: `requests/s of ${small.bytes} bytes` },
        bareSymbolsPerSecond: { value: small.bare, unit: "requests/s" },
        uncachedHeatmapMs: { value: summary(uncached).mean, unit: "ms, wall, hub and client included" },
        cachedHeatmapMs: { value: summary(cached).mean, unit: "ms, wall, client included" },
        bareHeatmapMs: { value: summary(bare).mean, unit: "ms, wall, client included" },
      },
    };
  } finally {
    await miniflare.dispose();
  }
}

/** Rounds in turn, so that what else the machine does meets both alike. */
async function compare(port: number, path: string) {
  const bytes = await keep(port, path);
  const rates = { cached: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.bare.push(await requestsPerSecond(port, "/bench/bare", ROUND_MS));
    rates.cached.push(await requestsPerSecond(port, path, ROUND_MS));
  }
  // the first round warms up
  const mean = (samples: number[]) => summary(samples.slice(1)).mean;
  return { bytes, cached: mean(rates.cached), bare: mean(rates.bare) };
}

/** Gives the bare handler the bytes of an answer; their number. */
async function keep(port: number, path: string): Promise<number> {
  const kept = await fetch(`http://127.0.0.1:${port}/bench/keep?path=${encodeURIComponent(path)}`);
  if (kept.status !== 200) throw new Error(`${path} answered ${kept.status}`);
  return Number(await kept.text());
}

async function startWorker(): Promise<Miniflare> {
  const bundled = await build({
    entryPoints: ["test/workers/bench-worker.ts"],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
  });
  const { workerOptions } = unstable_getMiniflareWorkerOptions("wrangler.toml");
  const { compatibilityDate, kvNamespaces, d1Databases, durableObjects, ratelimits, bindings } = workerOptions;
  const worker = {
    name: "api",
    ...{ compatibilityDate, kvNamespaces, d1Databases, durableObjects, ratelimits },
    modules: true,
    script: bundled.outputFiles[0]?.text ?? "",
    bindings: { ...(bindings as Record<string, unknown>), ...VARS },
    // not through the entry that local development puts in front of a Worker
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    outboundService: () => new Response("no network in benchmarks", { status: 599 }),
  };
  type Options = Parameters<typeof convertV4MiniflareOptions>[0];
  const miniflare = new Miniflare(convertV4MiniflareOptions({ workers: [worker] } as unknown as Options));
  const database = await miniflare.getD1Database("DB");
  for (const { queries } of await readD1Migrations("./migrations")) {
    for (const query of queries) await database.prepare(query).run();
  }
  return miniflare;
}

async function directAddress(miniflare: Miniflare): Promise<{ port: number }> {
  await miniflare.ready;
  return { port: Number((await miniflare.unsafeGetDirectURL()).port) };
}

export const apiBenchmark: Benchmark = { name: "api", run };
