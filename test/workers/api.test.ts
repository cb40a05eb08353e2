// The API over a hub with nine hours of a constructed market, its market clock standing still.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { closedMinute, DAY0, historyAnswer } from "../support/batches.ts";

vi.setConfig({ testTimeout: 30_000 });

const MINUTES = 540;
const NOW = DAY0 + MINUTES * MINUTE_MS + 6_000;
const THREE: VenueId[] = ["binance", "bybit", "okx"];

interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  parameter?: string;
  accepted?: string[];
  requestId: string;
}
interface Envelope {
  asOf: number;
  modelVersion: string;
  dataSource: string;
  coverage: {
    ratio: number | null;
    exchanges: {
      id: string;
      state: string;
      ageMs: number | null;
      openInterestUsd: number | null;
      modelled: boolean;
    }[];
  };
}
interface Heatmap extends Envelope {
  symbol: string;
  range: string;
  intervalMs: number;
  filter: Record<string, unknown>;
  currency: string;
  price: number;
  columns: number[];
  prices: number[];
  cells: [number, number, number][];
  candles: number[][];
  firstBucket: number;
  bucketsPerLevel: number;
}
type Sizes = Record<string, number>;
interface LiquidationMap extends Envelope {
  price: number;
  levels: { price: number; longUsd: number; shortUsd: number; byLeverage: Sizes; byExchange: Sizes }[];
  cumulative: { price: number; longUsd: number; shortUsd: number }[];
  totals: { longUsd: number; shortUsd: number };
}
interface Bars extends Envelope {
  bars: { exchange: string; startMs: number; close: number; openInterestBase: number | null; volumeBase: number }[];
}

const request = (path: string, init: RequestInit = {}) => app.request(path, init, env);
async function answer<T>(path: string): Promise<T> {
  const response = await request(path);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as T;
}
async function refused(path: string, init: RequestInit = {}): Promise<Problem> {
  const response = await request(path, init);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = (await response.json()) as Problem;
  expect(body.status).toBe(response.status);
  expect(body.requestId).toBe(response.headers.get("request-id"));
  expect(body.title).not.toBe("");
  return body;
}
const heatmap = (query: string) => answer<Heatmap>(`/v1/heatmap/BTC?${query}`);

beforeAll(async () => {
  const vars = {
    CLOCK_MARKET_ORIGIN_MS: String(NOW),
    CLOCK_WALL_ORIGIN_MS: "0",
    CLOCK_END_MS: String(NOW),
    HISTORY_MS: String(MINUTES * MINUTE_MS),
    VENUES: THREE.join(","),
    SYMBOLS: "BTC,ETH",
    DATA_SOURCE: "simulated",
  };
  for (const [name, value] of Object.entries(vars)) Reflect.set(env, name, value);
  const stub = env.SYMBOL_HUB.getByName("BTC");
  for (const venue of THREE) {
    const sent = closedMinute(venue, DAY0 + (MINUTES - 1) * MINUTE_MS);
    const { needs } = await stub.ingest(sent);
    if (needs !== null) await stub.ingest(historyAnswer(venue, sent.sentAt, needs));
  }
  while ((await stub.report()).waitingForD1 > 0) await runDurableObjectAlarm(stub);
  await runDurableObjectAlarm(stub);
}, 60_000);

