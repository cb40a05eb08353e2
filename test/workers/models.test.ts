// Presets, parameters and a reader's weights over a hub with a day's part of a constructed market.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { startMarketOf } from "./market.ts";

vi.setConfig({ testTimeout: 60_000 });

const MINUTES = 240;
const VENUES: VenueId[] = ["binance", "bybit"];
const OWN = { name: "mine", churn: 0.5 };

interface LiquidationMap {
  modelVersion: string;
  filter: Record<string, unknown>;
  totals: { longUsd: number; shortUsd: number };
  levels: { byLeverage: Record<string, number> }[];
}
interface Heatmap {
  intervalMs: number;
  filter: Record<string, unknown>;
  columns: number[];
  cells: [number, number, number][];
}

async function answer<T>(path: string, status = 200): Promise<T> {
  const response = await app.request(path, {}, env);
  expect([path, response.status]).toEqual([path, status]);
  return (await response.json()) as T;
}
const map = (query: string) => answer<LiquidationMap>(`/v1/map/BTC?${query}`);
const heatmap = (query: string) => answer<Heatmap>(`/v1/heatmap/BTC?range=12h&bucket=0.002&${query}`);
const ofTier = (one: LiquidationMap, tier: string) =>
  one.levels.reduce((sum, level) => sum + (level.byLeverage[tier] ?? 0), 0);
const columnSum = (one: Heatmap, column: number) =>
  one.cells.reduce((sum, [index, , usd]) => sum + (index === column ? usd : 0), 0);

beforeAll(() => startMarketOf({ minutes: MINUTES, venues: VENUES, vars: { MODEL_PARAMS: JSON.stringify(OWN) } }));

describe("/v1/models", () => {
  test("names the parameter file that hub and API use", async () => {
    const models = await answer<{
      modelVersion: string;
      presets: { id: string }[];
      parameters: { name: string; values: Record<string, unknown> };
      exchanges: {
        id: string;
        feed: { completeness: string };
        symbols: { tiers: Record<string, unknown>[] }[];
      }[];
    }>("/v1/models");
    expect(models.modelVersion).toMatch(/^flt2-mine-/);
    expect((await map("")).modelVersion).toBe(models.modelVersion);
    expect(models.parameters).toMatchObject({ name: "mine", values: { churn: 0.5, displayShare: 0.25 } });
    expect(models.presets.map(({ id }) => id)).toEqual(["exposed", "expected", "fresh"]);
    expect(models.exchanges.map(({ id, feed }) => [id, feed.completeness])).toEqual([
      ["binance", "sampled"],
      ["bybit", "all"],
    ]);
    // history teaches nothing: its liquidations were never observed
    expect(models.exchanges[1]?.symbols[0]?.tiers[2]).toEqual({
      leverage: 25,
      flowWeight: 0.06,
      factor: 1,
      uncertainty: null,
      source: "assumed",
      independentSweeps: 0,
    });
  });

  test("a preset is its filters, and one that a filter contradicts is refused", async () => {
    expect(await map("preset=fresh")).toEqual(await map("age=24h"));
    expect((await map("preset=expected")).filter).toMatchObject({ mode: "expected", age: "all" });
    const problem = await answer<{ detail: string }>("/v1/map/BTC?preset=fresh&age=1h", 400);
    expect(problem.detail).toBe("parameter age contradicts preset fresh, which has 24h");
  });
});

describe("weights of a reader", () => {
  test("scale each tier of the map and are repeated in the answer", async () => {
    const [own, weighted] = await Promise.all([map(""), map("weights=10:0.28,50:0")]);
    expect(own.filter).not.toHaveProperty("weights");
    expect(weighted.filter["weights"]).toEqual({ "10": 0.28, "50": 0 });
    expect(ofTier(weighted, "10") / ofTier(own, "10")).toBeCloseTo(2, 3);
    expect(ofTier(weighted, "50")).toBe(0);
    expect(ofTier(weighted, "25")).toBe(ofTier(own, "25"));
  });

  test("scale every column of the heatmap, alone and with other filters", async () => {
    const [own, weighted] = await Promise.all([heatmap("leverage=10"), heatmap("weights=10:0.28&leverage=10")]);
    expect(weighted.intervalMs).toBe(own.intervalMs);
    expect(weighted.columns).toEqual(own.columns);
    for (const column of [2, own.columns.length - 1]) {
      expect(columnSum(own, column)).toBeGreaterThan(0);
      expect(columnSum(weighted, column) / columnSum(own, column)).toBeCloseTo(2, 2);
    }
    const [one, two] = await Promise.all([heatmap("exchange=bybit"), heatmap("exchange=bybit&weights=5:0.2")]);
    expect(two.intervalMs).toBe(30 * MINUTE_MS);
    // 0.2 is the model's own weight: the same map, from the combined columns
    const last = two.columns.length - 1;
    expect(columnSum(two, last) / columnSum(one, one.columns.length - 1)).toBeCloseTo(1, 3);
  });

  test("of the model itself change nothing", async () => {
    const same = "weights=5:0.2,10:0.14,25:0.06,50:0.04,100:0.03";
    const [own, weighted] = await Promise.all([heatmap(""), heatmap(same)]);
    const middle = Math.floor(own.columns.length / 2);
    // parts are stored as codes of at most 2.2 % error each
    expect(columnSum(weighted, middle) / columnSum(own, middle)).toBeCloseTo(1, 2);
  });

  test.each([
    ["5:-1", 'parameter weights holds "5:-1", expected tier:weight such as 25:0.06'],
    ["7:0.1", "parameter weights names tier 7, expected some of 5, 10, 25, 50, 100"],
    ["5:0.9,10:0.9", "parameter weights add up to 1.8, expected at most 1"],
    [
      "100:1",
      "parameter weights add up to 1.44 with the model's 5:0.2,10:0.14,25:0.06,50:0.04, expected at most 1: name those tiers too",
    ],
  ])("%s is refused", async (weights, detail) => {
    expect(await answer(`/v1/map/BTC?weights=${weights}`, 400)).toMatchObject({ detail, parameter: "weights" });
  });
});
