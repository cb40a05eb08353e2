// Tiles as the API gives them: the same cells that the store holds, immutable once closed, refused by name.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { readTile } from "../../src/client/tiles.ts";
import { encodeLayerColumn } from "../../src/shared/tile/layer-column.ts";
import { encodeTile } from "../../src/shared/tile/tile-codec.ts";
import { tileIndex, tileStartMs } from "../../src/shared/tile/tile-key.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { gunzip, gzip } from "../../workers/api/tiles/gzip.ts";
import { saveTiles } from "../../workers/store/tiles.ts";
import { answer, NOW, request, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

const FIVE = 5 * MINUTE_MS;
const OPEN = tileIndex(NOW, FIVE);
const CLOSED = OPEN - 40;
let model = "";
const closedBytes = encodeTile(FIVE, tileStartMs(CLOSED, FIVE), [
  encodeLayerColumn(tileStartMs(CLOSED, FIVE), 22_000, Float64Array.of(5_000), Float64Array.of(0)),
]);

beforeAll(async () => {
  await startMarket();
  model = (await answer<{ modelVersion: string }>("/v1/status")).modelVersion;
  const common = { symbol: "BTC", intervalMs: FIVE, tileIndex: CLOSED, modelVersion: model, columnCount: 1 };
  const body = await gzip(closedBytes);
  await saveTiles(env.DB, [{ ...common, layer: "total", closed: true, body, updatedMs: NOW }]);
}, 60_000);

const path = (index: number, layer = "total", version = model) => `/v1/tiles/${version}/BTC/${layer}/5m/${index}.bin`;
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe("a closed tile", () => {
  test("is immutable, tagged, and unpacked for who does not take gzip", async () => {
    const response = await request(path(CLOSED));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "cache-control": "public, max-age=31536000, immutable",
      vary: expect.stringContaining("Accept-Encoding"),
      etag: expect.stringMatching(/^"[0-9a-f]{24}"$/),
    });
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(await bytesOf(response)).toEqual(closedBytes);
  });

  test("goes out as it is stored to who takes gzip, under a tag of its own", async () => {
    const response = await request(path(CLOSED), { headers: { "accept-encoding": "br, gzip" } });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(response.headers.get("etag")).toMatch(/^"[0-9a-f]{24}-gzip"$/);
    expect(await gunzip(await bytesOf(response))).toEqual(closedBytes);
    const refused = await request(path(CLOSED), { headers: { "accept-encoding": "gzip;q=0" } });
    expect(refused.headers.get("content-encoding")).toBeNull();
  });

  test("is not sent again to who has it, and comes from memory the second time", async () => {
    const first = await request(path(CLOSED));
    expect(first.headers.get("server-timing")).toContain("memory");
    const again = await request(path(CLOSED), { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
  });
});

describe("a closed tile that this isolate has not seen", () => {
  const name = (index: number) => `tile${path(index)}`;

  test("comes from D1 once, which puts it into KV, and from KV then, D1 or not", async () => {
    const common = { symbol: "BTC", intervalMs: FIVE, modelVersion: model, columnCount: 1, updatedMs: NOW };
    const body = await gzip(closedBytes);
    await saveTiles(env.DB, [{ ...common, tileIndex: CLOSED - 1, layer: "total", closed: true, body }]);
    const first = await request(path(CLOSED - 1));
    expect(first.headers.get("server-timing")).toBe('cache;desc="d1"');
    const kept = await vi.waitFor(async () => {
      const { value, metadata } = await env.TILES.getWithMetadata(name(CLOSED - 1), "arrayBuffer");
      expect(value).not.toBeNull();
      return { value: value as ArrayBuffer, metadata };
    });
    expect(await gunzip(new Uint8Array(kept.value))).toEqual(closedBytes);
    // the same entry at an address that D1 has nothing for, and no nearer cache either
    await env.TILES.put(name(CLOSED - 2), kept.value, { metadata: kept.metadata });
    const second = await request(path(CLOSED - 2));
    expect([second.status, second.headers.get("server-timing")]).toEqual([200, 'cache;desc="kv"']);
    expect(second.headers.get("cache-control")).toContain("immutable");
    expect(await bytesOf(second)).toEqual(closedBytes);
  });

  test("is under its model's name: another version finds nothing", async () => {
    const version = `${model}-other`;
    expect((await request(path(CLOSED - 2, "total", version))).status).toBe(404);
  });
});

test("the open tile holds every column that has closed, for seconds", async () => {
  const response = await request(path(OPEN));
  expect([response.status, response.headers.get("cache-control")]).toEqual([
    200,
    "public, max-age=5, stale-while-revalidate=30",
  ]);
  const tile = readTile(await bytesOf(response));
  const starts = tile.columns.map((column) => column.startMs);
  expect(starts.at(-1)).toBe(Math.floor(NOW / FIVE) * FIVE - FIVE);
  expect(starts[0]).toBeGreaterThanOrEqual(tileStartMs(OPEN, FIVE));
  expect(tile.columns.at(-1)?.longs.length).toBeGreaterThan(0);
});

test("layers of one kind add up to the total", async () => {
  const sum = async (layer: string) => {
    const { columns } = readTile(await bytesOf(await request(path(OPEN, layer))));
    return (columns.at(-1)?.longs ?? []).reduce((all, cell) => all + cell.usd, 0);
  };
  const tiers = await Promise.all([5, 10, 25, 50, 100].map((tier) => sum(`leverage-${tier}`)));
  const total = await sum("total");
  expect(tiers.reduce((all, one) => all + one, 0) / total).toBeGreaterThan(0.95);
  expect(tiers.reduce((all, one) => all + one, 0) / total).toBeLessThan(1.05);
});

test("an exchange in front of the symbol goes with its own layer alone", async () => {
  const named = (layer: string) => path(OPEN, layer).replace("/BTC/", "/OKX:BTCUSDT/");
  const [own, plain] = await Promise.all([request(named("exchange-okx")), request(path(OPEN, "exchange-okx"))]);
  expect(own.status).toBe(200);
  expect(await bytesOf(own)).toEqual(await bytesOf(plain));
  for (const layer of ["total", "leverage-50", "exchange-binance"]) {
    const response = await request(named(layer));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { parameter: "layer", accepted: ["exchange-okx"], detail: expect.stringContaining("the symbol names okx") },
    ]);
  }
  const elsewhere = await request(path(OPEN, "exchange-gmx").replace("/BTC/", "/GMX:BTC/"));
  expect([elsewhere.status, await elsewhere.json()]).toMatchObject([400, { parameter: "exchange" }]);
});

test.each([
  ["another model", () => path(CLOSED, "total", "flt0"), 404, undefined],
  ["no such tile", () => path(1), 404, undefined],
  ["a symbol nobody reads", () => path(CLOSED).replace("BTC", "NOPE"), 404, "symbol"],
  ["an unknown layer", () => path(CLOSED, "leverage-7"), 400, "layer"],
  ["an unknown width", () => path(CLOSED).replace("/5m/", "/7m/"), 400, "interval"],
  ["no number", () => path(CLOSED).replace(".bin", ".txt"), 400, "index"],
  ["a parameter", () => `${path(CLOSED)}?range=24h`, 400, "range"],
])("%s is refused", async (_, address, status, parameter) => {
  const response = await request(address());
  const body = (await response.json()) as { parameter?: string };
  expect([response.status, body.parameter]).toEqual([status, parameter]);
  if (parameter === undefined) expect(response.headers.get("cache-control")).toBe("public, max-age=10");
});
