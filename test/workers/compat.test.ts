// The compatible surface against the documented shapes, units and traps; and the same picture as the native heatmap.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { underPrice } from "../../workers/api/compat/map.ts";
import { saveColumns } from "../../workers/store/columns.ts";
import { DAY0 } from "../support/batches.ts";
import { BASE, type Reply, reply } from "./compat-reply.ts";
import { answer, NOW, request, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

interface HeatmapData {
  y_axis: number[];
  liquidation_leverage_data: [number, number, number][];
  price_candlesticks: [number, string, string, string, string, string][];
  update_time: number;
}
type MapRows = { data: Record<string, [number, number, number | null, null][]> };

beforeAll(startMarket, 60_000);

describe("heatmap", () => {
  test("has the documented shape: indices, seconds, strings, ms", async () => {
    const { data, meta } = await reply<HeatmapData>(`${BASE}/heatmap/model1?exchange=Binance&symbol=BTCUSDT&range=24h`);
    expect(data.y_axis.every((price, i) => i === 0 || price > (data.y_axis[i - 1] ?? 0))).toBe(true);
    expect(data.liquidation_leverage_data.length).toBeGreaterThan(100);
    for (const [x, y, usd] of data.liquidation_leverage_data) {
      expect(data.price_candlesticks[x]).toBeDefined();
      expect(data.y_axis[y]).toBeDefined();
      expect(usd).toBeGreaterThan(0);
    }
    const [seconds, ...strings] = data.price_candlesticks[0] ?? [];
    expect(seconds).toBe(DAY0 / 1_000);
    expect(strings).toHaveLength(5);
    expect(strings.every((text) => typeof text === "string" && Number(text) > 0)).toBe(true);
    // volume is in USD: 40 coins a minute, five minutes
    expect(Number(strings[4])).toBeCloseTo(200 * Number(strings[3]), 0);
    expect([data.update_time, meta["as_of"]]).toEqual([NOW - 1_000, NOW - 1_000]);
    expect(meta).toMatchObject({ estimated: true, preset: "exposed", interval_ms: 300_000 });
  });

  test("draws the same picture as the native heatmap, with nothing but the base changed", async () => {
    // what a client of the vendor's shape does: sum of USD by candle time and price
    const picture = new Map<string, number>();
    const { data } = await reply<HeatmapData>(`${BASE}/aggregated-heatmap/model1?symbol=BTC&range=24h`);
    for (const [x, y, usd] of data.liquidation_leverage_data) {
      picture.set(`${data.price_candlesticks[x]?.[0]} ${data.y_axis[y]}`, usd);
    }
    const native = await answer<{ columns: number[]; prices: number[]; cells: [number, number, number][] }>(
      "/v1/heatmap/BTC?range=24h",
    );
    const expected = new Map(
      native.cells.map(([x, y, usd]) => [`${(native.columns[x] ?? 0) / 1_000} ${native.prices[y]}`, usd]),
    );
    expect(picture).toEqual(expected);
  });

  test("the three models are the three presets", async () => {
    const sums: number[] = [];
    const presets: unknown[] = [];
    for (const model of ["model1", "model2", "model3"]) {
      const { data, meta } = await reply<HeatmapData>(`${BASE}/aggregated-heatmap/${model}?symbol=BTC&range=12h`);
      presets.push(meta["preset"]);
      sums.push(data.liquidation_leverage_data.reduce((sum, cell) => sum + cell[2], 0));
    }
    expect(presets).toEqual(["exposed", "expected", "fresh"]);
    const [exposed = 0, expected = 0, fresh = 0] = sums;
    expect(expected).toBeGreaterThan(0);
    expect(expected).toBeLessThan(exposed);
    expect(fresh).toBeGreaterThan(0);
    expect(fresh).toBeLessThanOrEqual(exposed * 1.01);
  });

  test.each([
    ["OKX", "BTC-USDT-SWAP"],
    ["okx", "BTC"],
    ["BYBIT", "btcusdt"],
  ])("%s and %s are understood, `1d` as `24h`, a key is read and a doubled slash taken", async (exchange, symbol) => {
    const path = `/${BASE}/heatmap/model1?exchange=${exchange}&symbol=${symbol}&range=1d`;
    const response = await request(`http://localhost${path}`, {
      headers: { "CG-API-KEY": "anything", "Content-Type": "application/json" },
    });
    expect(response.status).toBe(200);
    expect(((await response.json()) as Reply<HeatmapData>).data.y_axis.length).toBeGreaterThan(10);
  });
});

test("48 hours are 48 hours: the columns of three days from the first that is asked for", async () => {
  // the market is nine hours old: columns before it, as the database has them
  const before = [50, 47.5].map((hours) => Math.floor((NOW - hours * HOUR_MS) / QUARTER_MS) * QUARTER_MS);
  await saveColumns(env.DB, before.map(olderColumn));
  const of = async (range: string) => {
    const { data } = await reply<HeatmapData>(`${BASE}/aggregated-heatmap/model1?symbol=BTC&range=${range}`);
    const starts = data.price_candlesticks.map(([seconds]) => seconds * 1_000);
    const cells = data.liquidation_leverage_data.map(([x, y, usd]) => [starts[x], data.y_axis[y], usd]);
    return { starts, cells };
  };
  const [two, three] = await Promise.all([of("48h"), of("3d")]);
  expect([three.starts[0], two.starts[0]]).toEqual(before);
  expect(two.starts).toEqual(three.starts.slice(1));
  expect(two.cells.length).toBeGreaterThan(100);
  expect(two.cells).toEqual(three.cells);
});

const QUARTER_MS = 15 * MINUTE_MS;

/** A column without cells. */
function olderColumn(startMs: number): ClosedColumn {
  const prices = { open: 60_000, high: 60_100, low: 59_900, close: 60_000 };
  return {
    symbol: "BTC",
    intervalMs: QUARTER_MS,
    startMs,
    modelVersion: "constructed",
    price: prices.close,
    openInterestUsd: 1e9,
    knownOpenInterestUsd: 1e9,
    backfilled: false,
    venues: [{ id: "binance", ...prices, volumeBase: 1, openInterestUsd: 1e9 }],
  };
}

describe("map", () => {
  test("of a pair: doubled data, price keys, leverage, a null in the fourth place", async () => {
    const { data } = await reply<MapRows>(`${BASE}/map?exchange=Binance&symbol=BTCUSDT&range=7d`);
    const groups = Object.entries(data.data);
    expect(groups.length).toBeGreaterThan(20);
    for (const [price, rows] of groups) {
      for (const row of rows) {
        expect(row).toHaveLength(4);
        expect([row[0], row[3]]).toEqual([Number(price), null]);
        expect([5, 10, 25, 50, 100]).toContain(row[2]);
      }
    }
  });

  test("keys ascend by price, as they are printed and as they are read", async () => {
    for (const path of ["map?exchange=Binance&symbol=BTCUSDT&range=7d", "aggregated-map?symbol=BTC&range=30d"]) {
      const text = await (await request(`${BASE}/${path}`)).text();
      const printed = [...text.matchAll(/"([\d.]+)":\[/g)].map(([, key]) => key ?? "");
      expect(printed.length).toBeGreaterThan(20);
      expect(printed.map(Number)).toEqual(printed.map(Number).sort((a, b) => a - b));
      expect(Object.keys((JSON.parse(text) as Reply<MapRows>).data.data)).toEqual(printed);
    }
    // of the market's levels none is a whole number by chance: such a key would be moved to the front
    const rows = underPrice([
      [88_610, 1, 5, null],
      [59_754.513, 2, 5, null],
      [88_610, 3, 10, null],
    ]);
    expect(JSON.stringify(rows)).toBe(
      '{"59754.513":[[59754.513,2,5,null]],"88610.0":[[88610,1,5,null],[88610,3,10,null]]}',
    );
  });

  test("of a coin: leverage is null as well, and the sum is the native map's", async () => {
    const { data, meta } = await reply<MapRows>(`${BASE}/aggregated-map?symbol=BTC&range=30d`);
    const rows = Object.values(data.data).flat();
    expect(rows.every((row) => row[2] === null && row[3] === null)).toBe(true);
    expect(meta["opened_within"]).toBe("all");
    const native = await answer<{ totals: { longUsd: number; shortUsd: number } }>("/v1/map/BTC");
    const sum = rows.reduce((total, row) => total + row[1], 0);
    expect(sum / (native.totals.longUsd + native.totals.shortUsd)).toBeCloseTo(1, 6);
  });

  test.each([
    ["1d", "24h"],
    ["24h", "24h"],
    ["7d", "7d"],
    ["30d", "all"],
  ])("range %s is understood in both spellings, and the answer says %s", async (range, within) => {
    for (const path of ["map?exchange=Binance&symbol=BTCUSDT&", "aggregated-map?symbol=BTC&", "max-pain?"]) {
      const { meta } = await reply(`${BASE}/${path}range=${range}`);
      expect([path, meta["opened_within"]]).toEqual([path, within]);
    }
  });

  test("max pain has longs below the price and shorts above, said twice", async () => {
    const { data } = await reply<Record<string, never>[]>(`${BASE}/max-pain?range=48h`);
    expect(data).toHaveLength(1);
    const row = data[0] as unknown as Record<string, number>;
    expect(row["long_max_pain_liq_price"]).toBeLessThan(row["price"] ?? 0);
    expect(row["short_max_pain_liq_price"]).toBeGreaterThan(row["price"] ?? 0);
    expect(data[0]).toMatchObject({
      symbol: "BTC",
      below: { price: row["long_max_pain_liq_price"], usd: row["long_max_pain_liq_level"], liquidated_side: "long" },
      above: { liquidated_side: "short" },
    });
  });
});
