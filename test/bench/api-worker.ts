// The whole Worker in workerd, with a hub that lived through a day of four exchanges: what the API's benchmarks ask.
import { readD1Migrations } from "@cloudflare/vitest-plugin";
import { build } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { DAY0 } from "../support/batches.ts";
import { requestMs } from "./http-load.ts";

const MINUTES = 1_440;
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

export interface ApiWorker {
  port: number;
  /** Gives the bare handler the bytes of an answer; their number. */
  keep(path: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startApiWorker(): Promise<ApiWorker> {
  const { port, stop } = await startBenchWorker();
  await requestMs(port, `/bench/fill?minutes=${MINUTES}`);
  return {
    port,
    stop,
    async keep(path) {
      const kept = await fetch(`http://127.0.0.1:${port}/bench/keep?path=${encodeURIComponent(path)}`);
      if (kept.status !== 200) throw new Error(`${path} answered ${kept.status}`);
      return Number(await kept.text());
    },
  };
}

/** The Worker alone, its D1 empty. */
export async function startBenchWorker(): Promise<Pick<ApiWorker, "port" | "stop">> {
  const miniflare = await startWorker();
  await miniflare.ready;
  const port = Number((await miniflare.unsafeGetDirectURL()).port);
  return { port, stop: () => miniflare.dispose() };
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
