import { describe, expect, test } from "vitest";
import { ALL } from "../../../src/shared/market/filter.ts";
import { encodeLayerColumn } from "../../../src/shared/tile/layer-column.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { axisOver, levelPrices, levelsOfFine, levelsOfParts, pushCells } from "../../../workers/api/heatmap/grid.ts";
import { planOf, type Range } from "../../../workers/api/heatmap/ranges.ts";

describe("columns of a range", () => {
  test.each([
    ["12h", 5 * MINUTE_MS],
    ["24h", 5 * MINUTE_MS],
    ["3d", 15 * MINUTE_MS],
    ["7d", 30 * MINUTE_MS],
    ["14d", 2 * HOUR_MS],
    ["30d", 2 * HOUR_MS],
    ["90d", 6 * HOUR_MS],
    ["180d", 12 * HOUR_MS],
    ["1y", DAY_MS],
  ] as [Range, number][])("%s has columns of %i ms", (range, intervalMs) => {
    expect(planOf(range, ALL).intervalMs).toBe(intervalMs);
  });

  test("a change is measured from columns of the same width where they fit the period, else of half an hour", () => {
    expect(planOf("24h", { ...ALL, delta: "1h" })).toMatchObject({
      deltaMs: HOUR_MS,
      baselineIntervalMs: 5 * MINUTE_MS,
    });
    expect(planOf("30d", { ...ALL, delta: "1h" }).baselineIntervalMs).toBe(30 * MINUTE_MS);
    expect(planOf("30d", { ...ALL, delta: "24h" }).baselineIntervalMs).toBe(2 * HOUR_MS);
  });
});

describe("price levels", () => {
  test("cover the span and its margin, and equal heights have equal edges whatever the span", () => {
    const [one, other] = [axisOver(60_000, 61_000, 0.05, 4), axisOver(59_123, 62_345, 0.08, 4)];
    const prices = levelPrices(one);
    expect(prices[0]).toBeLessThanOrEqual(57_000);
    expect(prices.at(-1)).toBeGreaterThan(64_000 * (1 - 0.002));
    const wider = new Set(levelPrices(other));
    expect(prices.every((price) => wider.has(price))).toBe(true);
  });

  test("parts of a column add up, the chosen side and share only, and what lies outside is left out", () => {
    const axis = { firstBucket: 100, bucketsPerLevel: 2, levels: 2 };
    const part = encodeLayerColumn(0, 99, Float64Array.of(64, 64, 64, 64, 64, 64), Float64Array.of(0, 32));
    const whole = { column: part, factor: 1 };
    expect([...levelsOfParts([whole, whole], axis, "both", 1)].map(Math.round)).toEqual([320, 256]);
    expect([...levelsOfParts([whole], axis, "short", 0.5)].map(Math.round)).toEqual([16, 0]);
    const tripled = levelsOfParts([{ column: part, factor: 3 }], axis, "short", 0.5);
    expect([...tripled].map(Math.round)).toEqual([48, 0]);
    expect([...levelsOfFine(101, [Float64Array.of(1, 2, 4, 8)], axis)]).toEqual([1, 6]);
  });

  test("only levels of at least half a dollar become cells, with their sign", () => {
    const cells: [number, number, number][] = [];
    pushCells(cells, 7, Float64Array.of(0.4, 1.6, 0, -3));
    expect(cells).toEqual([
      [7, 1, 2],
      [7, 3, -3],
    ]);
  });
});
