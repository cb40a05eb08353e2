// An exchange that has left the map is no change of positions: a change speaks of those that are there at both ends.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { BLOCKED, DAY0, noNews } from "../support/batches.ts";
import { MINUTES, NOW, startMarket } from "./market.ts";
import { call } from "./mcp-client.ts";

vi.setConfig({ testTimeout: 30_000 });

interface MapAnswer {
  levels: { longUsd: number; shortUsd: number }[];
  notCompared: string[];
  deltaFromMs: number | null;
  deltaSplit: object | null;
}
interface HeatmapAnswer {
  columns: number[];
  cells: [number, number, number][];
  uncomparedColumns: number[];
}

async function read<T>(path: string): Promise<T> {
  const response = await app.request(path, {}, env);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as T;
}

const sumOf = ({ levels }: MapAnswer) => levels.reduce((sum, { longUsd, shortUsd }) => sum + longUsd + shortUsd, 0);

beforeAll(async () => {
  await startMarket();
  await env.SYMBOL_HUB.getByName("BTC").ingest(noNews("okx", NOW, BLOCKED));
}, 60_000);

describe("with an exchange gone", () => {
  test("the map's change is that of the others, and says who is left out and when it begins", async () => {
    const change = await read<MapAnswer>("/v1/map/BTC?delta=1h&bucket=0.002");
    const others = await read<MapAnswer>("/v1/map/BTC?delta=1h&bucket=0.0020&exchange=binance,bybit");
    const stands = await read<MapAnswer>("/v1/map/BTC?bucket=0.002");
    expect(change.notCompared).toEqual(["okx"]);
    expect(others.notCompared).toEqual([]);
    expect(change.deltaFromMs).toBe(DAY0 + (MINUTES - 60) * MINUTE_MS);
    expect(change.deltaSplit).not.toBeNull();
    expect(Math.abs(sumOf(change) - sumOf(others))).toBeLessThan(1_000);
    expect(Math.abs(sumOf(change))).toBeLessThan(0.2 * sumOf(stands));
    expect([stands.deltaFromMs, stands.notCompared]).toEqual([null, []]);
  });

  test("by leverage, too, where nothing is split", async () => {
    const change = await read<MapAnswer>("/v1/map/BTC?delta=1h&leverage=25");
    const stands = await read<MapAnswer>("/v1/map/BTC?leverage=25");
    expect([change.notCompared, change.deltaSplit]).toEqual([["okx"], null]);
    expect(Math.abs(sumOf(change))).toBeLessThan(0.3 * sumOf(stands));
  });

  test("the heatmap leaves the running column empty and names it", async () => {
    const map = await read<HeatmapAnswer>("/v1/heatmap/BTC?range=12h&delta=1h");
    const last = map.columns.length - 1;
    expect(map.uncomparedColumns).toEqual([last]);
    expect(map.cells.some(([column]) => column === last)).toBe(false);
    expect(map.cells.some(([column]) => column === last - 1)).toBe(true);
    const chosen = await read<HeatmapAnswer>("/v1/heatmap/BTC?range=12h&delta=1h&exchange=binance");
    expect(chosen.uncomparedColumns).toEqual([]);
  });

  test("an assistant is told as well", async () => {
    const { structuredContent } = await call("get_delta", { symbol: "BTC", period: "1h" });
    expect(structuredContent).toMatchObject({ notCompared: ["okx"] });
  });
});
