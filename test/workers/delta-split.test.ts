// Changes over time, split into what opened, closed, was swept and moved, on a market of nine hours and seventeen minutes.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { DAY0 } from "../support/batches.ts";
import type { Heatmap, LiquidationMap } from "./answers.ts";
import { answer, endOf, startMarketOf, THREE } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

const MINUTES = 557;
const at = (minutes: number) => DAY0 + minutes * MINUTE_MS;
const KINDS = ["opened", "closed", "swept", "moved"] as const;
const SIDES = ["longUsd", "shortUsd"] as const;

type Amounts = Record<(typeof SIDES)[number], number>;
interface Reach {
  fromPrice: number | null;
  toPrice: number | null;
}
interface MapSplit {
  fromMs: number;
  long: Reach;
  short: Reach;
  levels: ({ price: number } & Record<(typeof KINDS)[number], Amounts>)[];
}
type SplitMap = LiquidationMap & { deltaSplit: MapSplit | null; deltaSplitReason: string | null };
type SplitColumn = { column: number; fromMs: number; firstLevel: number } & Record<(typeof KINDS)[number], number[]>;
type SplitHeatmap = Heatmap & { deltaSplit: { columns: SplitColumn[] } | null; deltaSplitReason: string | null };

const mapOf = (query: string) => answer<SplitMap>(`/v1/map/BTC?${query}`);
const heatmapOf = (query: string) => answer<SplitHeatmap>(`/v1/heatmap/BTC?${query}`);

const isIn = ({ fromPrice, toPrice }: Reach, price: number) =>
  (fromPrice === null || price >= fromPrice) && (toPrice === null || price < toPrice);

beforeAll(async () => {
  await startMarketOf({ minutes: MINUTES, venues: THREE });
  const rate = { currency: "EUR", value: 0.9, source: "test EURUSDT", at: endOf(MINUTES) - 30_000 };
  await env.TILES.put("rate/EUR", JSON.stringify(rate));
}, 60_000);

