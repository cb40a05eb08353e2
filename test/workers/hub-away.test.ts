// While the hub cannot be reached, answers are made of D1 and KV, for filters that nobody asked for before, and marked.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { readTile } from "../../src/client/tiles.ts";
import { tileIndex } from "../../src/shared/tile/tile-key.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { DAY0 } from "../support/batches.ts";
import { MINUTES, NOW, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

/** The namespace as it is while no hub answers. */
const away = (): Cloudflare.Env => ({
  ...env,
  SYMBOL_HUB: new Proxy(env.SYMBOL_HUB, {
    get: (target, name) =>
      name !== "getByName"
        ? Reflect.get(target, name)
        : () => new Proxy({}, { get: () => () => Promise.reject(new Error("unreachable")) }),
  }),
});
const FIVE = 5 * MINUTE_MS;
const CLOSED_TO = DAY0 + MINUTES * MINUTE_MS;

interface Answer {
  asOf: number;
  stale?: boolean;
  columns: number[];
  prices: number[];
  cells: [number, number, number][];
  levels: { price: number; longUsd: number }[];
  coverage: { ratio: number; exchanges: { id: string; state: string; ageMs: number; reason?: string }[] };
}

async function read(path: string, of: Cloudflare.Env): Promise<{ response: Response; map: Answer }> {
  const response = await app.request(path, {}, of);
  expect([path, response.status]).toEqual([path, 200]);
  return { response, map: (await response.json()) as Answer };
}

beforeAll(async () => {
  await startMarket();
  await runDurableObjectAlarm(env.SYMBOL_HUB.getByName("BTC"));
}, 60_000);

test("the map's change while the hub is away is that of stored columns, and says why it is not split", async () => {
  const { map: then } = await read(`/v1/map/BTC?delta=1h&asOf=${CLOSED_TO}`, env);
  const { map } = await read("/v1/map/BTC?delta=1h&bucket=0.0025", away());
  expect([map.stale, map.asOf]).toEqual([true, CLOSED_TO]);
  expect(map).toMatchObject({ deltaSplit: null, deltaSplitReason: "the hub of this symbol cannot be reached" });
  const sum = ({ levels }: Answer, of = (usd: number) => usd) =>
    levels.reduce((all, { longUsd }) => all + of(longUsd), 0);
  expect(sum(then, Math.abs)).toBeGreaterThan(1e5);
  expect(Math.abs(sum(map) - sum(then))).toBeLessThan(0.001 * sum(then, Math.abs));
});

describe("a heatmap while the hub is away", () => {
  test.each(["range=24h", "range=12h&exchange=okx", "range=24h&leverage=50,100&mode=expected", "range=3d&age=24h"])(
    "%s is what the hub said of the columns that had closed, marked as stale",
    async (query) => {
      const { map: then } = await read(`/v1/heatmap/BTC?${query}&asOf=${CLOSED_TO}`, env);
      const { response, map } = await read(`/v1/heatmap/BTC?${query}`, away());
      expect([map.stale, map.asOf]).toEqual([true, then.asOf]);
      expect(map.cells.length).toBeGreaterThan(100);
      expect([map.columns, map.prices]).toEqual([then.columns, then.prices]);
      // a tile leaves out dust that a column of its own still has
      const sizes = new Map(then.cells.map(([at, level, usd]) => [`${at}/${level}`, usd]));
      for (const [at, level, usd] of map.cells) {
        expect(Math.abs(usd - (sizes.get(`${at}/${level}`) ?? 0))).toBeLessThanOrEqual(10 + usd / 1_000);
      }
      expect(map.cells.length / then.cells.length).toBeGreaterThan(0.9);
      expect(response.headers.get("server-timing")).toBe('cache;desc="kv, stale"');
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("age")).toBe(String(Math.floor((NOW - map.asOf) / 1_000)));
      expect(response.headers.get("etag")).toBeNull();
      for (const { state, ageMs, reason } of map.coverage.exchanges) {
        expect([state, typeof reason]).toEqual(["stale", "string"]);
        expect(ageMs).toBeGreaterThanOrEqual(NOW - map.asOf);
      }
    },
  );

  test("its newest columns come from KV where D1's open tiles lack them", async () => {
    const { map: before } = await read("/v1/heatmap/BTC?range=12h&side=long", away());
    await env.DB.prepare("DELETE FROM tiles WHERE closed = 0").run();
    const { map } = await read("/v1/heatmap/BTC?range=12h&side=long&bucket=0.001", away());
    const last = map.columns.length - 1;
    expect(map.columns.at(-1)).toBe(before.columns.at(-1));
    for (const column of [last - 4, last]) {
      expect(map.cells.filter(([at]) => at === column).length).toBeGreaterThan(20);
    }
  });

  test("a moment before it went away is answered as ever", async () => {
    const asOf = CLOSED_TO - 7 * 60 * MINUTE_MS;
    const { response, map } = await read(`/v1/heatmap/BTC?range=12h&leverage=25&asOf=${asOf}`, away());
    expect(map.asOf).toBe(asOf);
    expect(map.cells.length).toBeGreaterThan(100);
    expect(response.headers.get("server-timing")).toContain("cache;desc=");
  });

  test("what only the hub knows is a 503", async () => {
    for (const path of [
      "/v1/heatmap/BTC?exchange=okx&leverage=50&side=short",
      "/v1/map/BTC?exchange=okx&leverage=50&side=short",
      "/v1/heatmap/ETH?side=short",
    ]) {
      const response = await app.request(path, {}, away());
      expect([path, response.status, response.headers.get("retry-after")]).toEqual([path, 503, "2"]);
    }
  });
});

