// The heatmap over nine hours of a constructed market: its grid, and filters that add up.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { type Heatmap, heatmap, type LiquidationMap, refused } from "./answers.ts";
import { answer, MINUTES, startMarket, THREE } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

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