describe("the map's change", () => {
  test.each([
    "delta=1h",
    "delta=4h&bucket=0.0005",
    "delta=1h&exchange=okx&bucket=0.003",
    "delta=4h&mode=expected",
    "delta=1h&side=short",
    "delta=1h&currency=EUR",
  ])("%s is, to the last digit, opened − closed − swept + moved of every level and side", async (query) => {
    const map = await mapOf(query);
    expect(map.deltaSplitReason).toBeNull();
    const split = map.deltaSplit!;
    const levels = new Map(split.levels.map((level) => [level.price, level]));
    let checked = 0;
    for (const level of map.levels) {
      for (const [side, reach] of [
        ["longUsd", split.long],
        ["shortUsd", split.short],
      ] as const) {
        if (!isIn(reach, level.price)) continue;
        const own = levels.get(level.price);
        const of = (kind: (typeof KINDS)[number]) => own?.[kind][side] ?? 0;
        expect([level.price, level[side]]).toEqual([
          level.price,
          of("opened") - of("closed") - of("swept") + of("moved"),
        ]);
        if (level[side] !== 0) checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(50);
    // levels whose change is nothing are left out of the map, not out of the split
    const told = new Map(map.levels.map((level) => [level.price, level]));
    for (const { price, opened, closed, swept, moved } of split.levels) {
      if (told.has(price)) continue;
      for (const side of SIDES) expect(opened[side] - closed[side] - swept[side] + moved[side]).toBe(0);
    }
    for (const kind of ["opened", "closed", "swept"] as const) {
      expect(split.levels.every((level) => level[kind].longUsd >= 0 && level[kind].shortUsd >= 0)).toBe(true);
      expect(split.levels.reduce((sum, level) => sum + level[kind].shortUsd, 0)).toBeGreaterThan(0);
    }
    expect(split.levels.some(({ moved }) => moved.shortUsd > 0)).toBe(true);
    expect(split.levels.some(({ moved }) => moved.shortUsd < 0)).toBe(true);
  });

  test("each exchange's part is its own split: the parts add up to the level", async () => {
    const change = await mapOf("delta=1h&bucket=0.002");
    let checked = 0;
    for (const { price, longUsd, shortUsd, byExchange } of change.levels) {
      if (!isIn(change.deltaSplit!.long, price) || !isIn(change.deltaSplit!.short, price)) continue;
      const sum = Object.values(byExchange).reduce((all, usd) => all + usd, 0);
      // whole amounts of four kinds, two sides and three exchanges
      expect(Math.abs(sum - longUsd - shortUsd)).toBeLessThanOrEqual(12);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(50);
  });

  test("begins with a half hour and ends now: what it adds up to is what the standing maps differ by", async () => {
    const [change, now, then] = await Promise.all([
      mapOf("delta=1h&bucket=0.002"),
      mapOf("bucket=0.002"),
      mapOf(`bucket=0.002&asOf=${at(480)}`),
    ]);
    const split = change.deltaSplit!;
    expect(split.fromMs).toBe(at(480));
    expect(then.asOf).toBe(at(480));
    const changes = new Map(change.levels.map((level) => [level.price, level]));
    const before = new Map(then.levels.map((level) => [level.price, level]));
    let off = 0;
    let size = 0;
    let moved = 0;
    for (const level of now.levels) {
      if (!isIn(split.long, level.price)) continue;
      const was = before.get(level.price)?.longUsd ?? 0;
      const told = changes.get(level.price)?.longUsd ?? 0;
      // stored sizes are off by 2.2 %, and so is each amount that was stored
      expect(Math.abs(told - (level.longUsd - was))).toBeLessThan(0.035 * (level.longUsd + was) + 20_000);
      off += Math.abs(told - (level.longUsd - was));
      size += level.longUsd;
      moved += Math.abs(told);
    }
    expect(moved / size).toBeGreaterThan(0.03);
    expect(off / size).toBeLessThan(0.01);
  });

  test("is split more than 30 % far from the price on either side, and all the way to it", async () => {
    const { deltaSplit, price } = await mapOf("delta=4h");
    expect(deltaSplit!.long).toMatchObject({ fromPrice: expect.any(Number), toPrice: null });
    expect(deltaSplit!.short).toMatchObject({ fromPrice: null, toPrice: expect.any(Number) });
    expect(deltaSplit!.long.fromPrice! / price).toBeLessThan(0.7);
    expect(deltaSplit!.short.toPrice! / price).toBeGreaterThan(1.4);
  });

  test("of one side has nothing of the other", async () => {
    const [both, long] = await Promise.all([mapOf("delta=1h"), mapOf("delta=1h&side=long")]);
    const side = (map: SplitMap, name: "longUsd" | "shortUsd") =>
      map.deltaSplit!.levels.filter(({ opened }) => opened[name] > 0).map(({ price, opened }) => [price, opened[name]]);
    expect(side(long, "longUsd")).toEqual(side(both, "longUsd"));
    expect(side(long, "shortUsd")).toEqual([]);
  });

  test("of all exchanges is the sum of theirs", async () => {
    const total = ({ deltaSplit }: SplitMap) =>
      KINDS.map((kind) => deltaSplit!.levels.reduce((sum, level) => sum + level[kind].longUsd, 0));
    const all = total(await mapOf("delta=1h"));
    const each = (await Promise.all(THREE.map((id) => mapOf(`delta=1h&exchange=${id}`)))).map(total);
    for (const [i, whole] of all.entries()) {
      expect(Math.abs(each.reduce((sum, one) => sum + (one[i] ?? 0), 0) - whole)).toBeLessThan(1_000);
    }
  });

  test.each([
    ["delta=1h&leverage=50", "the split is kept per exchange and side, not per leverage or age"],
    ["delta=1h&age=24h", "the split is kept per exchange and side, not per leverage or age"],
    ["delta=1h&weights=50:0.1", "the split is kept per exchange and side, not per leverage or age"],
    ["delta=24h", "the split reaches back to 2026-01-01T00:30Z"],
    ["", null],
  ])("%s has none: %s", async (query, reason) => {
    expect(await mapOf(query)).toMatchObject({ deltaSplit: null, deltaSplitReason: reason });
  });
});

describe("a heatmap's changes", () => {
  const cellsOf = (map: Heatmap) => new Map(map.cells.map(([column, level, usd]) => [`${column}|${level}`, usd]));

  test.each([
    ["range=12h&delta=1h", 5],
    ["range=24h&delta=4h&exchange=okx,bybit", 5],
    ["range=12h&delta=1h&side=long&mode=expected&bucket=0.002", 5],
    ["range=7d&delta=1h&currency=EUR", 30],
    [`range=12h&delta=1h&asOf=${at(400)}`, 5],
  ])("%s: in columns that end with a half hour a cell is opened − closed − swept + moved", async (query, minutes) => {
    const map = await heatmapOf(query);
    expect(map.intervalMs).toBe(minutes * MINUTE_MS);
    expect(map.deltaSplitReason).toBeNull();
    const deltaMs = (query.includes("delta=4h") ? 240 : 60) * MINUTE_MS;
    const closedTo = query.includes("asOf") ? at(390) : at(540);
    const ends = map.deltaSplit!.columns.map(({ column }) => (map.columns[column] ?? 0) + map.intervalMs);
    const wanted: number[] = [];
    for (let end = at(30) + deltaMs; end <= closedTo; end += 30 * MINUTE_MS) wanted.push(end);
    expect(ends).toEqual(wanted);
    const cells = cellsOf(map);
    let checked = 0;
    for (const { column, fromMs, firstLevel, opened, closed, swept, moved } of map.deltaSplit!.columns) {
      expect(fromMs).toBe((map.columns[column] ?? 0) + map.intervalMs - deltaMs);
      for (const [i, size] of opened.entries()) {
        const change = size - (closed[i] ?? 0) - (swept[i] ?? 0) + (moved[i] ?? 0);
        expect(cells.get(`${column}|${firstLevel + i}`) ?? 0).toBe(change);
        if (change !== 0) checked += 1;
      }
      // every level of this market's axis is near enough
      expect([firstLevel, opened.length]).toEqual([0, map.prices.length]);
    }
    expect(checked).toBeGreaterThan(500);
  });

  test("are close to what the standing cells differ by", async () => {
    const [whole, change] = await Promise.all([heatmapOf("range=12h"), heatmapOf("range=12h&delta=1h")]);
    const standing = cellsOf(whole);
    const changes = cellsOf(change);
    let off = 0;
    let size = 0;
    for (const { column } of change.deltaSplit!.columns) {
      for (const level of change.prices.keys()) {
        const is = standing.get(`${column}|${level}`) ?? 0;
        const was = standing.get(`${column - 12}|${level}`) ?? 0;
        const told = changes.get(`${column}|${level}`) ?? 0;
        expect(Math.abs(told - (is - was))).toBeLessThan(0.05 * (is + was) + 20_000);
        off += Math.abs(told - (is - was));
        size += is;
      }
    }
    // both ends of the difference are stored to 2.2 %
    expect(off / size).toBeLessThan(0.02);
  });

  test("of the column that ends with the half hour are the sums of the map's kinds up to there", async () => {
    const map = await heatmapOf("range=12h&delta=4h&bucket=0.002");
    const last = map.deltaSplit!.columns.at(-1)!;
    const hub = await env.SYMBOL_HUB.getByName("BTC").flows({
      filter: { venues: null, tiers: null, age: "all", side: "both", mode: "exposed", delta: "4h" },
      deltaMs: 240 * MINUTE_MS,
      columns: [{ endMs: at(540), venues: THREE }],
      axis: { firstBucket: map.firstBucket, bucketsPerLevel: 4, levels: map.prices.length },
    });
    const { opened, closed, swept, moved } = hub.columns[0]!.flows;
    const whole = [opened, closed, swept, moved].map((usd) => Array.from(usd, Math.round));
    expect(whole.map((usd) => usd.map((x) => x + 0))).toEqual([last.opened, last.closed, last.swept, last.moved]);
  });

  test.each([
    ["delta=1h&leverage=50", "the split is kept per exchange and side, not per leverage or age"],
    ["delta=1h&exchange=okx&age=1h", "the split is kept per exchange and side, not per leverage or age"],
    ["", null],
  ])("%s have none: %s", async (query, reason) => {
    expect(await heatmapOf(query)).toMatchObject({ deltaSplit: null, deltaSplitReason: reason });
  });

  test("have none while the hub is away, and say so", async () => {
    const hub = new Proxy({}, { get: () => () => Promise.reject(new Error("unreachable")) });
    const away = {
      ...env,
      SYMBOL_HUB: new Proxy(env.SYMBOL_HUB, {
        get: (target, name) => (name === "getByName" ? () => hub : Reflect.get(target, name)),
      }),
    };
    const response = await app.request("/v1/heatmap/BTC?range=12h&delta=1h&side=short", {}, away);
    expect(response.status).toBe(200);
    const map = (await response.json()) as SplitHeatmap & { stale?: boolean };
    expect(map.cells.length).toBeGreaterThan(500);
    expect(map).toMatchObject({
      stale: true,
      deltaSplit: null,
      deltaSplitReason: "the hub of this symbol cannot be reached",
    });
  });
});