describe("every answer", () => {
  test.each(["/v1/status", "/v1/symbols", "/v1/exchanges", "/v1/heatmap/BTC", "/v1/map/BTC", "/v1/bars/BTC"])(
    "%s says when, by which model, from what, and how much of the market it covers",
    async (path) => {
      const body = await answer<Envelope>(path);
      expect(body).toMatchObject({
        asOf: expect.any(Number),
        modelVersion: expect.stringMatching(/./),
        dataSource: "simulated",
      });
      expect(body.coverage.exchanges.map(({ id, state }) => [id, state])).toEqual(THREE.map((id) => [id, "live"]));
      for (const exchange of body.coverage.exchanges) {
        expect(exchange.ageMs).toBeLessThan(10_000);
        expect(exchange.openInterestUsd).toBeGreaterThan(1e8);
      }
      expect(body.coverage.ratio).toBeCloseTo(1, 6);
    },
  );

  test("may be read from any page and carries the request's id", async () => {
    for (const path of ["/v1/status", "/v1/heatmap/NOPE", "/v1/nope"]) {
      const response = await request(path, { headers: { origin: "https://example.org" } });
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(response.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test("a preflight is answered with the methods that are taken", async () => {
    const response = await request("/v1/heatmap/BTC", {
      method: "OPTIONS",
      headers: { origin: "https://example.org", "access-control-request-method": "GET" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-methods")).toContain("GET");
  });

  test.each(["BTC", "btc", "BTCUSDT", "BINANCE:BTCUSDT", "BTC-USDT-SWAP", "BTC-PERP"])(
    "a symbol written as %s is the coin",
    async (text) => {
      const body = await answer<{ symbol: string }>(`/v1/heatmap/${encodeURIComponent(text)}`);
      expect(body.symbol).toBe("BTC");
    },
  );
});

describe("a symbol with an exchange in front", () => {
  test("means that exchange only", async () => {
    const own = await answer<Heatmap>("/v1/heatmap/OKX%3ABTC-USDT-SWAP");
    expect(own).toMatchObject({ symbol: "BTC", filter: { exchange: ["okx"] } });
    expect(own.coverage.exchanges.map(({ id }) => id)).toEqual(["okx"]);
    const { bars } = await answer<Bars>("/v1/bars/OKX%3ABTCUSDT?limit=5");
    expect(new Set(bars.map(({ exchange }) => exchange))).toEqual(new Set(["okx"]));
  });

  test("may repeat it in the filter, and not contradict it", async () => {
    expect((await request("/v1/map/okx%3ABTC?exchange=okx")).status).toBe(200);
    const problem = await refused("/v1/map/okx%3ABTC?exchange=okx,bybit");
    expect(problem).toMatchObject({ status: 400, parameter: "exchange", accepted: ["okx"] });
    expect(await refused("/v1/map/HYPERLIQUID%3ABTC")).toMatchObject({ parameter: "exchange", accepted: THREE });
    expect(await refused("/v1/map/NYSE%3ABTC")).toMatchObject({ status: 404, code: "unknown-symbol" });
  });
});

describe("heatmap", () => {
  test("has the named fields, one candle per column, ascending prices and cells inside the grid", async () => {
    const map = await heatmap("range=24h");
    expect(map).toMatchObject({ symbol: "BTC", range: "24h", intervalMs: 300_000, currency: "USD" });
    expect(map.filter).toEqual({
      exchange: THREE,
      leverage: [5, 10, 25, 50, 100],
      age: "all",
      side: "both",
      mode: "exposed",
      delta: null,
    });
    expect(map.columns.length).toBeGreaterThanOrEqual(MINUTES / 5 - 1);
    expect(map.candles.map((candle) => candle[0])).toEqual(map.columns);
    expect(map.prices).toEqual([...map.prices].sort((a, b) => a - b));
    expect(map.cells.length).toBeGreaterThan(1_000);
    for (const [column, level, usd] of map.cells) {
      expect(column < map.columns.length && level < map.prices.length && usd !== 0).toBe(true);
    }
  });

  test("longs lie below the price of their column, shorts above", async () => {
    const [long, short] = await Promise.all([heatmap("side=long"), heatmap("side=short")]);
    for (const [map, isWrong] of [
      [long, (price: number, candle: number[]) => price > (candle[2] ?? 0) * 1.003],
      [short, (price: number, candle: number[]) => price < (candle[3] ?? 0) * 0.994],
    ] as const) {
      expect(map.cells.length).toBeGreaterThan(500);
      const wrong = map.cells.filter(([column, level]) => isWrong(map.prices[level] ?? 0, map.candles[column] ?? []));
      expect(wrong).toEqual([]);
    }
  });

  /** Sum of the cells of each column. */
  function sums(map: Heatmap): number[] {
    const perColumn = map.columns.map(() => 0);
    for (const [column, , usd] of map.cells) perColumn[column] = (perColumn[column] ?? 0) + usd;
    return perColumn;
  }
  const added = (...maps: Heatmap[]) => {
    const each = maps.map(sums);
    return (each[0] ?? []).map((_, i) => each.reduce((sum, one) => sum + (one[i] ?? 0), 0));
  };
  function expectWithin(actual: number[], wanted: number[], share: number) {
    expect(actual).toHaveLength(wanted.length);
    for (const [i, want] of wanted.entries())
      expect(Math.abs((actual[i] ?? 0) - want)).toBeLessThanOrEqual(share * want + 200);
  }

  test.each([
    ["exchanges", THREE.map((id) => `exchange=${id}`)],
    ["leverage tiers", ["5", "10,25", "50,100"].map((tiers) => `leverage=${tiers}`)],
    ["sides", ["side=long", "side=short"]],
  ])("the maps of all %s add up to the whole, within the error of stored sizes", async (_, queries) => {
    const parts = await Promise.all(queries.map(heatmap));
    expectWithin(added(...parts), sums(await heatmap("")), 0.03);
  });

  test("younger positions are part of older ones", async () => {
    const [hour, day, all] = await Promise.all(["age=1h", "age=24h", "age=all"].map(heatmap));
    const last = (map: Heatmap | undefined) => (map === undefined ? [] : sums(map)).at(-2) ?? 0;
    expect(last(hour)).toBeGreaterThan(0);
    expect(last(hour)).toBeLessThan(last(day));
    // nothing here is older than nine hours
    expect(Math.abs(last(day) / last(all) - 1)).toBeLessThan(0.03);
  });

  test("expected is a fixed share of exposed", async () => {
    const [exposed, expected] = await Promise.all([heatmap("mode=exposed"), heatmap("mode=expected")]);
    const shares = sums(expected).map((usd, i) => usd / (sums(exposed)[i] ?? 1));
    expect(Math.min(...shares)).toBeGreaterThan(0.01);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(0.001);
  });

  test("delta is the signed change: this column's cells minus those of the column before the period", async () => {
    const [whole, change] = await Promise.all([heatmap(""), heatmap("delta=1h")]);
    expect(change.cells.some(([, , usd]) => usd > 0)).toBe(true);
    expect(change.cells.some(([, , usd]) => usd < 0)).toBe(true);
    const at = whole.columns.length - 3;
    const cell = (map: Heatmap, column: number, level: number) =>
      map.cells.find(([c, l]) => c === column && l === level)?.[2] ?? 0;
    expect(change.prices).toEqual(whole.prices);
    for (let level = 0; level < whole.prices.length; level++) {
      const wanted = cell(whole, at, level) - cell(whole, at - 12, level);
      expect(Math.abs(cell(change, at, level) - wanted)).toBeLessThanOrEqual(2);
    }
  });

  test("the map takes a delta too: its levels are the change, and add up to the standing map's own change", async () => {
    const [now, change] = await Promise.all([
      answer<LiquidationMap>("/v1/map/BTC?bucket=0.01"),
      answer<LiquidationMap>("/v1/map/BTC?bucket=0.01&delta=1h"),
    ]);
    const total = (map: LiquidationMap) => map.totals.longUsd + map.totals.shortUsd;
    expect(change.levels.some((level) => level.longUsd < 0 || level.shortUsd < 0)).toBe(true);
    expect(Math.abs(total(change))).toBeLessThan(total(now));
    expect(total(change)).not.toBe(0);
  });

  test("a combination of filters has half-hour columns and its parts add up too", async () => {
    const one = await heatmap("exchange=okx&leverage=50");
    expect(one.intervalMs).toBe(30 * MINUTE_MS);
    expect(one.columns.length).toBeGreaterThanOrEqual(17);
    const tiers = await Promise.all([5, 10, 25, 50, 100].map((tier) => heatmap(`exchange=okx&leverage=${tier}`)));
    const whole = await heatmap("exchange=okx");
    const wanted = sums(whole).filter((_, i) => ((whole.columns[i] ?? 0) + 300_000) % (30 * MINUTE_MS) === 0);
    expectWithin(added(...tiers).slice(0, wanted.length), wanted, 0.03);
    expect(one.filter).toMatchObject({ exchange: ["okx"], leverage: [50] });
    expect(one.coverage.exchanges.map((exchange) => exchange.id)).toEqual(["okx"]);
  });

  test("a combination beyond seven days is refused with the ranges that would do", async () => {
    const problem = await refused("/v1/heatmap/BTC?exchange=okx&leverage=50&range=30d");
    expect(problem).toMatchObject({ status: 400, code: "not-enough-history", parameter: "range" });
    expect(problem.accepted).toEqual(["12h", "24h", "3d", "7d"]);
  });

  test("a wider level holds what its narrow ones hold", async () => {
    const [narrow, wide] = await Promise.all([heatmap("bucket=0.001"), heatmap("bucket=0.004")]);
    const inBucket = (map: Heatmap) => {
      const usd = new Map<number, number>();
      for (const [column, level, value] of map.cells) {
        // levels of 0.4 % begin at every eighth bucket, whatever the height they are drawn with
        const wideLevel = Math.floor((map.firstBucket + level * map.bucketsPerLevel) / 8);
        if (column === 50) usd.set(wideLevel, (usd.get(wideLevel) ?? 0) + value);
      }
      return usd;
    };
    expect([narrow.bucketsPerLevel, wide.bucketsPerLevel]).toEqual([2, 8]);
    const [fine, coarse] = [inBucket(narrow), inBucket(wide)];
    const inside = [...coarse.keys()].sort((a, b) => a - b).slice(1, -1);
    expect(inside.length).toBeGreaterThan(15);
    for (const level of inside)
      expect(Math.abs((fine.get(level) ?? 0) - (coarse.get(level) ?? 0))).toBeLessThanOrEqual(4);
  });
});

describe("map", () => {
  test("splits each level by leverage and by exchange, without anything lost", async () => {
    const map = await answer<LiquidationMap>("/v1/map/BTC");
    expect(map.levels.length).toBeGreaterThan(50);
    const total = (sizes: Sizes) => Object.values(sizes).reduce((a, b) => a + b, 0);
    for (const level of map.levels) {
      const whole = level.longUsd + level.shortUsd;
      expect(Math.abs(total(level.byLeverage) - whole)).toBeLessThanOrEqual(6);
      expect(Math.abs(total(level.byExchange) - whole)).toBeLessThanOrEqual(6);
    }
    expect(map.totals.longUsd).toBe(map.levels.reduce((sum, level) => sum + level.longUsd, 0));
    expect(map.totals.shortUsd).toBe(map.levels.reduce((sum, level) => sum + level.shortUsd, 0));
  });

  test("has an estimated band around most levels near the price, and none for a change", async () => {
    type Band = { p10Usd: number; p50Usd: number; p90Usd: number };
    type Banded = { price: number; longUsd: number; estimatedBand: { long: Band; short: Band } | null };
    const [map, change] = await Promise.all([
      answer<{ price: number; levels: Banded[] }>("/v1/map/BTC?bucket=0.005"),
      answer<{ levels: Banded[] }>("/v1/map/BTC?bucket=0.005&delta=1h"),
    ]);
    expect(change.levels.every(({ estimatedBand }) => estimatedBand === null)).toBe(true);
    let held = 0;
    const near = map.levels.filter(({ price, longUsd }) => price > 0.9 * map.price && longUsd > 0);
    expect(near.length).toBeGreaterThan(10);
    for (const { longUsd, estimatedBand } of near) {
      const { p10Usd, p50Usd, p90Usd } = estimatedBand!.long;
      expect(p10Usd).toBeLessThanOrEqual(p50Usd);
      expect(p50Usd).toBeLessThanOrEqual(p90Usd);
      if (p10Usd <= longUsd && longUsd <= p90Usd) held += 1;
    }
    expect(held / near.length).toBeGreaterThan(0.7);
  });

  test("cumulates outward from the price: longs downward, shorts upward, never falling", async () => {
    const map = await answer<LiquidationMap>("/v1/map/BTC");
    const below = map.cumulative.filter((row) => row.price < map.price && row.longUsd > 0).reverse();
    const above = map.cumulative.filter((row) => row.price >= map.price && row.shortUsd > 0);
    expect(below.length).toBeGreaterThan(10);
    expect(above.length).toBeGreaterThan(10);
    for (const rows of [below.map((row) => row.longUsd), above.map((row) => row.shortUsd)]) {
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
    }
    expect(Math.abs((above.at(-1)?.shortUsd ?? 0) / map.totals.shortUsd - 1)).toBeLessThan(0.05);
  });

  test("is not larger than open interest, side by side", async () => {
    const map = await answer<LiquidationMap>("/v1/map/BTC");
    const known = map.coverage.exchanges.reduce((sum, exchange) => sum + (exchange.openInterestUsd ?? 0), 0);
    expect(map.totals.longUsd).toBeGreaterThan(0.05 * known);
    // a level is valued at its own price, a tenth or so from the market's
    expect(map.totals.longUsd).toBeLessThan(known);
    expect(map.totals.shortUsd).toBeLessThan(1.3 * known);
  });
});

describe("in euros", () => {
  const store = (at: number) =>
    env.TILES.put("rate/EUR", JSON.stringify({ currency: "EUR", value: 0.9, source: "test EURUSDT", at }));

  test("without a fresh rate nothing is converted: a 503 that says so", async () => {
    expect(await refused("/v1/heatmap/BTC?currency=EUR")).toMatchObject({ status: 503, parameter: "currency" });
    await store(NOW - 7_200_000);
    expect(await refused("/v1/map/BTC?currency=EUR")).toMatchObject({ status: 503, accepted: ["USD"] });
  });

  test("prices and sizes are multiplied by the rate that the answer states", async () => {
    await store(NOW - 30_000);
    const [usd, eur] = await Promise.all([heatmap("bucket=0.002"), heatmap("bucket=0.002&currency=EUR")]);
    expect(usd).toMatchObject({ currency: "USD", rate: null });
    expect(eur).toMatchObject({
      currency: "EUR",
      rate: { value: 0.9, source: "test EURUSDT", timeMs: NOW - 30_000 },
    });
    expect(eur.price / usd.price).toBeCloseTo(0.9, 6);
    expect(eur.cells.length).toBe(usd.cells.length);
    const [first, firstEur] = [usd.cells[0], eur.cells[0]];
    expect(firstEur?.[2]).toBe(Math.round((first?.[2] ?? 0) * 0.9));
    expect((eur.candles[5]?.[2] ?? 0) / (usd.candles[5]?.[2] ?? 1)).toBeCloseTo(0.9, 6);
    expect(eur.candles[5]?.[5]).toBe(usd.candles[5]?.[5]);
    const [map, inEuros] = await Promise.all([
      answer<LiquidationMap>("/v1/map/BTC"),
      answer<LiquidationMap>("/v1/map/BTC?currency=EUR"),
    ]);
    expect(inEuros.totals.longUsd / map.totals.longUsd).toBeCloseTo(0.9, 4);
    expect((inEuros.cumulative[0]?.longUsd ?? 0) / (map.cumulative[0]?.longUsd ?? 1)).toBeCloseTo(0.9, 4);
  });

  test("another currency is refused with those there are", async () => {
    expect(await refused("/v1/heatmap/BTC?currency=GBP")).toMatchObject({ status: 400, accepted: ["USD", "EUR"] });
  });
});

describe("as of an earlier moment", () => {
  const THEN = DAY0 + 400 * MINUTE_MS;

  test("the heatmap is the one of now up to the last column that had ended, cell by cell", async () => {
    const [now, then] = await Promise.all([heatmap("bucket=0.002"), heatmap(`bucket=0.002&asOf=${THEN + 60_000}`)]);
    expect(then.asOf).toBe(THEN);
    expect(then.columns.at(-1)).toBe(THEN - then.intervalMs);
    const usdAt = (map: Heatmap) =>
      new Map(map.cells.map(([column, level, usd]) => [`${map.columns[column]}|${map.prices[level]}`, usd]));
    const published = usdAt(now);
    const shared = [...usdAt(then)].filter(([key]) => published.has(key));
    expect(shared.length).toBeGreaterThan(1_000);
    for (const [key, usd] of shared) expect([key, usd]).toEqual([key, published.get(key)]);
    expect(then.candles.at(-1)).toEqual(now.candles[now.columns.indexOf(then.columns.at(-1) ?? 0)]);
  });

  test("the map adds up to the heatmap's column of that moment, and its parts to the whole", async () => {
    const map = await answer<LiquidationMap>(`/v1/map/BTC?asOf=${THEN}`);
    const grid = await heatmap(`bucket=0.002&asOf=${THEN}`);
    expect([map.asOf, map.price]).toEqual([grid.asOf, grid.price]);
    const last = grid.columns.length - 1;
    const drawn = grid.cells.filter(([column]) => column === last).reduce((sum, [, , usd]) => sum + usd, 0);
    expect(map.totals.longUsd + map.totals.shortUsd).toBeGreaterThanOrEqual(drawn - 1_000);
    const parts = map.levels.flatMap((level) => Object.values(level.byExchange)).reduce((a, b) => a + b, 0);
    expect(Math.abs(parts / (map.totals.longUsd + map.totals.shortUsd) - 1)).toBeLessThan(0.03);
    expect(map.coverage.exchanges.map(({ id, modelled }) => [id, modelled])).toEqual(THREE.map((id) => [id, true]));
  });

  test.each([
    ["seconds", String(Math.floor(THEN / 1000)), /looks like seconds/],
    ["the future", String(NOW + DAY0), /future/],
    ["no number", "yesterday", /milliseconds/],
    ["before the first column", String(DAY0 - 86_400_000), /no column is stored/],
  ])("%s is refused by name", async (_, asOf, detail) => {
    for (const path of ["/v1/heatmap/BTC", "/v1/map/BTC"]) {
      expect(await refused(`${path}?asOf=${asOf}`)).toMatchObject({
        status: 400,
        parameter: "asOf",
        detail: expect.stringMatching(detail),
      });
    }
  });
});

describe("bars", () => {
  test("minutes are what was observed, oldest first, for each exchange", async () => {
    const { bars } = await answer<Bars>("/v1/bars/BTC?interval=1m&limit=10&exchange=okx");
    const sent = closedMinute("okx", DAY0 + (MINUTES - 2) * MINUTE_MS).observations[0];
    const bar = bars.find((one) => one.startMs === DAY0 + (MINUTES - 2) * MINUTE_MS);
    expect(bar).toMatchObject({ exchange: "okx", volumeBase: 40, close: sent?.kind === "candle" ? sent.close : 0 });
    expect(bars.map((one) => one.startMs)).toEqual(bars.map((one) => one.startMs).sort((a, b) => a - b));
    expect(new Set(bars.map((one) => one.exchange))).toEqual(new Set(["okx"]));
  });

  test("half hours are the sums and extremes of their minutes", async () => {
    const span = `from=${DAY0}&to=${DAY0 + 60 * MINUTE_MS}&exchange=bybit`;
    const { bars } = await answer<Bars>(`/v1/bars/BTC?interval=30m&${span}`);
    const minutes = await answer<Bars>(`/v1/bars/BTC?interval=1m&${span}`);
    expect(bars.map((bar) => bar.startMs)).toEqual([DAY0, DAY0 + 30 * MINUTE_MS]);
    expect(minutes.bars).toHaveLength(60);
    expect(bars[1]).toMatchObject({ close: minutes.bars[59]?.close, volumeBase: 30 * 40 });
  });

  test("more than one answer holds is read page by page, without gap or overlap", async () => {
    let path: string | null = `/v1/bars/BTC?exchange=okx&from=${DAY0}&to=${DAY0 + 60 * MINUTE_MS}&limit=25`;
    const starts: number[] = [];
    const sizes: number[] = [];
    while (path !== null) {
      const response: Response = await request(path);
      const { bars } = (await response.json()) as Bars;
      starts.push(...bars.map(({ startMs }) => startMs));
      sizes.push(bars.length);
      path = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(sizes).toEqual([25, 25, 10]);
    expect(starts).toEqual(Array.from({ length: 60 }, (_, i) => DAY0 + i * MINUTE_MS));
  });

  test("seconds are refused with the milliseconds they probably mean", async () => {
    const problem = await refused(`/v1/bars/BTC?from=${DAY0 / 1_000}`);
    expect(problem).toMatchObject({ status: 400, code: "invalid-parameter", parameter: "from" });
    expect(problem.detail).toContain(`take ${DAY0}`);
  });

  test.each([
    [`from=${NOW + MINUTE_MS}&to=${NOW + 9 * MINUTE_MS}`, "from", "future"],
    [`from=${DAY0 + 9}&to=${DAY0}`, "from", "before to"],
    ["limit=0", "limit", "1 to 1500"],
    ["limit=9999", "limit", "1 to 1500"],
    ["from=yesterday", "from", "milliseconds"],
  ])("%s is refused by name", async (query, parameter, words) => {
    const problem = await refused(`/v1/bars/BTC?${query}`);
    expect(problem).toMatchObject({ status: 400, code: "invalid-parameter", parameter });
    expect(problem.detail).toContain(words);
  });
});

describe("status, symbols and exchanges", () => {
  test("the status shows conservation of every exchange and that nothing waits", async () => {
    const body = await answer<{
      conservation: { ok: boolean; worst: number };
      symbols: { symbol: string; waitingForD1: number; exchanges: { conservationError: number }[] }[];
    }>("/v1/status");
    expect(body.conservation.ok).toBe(true);
    expect(body.conservation.worst).toBeLessThanOrEqual(1e-6);
    expect(body.symbols.map((one) => one.symbol)).toEqual(["BTC", "ETH"]);
    expect(body.symbols[0]).toMatchObject({ waitingForD1: 0, historyProgress: 1 });
    expect(body.symbols[0]?.exchanges).toHaveLength(3);
  });

  test("a symbol that has no data yet is listed without a price, not invented", async () => {
    const { symbols } = await answer<{ symbols: object[] }>("/v1/symbols");
    expect(symbols[0]).toMatchObject({ symbol: "BTC", thin: false, exchanges: THREE });
    expect(symbols[1]).toMatchObject({ symbol: "ETH", price: null, openInterestUsd: null, exchanges: [] });
    const map = await answer<Heatmap>("/v1/heatmap/ETH");
    expect(map).toMatchObject({ price: null, columns: [], cells: [], candles: [] });
  });

  test.each([
    "/v1/heatmap/BTC",
    `/v1/heatmap/BTC?asOf=${NOW - 60 * MINUTE_MS}`,
    "/v1/map/BTC",
    `/v1/map/BTC?asOf=${NOW - 60 * MINUTE_MS}`,
    "/v1/bars/BTC",
    "/v1/liquidations/BTC",
    "/v1/depth/BTC",
  ])("%s says whether its market is thin", async (path) => {
    expect((await answer<Envelope>(path)).coverage).toMatchObject({ thin: false });
  });

  test("each exchange says what it does not offer", async () => {
    const { exchanges } = await answer<{ exchanges: { id: string; name: string; lacks: unknown[] }[] }>(
      "/v1/exchanges",
    );
    expect(exchanges.map((one) => one.id)).toEqual(THREE);
    expect(exchanges.every((one) => one.name !== "" && Array.isArray(one.lacks))).toBe(true);
  });

  test("each exchange shows its feed's budget, refusals and what was not believed", async () => {
    const { exchanges } = await answer<{ exchanges: { feed: object | null }[] }>("/v1/exchanges");
    for (const { feed } of exchanges) {
      expect(feed).toMatchObject({
        skewMs: null,
        budget: { used: 0, windowMs: expect.any(Number) },
        rejects: {},
        quarantined: { count: 0, last: null },
      });
    }
    const { clockSkewMs } = await answer<{ clockSkewMs: object }>("/v1/status");
    expect(Object.keys(clockSkewMs)).toEqual(THREE);
  });
});

describe("a wrong request", () => {
  test.each([
    ["/v1/heatmap/BTC?rnage=24h", "unknown-parameter", "rnage"],
    ["/v1/status?x=1", "unknown-parameter", "x"],
    ["/v1/map/BTC?range=24h", "unknown-parameter", "range"],
    ["/v1/heatmap/BTC?bucket=0.0001", "invalid-parameter", "bucket"],
    ["/v1/heatmap/BTC?range=24h&range=3d", "invalid-parameter", "range"],
    ["/v1/heatmap/BTC?range=2h", "invalid-parameter", "range"],
    ["/v1/heatmap/BTC?exchange=nyse", "invalid-parameter", "exchange"],
    ["/v1/heatmap/BTC?exchange=", "invalid-parameter", "exchange"],
    ["/v1/heatmap/BTC?exchange=hyperliquid", "invalid-parameter", "exchange"],
    ["/v1/heatmap/BTC?leverage=50,7", "invalid-parameter", "leverage"],
    ["/v1/heatmap/BTC?age=2h", "invalid-parameter", "age"],
    ["/v1/heatmap/BTC?side=up", "invalid-parameter", "side"],
    ["/v1/heatmap/BTC?mode=EXPOSED", "invalid-parameter", "mode"],
    ["/v1/heatmap/BTC?delta=2h", "invalid-parameter", "delta"],
    ["/v1/heatmap/BTC?bucket=5", "invalid-parameter", "bucket"],
    ["/v1/heatmap/BTC?range=1y&bucket=0.0005", "invalid-parameter", "bucket"],
    ["/v1/bars/BTC?interval=7m", "invalid-parameter", "interval"],
    ["/v1/heatmap/BTC?side=%F0%9F%8C%8B", "invalid-parameter", "side"],
    ["/v1/heatmap/BTC?%F0%9F%8C%8B=1", "unknown-parameter", "🌋"],
    ["/v1/stream?symbol=BTC&since=-1", "invalid-parameter", "since"],
    ["/v1/stream?symbol=BTC&format=xml", "invalid-parameter", "format"],
    ["/v1/stream", "invalid-parameter", "symbol"],
  ])("%s is refused: %s, %s", async (path, code, parameter) => {
    const problem = await refused(path);
    expect(problem).toMatchObject({ status: 400, code, parameter });
  });

  test("a wrong value comes with those that are accepted", async () => {
    expect((await refused("/v1/heatmap/BTC?side=up")).accepted).toEqual(["both", "long", "short"]);
    expect((await refused("/v1/heatmap/BTC?leverage=7")).accepted).toEqual(["5", "10", "25", "50", "100"]);
    expect((await refused("/v1/heatmap/BTC?exchange=hyperliquid")).accepted).toEqual(THREE);
  });

  test.each(["/v1/heatmap/NOPE", "/v1/map/BTCBTC", "/v1/bars/%E2%82%BF", "/v1/stream?symbol=DOGE"])(
    "%s: an unknown symbol is told with those that are served",
    async (path) => {
      const problem = await refused(path);
      expect(problem).toMatchObject({
        status: 404,
        code: "unknown-symbol",
        parameter: "symbol",
        accepted: ["BTC", "ETH"],
      });
    },
  );

  test.each([
    ["range", "x".repeat(10_000)],
    ["exchange", "okx,".repeat(2_500)],
    ["y".repeat(10_000), "1"],
  ])("a query of ten kilobytes is refused and not repeated back", async (name, value) => {
    const problem = await refused(`/v1/heatmap/BTC?${name}=${value}`);
    expect(problem.status).toBe(400);
    expect(JSON.stringify(problem).length).toBeLessThan(1_500);
  });

  test("other methods are refused on every address of the API", async () => {
    for (const path of ["/v1/heatmap/BTC", "/v1/status", "/v1/stream?symbol=BTC"]) {
      const problem = await refused(path, { method: "POST", body: "{}" });
      expect(problem).toMatchObject({ status: 405, code: "method-not-allowed" });
    }
  });

  test("an address that is none is a 404 that says where the list is", async () => {
    const problem = await refused("/v1/nope");
    expect(problem).toMatchObject({ status: 404, code: "not-found" });
    expect(problem.detail).toContain("/openapi.json");
  });

  test("a stream without an upgrade is told to upgrade", async () => {
    expect(await refused("/v1/stream?symbol=BTC")).toMatchObject({ status: 426, code: "upgrade-required" });
  });
});

describe("openapi.json", () => {
  test("lists every route of the API", async () => {
    const { paths } = await answer<{ paths: Record<string, unknown> }>("/openapi.json");
    const routes = app.routes
      .filter(({ method, path }) => method === "GET" && path.startsWith("/v1/"))
      .map(({ path }) => path.replace(/:(\w+)/g, "{$1}"));
    for (const { method, path } of app.routes.filter((one) => ["POST", "DELETE"].includes(one.method)))
      expect(paths[path.replace(/:(\w+)/g, "{$1}")]).toHaveProperty(method.toLowerCase());
    expect(routes.length).toBeGreaterThan(5);
    for (const path of routes) expect(paths[path]).toHaveProperty("get");
  });
});
