// The compatible surface against the documented shapes, units and traps; and the same picture as the native heatmap.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { emptyContext } from "../../durable-objects/hub/context-state.ts";
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import type { ContextColumn } from "../../src/shared/market/context.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { underPrice } from "../../workers/api/compat/map.ts";
import { saveColumns } from "../../workers/store/columns.ts";
import { saveContext } from "../../workers/store/context.ts";
import { DAY0 } from "../support/batches.ts";
import { answer, NOW, request, saveObserved, saveReported, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
const BASE = "/api/futures/liquidation";

interface Reply<T> {
  code: string;
  msg: string;
  data: T;
  meta: Record<string, unknown>;
}
interface HeatmapData {
  y_axis: number[];
  liquidation_leverage_data: [number, number, number][];
  price_candlesticks: [number, string, string, string, string, string][];
  update_time: number;
}
type MapRows = { data: Record<string, [number, number, number | null, null][]> };

async function reply<T>(path: string): Promise<Reply<T>> {
  const body = await answer<Reply<T>>(path);
  expect(body).toMatchObject({
    code: "0",
    msg: "success",
    meta: { estimated: expect.any(Boolean), data_source: "simulated" },
  });
  return body;
}

beforeAll(async () => {
  await startMarket();
  await saveObserved("binance", [
    [DAY0, 1_000.5, 0],
    [DAY0 + 30 * MINUTE_MS, 500, 250.25],
    [DAY0 + 61 * MINUTE_MS, null, null],
    [DAY0 + 8 * HOUR_MS, 0, 90_000],
    [DAY0 + 8.5 * HOUR_MS, 40_000, 60_000],
  ]);
  await saveReported("binance", [
    [DAY0, "long", 1_000.5],
    [DAY0 + 30 * MINUTE_MS, "short", 250.25],
    [DAY0 + 8 * HOUR_MS, "short", 90_000],
    [DAY0 + 8.5 * HOUR_MS + 250, "long", 40_000],
  ]);
  await saveReported("okx", [[DAY0 + HOUR_MS, "long", 5_000]]);
  await saveObserved("bybit", [
    [DAY0 + 10 * MINUTE_MS, 2_000, 0],
    [DAY0 + 8.6 * HOUR_MS, 7_000, 0],
  ]);
  // minutes of an exchange whose feed nobody listened to say 0 all the same
  await saveObserved(
    "okx",
    Array.from({ length: 30 }, (_, i) => [QUIET + i * MINUTE_MS, 0, 0]),
  );
  await saveObserved("okx", [[QUIET + 30 * MINUTE_MS, 0, 800]]);
  await saveContext(env.DB, [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((minute) => listened(1, minute, 1)),
    listened(1, 6, 0),
    ...[listened(5, 0, 5), listened(5, 5, 4), listened(5, 10, 3, 500)],
    ...[listened(30, 0, 30), listened(30, 30, 30), listened(30, 60, 29)],
  ]);
}, 60_000);

const QUIET = DAY0 + 3 * HOUR_MS;

/** A column of context in which Bybit was listened to for so many minutes and reported so much. */
function listened(width: number, minute: number, listenedMinutes: number, longUsd = 0): ContextColumn {
  const isKnown = listenedMinutes > 0;
  const observed = { observedLongUsd: isKnown ? longUsd : null, observedShortUsd: isKnown ? 0 : null };
  return {
    ...{ symbol: "ETH", intervalMs: width * MINUTE_MS, startMs: QUIET + minute * MINUTE_MS },
    venues: { bybit: { ...emptyContext(), ...observed, listenedMinutes } },
  };
}

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

describe("observed liquidations", () => {
  test("history is ascending with strings; an hour without a report is left out", async () => {
    const { data, meta } = await reply(`${BASE}/history?exchange=Binance&symbol=ETHUSDT&interval=1h`);
    expect(data).toEqual([
      { time: DAY0, long_liquidation_usd: "1500.50", short_liquidation_usd: "250.25" },
      { time: DAY0 + 8 * HOUR_MS, long_liquidation_usd: "40000.00", short_liquidation_usd: "150000.00" },
    ]);
    expect(meta).toMatchObject({ estimated: false });
  });

  const quiet = async (exchange: string, interval: string, minutes: number) => {
    const span = `start_time=${QUIET}&end_time=${QUIET + minutes * MINUTE_MS - 1}`;
    const path = `history?exchange=${exchange}&symbol=ETH&interval=${interval}&${span}`;
    const { data } = await reply<Record<string, string>[]>(`${BASE}/${path}`);
    return data.map((row) => [
      (Number(row["time"]) - QUIET) / MINUTE_MS,
      row["long_liquidation_usd"],
      row["short_liquidation_usd"],
    ]);
  };

  test("a zero is there where somebody listened throughout, and nowhere else", async () => {
    const zero = (minute: number) => [minute, "0.00", "0.00"];
    expect(await quiet("Bybit", "1m", 10)).toEqual([0, 1, 2, 3, 4, 5, 7, 8].map(zero));
    // three minutes are as known as each of them
    expect(await quiet("Bybit", "3m", 12)).toEqual([0, 3].map(zero));
    expect(await quiet("Bybit", "5m", 15)).toEqual([zero(0), [10, "500.00", "0.00"]]);
    expect(await quiet("Bybit", "1h", 120)).toEqual([zero(0)]);
    expect(await quiet("OKX", "1m", 31)).toEqual([[30, "0.00", "800.00"]]);
    expect(await quiet("OKX", "30m", 60)).toEqual([[30, "0.00", "800.00"]]);
  });

  test("an interval of several exchanges is known when one of them is, and the answer says the rule", async () => {
    const list = "exchange_list=Bybit,OKX&symbol=ETH&interval=5m";
    const span = `start_time=${QUIET}&end_time=${QUIET + 35 * MINUTE_MS - 1}`;
    const { data, meta } = await reply<Record<string, number>[]>(`${BASE}/aggregated-history?${list}&${span}`);
    expect(data).toEqual(
      [
        [0, 0, 0],
        [10, 500, 0],
        [30, 0, 800],
      ].map(([minute = 0, long, short]) => ({
        time: QUIET + minute * MINUTE_MS,
        aggregated_long_liquidation_usd: long,
        aggregated_short_liquidation_usd: short,
      })),
    );
    expect(meta).toMatchObject({ exchanges: ["bybit", "okx"], reported: expect.stringContaining("whole length") });
  });

  test("aggregated history has numbers, and takes a list with spaces", async () => {
    const list = encodeURIComponent("Binance, Bybit");
    const { data } = await reply(`${BASE}/aggregated-history?exchange_list=${list}&symbol=ETH&interval=1d`);
    expect(data).toEqual([
      { time: DAY0, aggregated_long_liquidation_usd: 50_500.5, aggregated_short_liquidation_usd: 150_250.25 },
    ]);
    const week = await reply<{ time: number }[]>(
      `${BASE}/aggregated-history?exchange_list=Binance&symbol=ETH&interval=1w`,
    );
    // 2026-01-01 was a Thursday
    expect(week.data.map((row) => row.time)).toEqual([DAY0 - 3 * DAY_MS]);
  });

  test("limit and times cut the newest rows", async () => {
    const rows = (query: string) =>
      reply<{ time: number }[]>(`${BASE}/history?exchange=Binance&symbol=ETH&interval=30m&${query}`);
    expect((await rows("limit=1")).data.map((row) => row.time)).toEqual([]);
    expect((await rows("limit=2")).data.map((row) => row.time)).toEqual([DAY0 + 8.5 * HOUR_MS]);
    const early = await rows(`start_time=${DAY0}&end_time=${DAY0 + HOUR_MS - 1}`);
    expect(early.data.map((row) => row.time)).toEqual([DAY0, DAY0 + 30 * MINUTE_MS]);
  });

  test("orders come newest first: 2 = longs liquidated, 1 = shorts, in words too", async () => {
    const { data, meta } = await reply<object[]>(
      `${BASE}/order?exchange=Binance&symbol=ETH&min_liquidation_amount=1000`,
    );
    expect(data).toMatchObject([
      {
        exchange_name: "BINANCE",
        symbol: "ETHUSDT",
        base_asset: "ETH",
        price: 3_005,
        usd_value: 40_000,
        side: 2,
        time: DAY0 + 8.5 * HOUR_MS + 250,
        liquidated_side: "long",
        price_kind: "bankruptcy",
      },
      { usd_value: 90_000, side: 1, liquidated_side: "short" },
      { usd_value: 1_000.5, side: 2 },
    ]);
    expect(meta["feed"]).toHaveProperty("completeness");
    const all = await reply<object[]>(`${BASE}/order?exchange=Binance&symbol=ETHUSDT`);
    expect(all.data).toHaveLength(4);
  });

  test("totals per coin and per exchange, all exchanges first", async () => {
    const coins = await reply<Record<string, number>[]>(`${BASE}/coin-list?exchange=Binance`);
    expect(coins.data.find((row) => String(row["symbol"]) === "ETH")).toMatchObject({
      liquidation_usd_24h: 191_750.75,
      long_liquidation_usd_1h: 40_000,
      short_liquidation_usd_1h: 60_000,
      short_liquidation_usd_4h: 150_000,
    });
    expect(Object.keys(coins.data[0] ?? {})).toHaveLength(13);
    const { data, meta } = await reply(`${BASE}/exchange-list?range=1h&symbol=ETH`);
    expect(data).toEqual([
      { exchange: "All", liquidation_usd: 107_000, long_liquidation_usd: 47_000, short_liquidation_usd: 60_000 },
      { exchange: "Binance", liquidation_usd: 100_000, long_liquidation_usd: 40_000, short_liquidation_usd: 60_000 },
      { exchange: "Bybit", liquidation_usd: 7_000, long_liquidation_usd: 7_000, short_liquidation_usd: 0 },
    ]);
    expect(meta["not_reporting"]).toEqual(["okx"]);
  });

  test("what is supported", async () => {
    expect((await reply("/api/futures/supported-coins")).data).toEqual(["BTC", "ETH"]);
    expect((await reply("/api/futures/supported-exchanges")).data).toEqual(["Binance", "Bybit", "OKX"]);
    const { data } = await reply<Record<string, object[]>>("/api/futures/supported-exchange-pairs");
    expect(data["OKX"]?.[0]).toEqual({ instrument_id: "BTC-USDT-SWAP", base_asset: "BTC", quote_asset: "USDT" });
  });
});