test("the map while the hub is away is that of the newest column that had closed", async () => {
  const { map: then } = await read(`/v1/map/BTC?side=long&asOf=${CLOSED_TO}`, env);
  const { response, map } = await read("/v1/map/BTC?side=long&bucket=0.001", away());
  expect([map.stale, map.asOf]).toEqual([true, CLOSED_TO]);
  expect(response.headers.get("server-timing")).toBe('cache;desc="kv, stale"');
  const sum = (of: Answer) => of.levels.reduce((total, { longUsd }) => total + longUsd, 0);
  expect(sum(map)).toBeGreaterThan(1e6);
  expect(Math.abs(sum(map) / sum(then) - 1)).toBeLessThan(0.001);
});

test("an answer that is kept and newer goes before one of columns", async () => {
  const path = "/v1/map/BTC?mode=expected";
  await read(path, env);
  await vi.waitFor(
    async () => {
      const { response, map } = await read(path, away());
      expect(map.stale).toBe(true);
      expect(response.headers.get("server-timing")).toMatch(/desc="(memory|edge), stale"/);
    },
    { timeout: 10_000, interval: 500 },
  );
});

test("an open tile is completed from KV, for nobody to keep", async () => {
  const { modelVersion } = (await (await app.request("/v1/heatmap/BTC", {}, env)).json()) as { modelVersion: string };
  const path = `/v1/tiles/${modelVersion}/BTC/exchange-okx/5m/${tileIndex(NOW, FIVE)}.bin`;
  for (let times = 0; times < 2; times++) {
    const response = await app.request(path, {}, away());
    expect([response.status, response.headers.get("server-timing")]).toEqual([200, 'cache;desc="kv, stale"']);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { columns } = readTile(new Uint8Array(await response.arrayBuffer()));
    expect(columns.at(-1)?.startMs).toBe(CLOSED_TO - FIVE);
    expect(columns.at(-1)?.longs.length).toBeGreaterThan(20);
  }
});

test("the compatible heatmap says so in its meta", async () => {
  const path = "/api/futures/liquidation/aggregated-heatmap/model2?symbol=BTC&range=24h";
  const response = await app.request(path, {}, away());
  expect(response.status).toBe(200);
  const { code, data, meta } = (await response.json()) as {
    code: string;
    data: { liquidation_leverage_data: unknown[] };
    meta: { stale?: boolean; as_of: number };
  };
  expect([code, meta.stale, meta.as_of]).toEqual(["0", true, CLOSED_TO]);
  expect(data.liquidation_leverage_data.length).toBeGreaterThan(100);
});
