import { describe, expect, test } from "vitest";
import { canBeHollow, candleBox } from "../../../src/dashboard/chart/candle-geometry.ts";
import { stripBars } from "../../../src/dashboard/grid/bands.ts";
import { moveCursor } from "../../../src/dashboard/grid/cursor.ts";
import { largestLevels, largestPeaks, type MapLevel, usdBetween } from "../../../src/dashboard/grid/levels.ts";
import { buildGrid, priceOfRow } from "../../../src/shared/display/grid.ts";
import { priceRange } from "../../../src/shared/display/reach.ts";

function level(price: number, longUsd: number, shortUsd: number): MapLevel {
  return { price, longUsd, shortUsd, byLeverage: {}, byExchange: {} };
}

describe("largestLevels", () => {
  test("ranks sides apart by magnitude and leaves zeros out", () => {
    const ranked = largestLevels([level(90, 5, 0), level(110, 0, 7), level(100, 1, -9)], 100, 3);
    expect(ranked.map(({ side, price, usd }) => [side, price, usd])).toEqual([
      ["short", 100, -9],
      ["short", 110, 7],
      ["long", 90, 5],
    ]);
    expect(ranked[1]?.distance).toBeCloseTo(0.1);
  });
});

test("largestPeaks takes one level of a hump, each side apart", () => {
  const hump = [level(100, 4, 0), level(100.4, 6, 3), level(100.9, 5, 0), level(101.5, 2, 0), level(99, 1, 0)];
  const peaks = largestPeaks(hump, 105, 10).map(({ side, price, usd }) => [side, price, usd]);
  expect(peaks).toEqual([
    ["long", 100.4, 6],
    ["short", 100.4, 3],
    ["long", 101.5, 2],
    ["long", 99, 1],
  ]);
  expect(largestPeaks(hump, 105, 2)).toHaveLength(2);
});

test("usdBetween adds longs on the way down and shorts on the way up", () => {
  const levels = [level(80, 1, 0), level(90, 2, 0), level(110, 0, 4), level(120, 0, 8)];
  expect(usdBetween(levels, 100, 85)).toBe(2);
  expect(usdBetween(levels, 100, 80)).toBe(3);
  expect(usdBetween(levels, 100, 120)).toBe(12);
  expect(usdBetween(levels, 100, 100)).toBe(0);
});

describe("stripBars", () => {
  test("levels thicker than a band get a bar that stands on their price", () => {
    const bars = stripBars([level(10, 5, 0), level(20, 0, 3)], 400, (price) => 300 - 10 * price);
    expect(bars).toEqual([
      { side: "long", usd: 5, y: 180, thickness: 20 },
      { side: "short", usd: 3, y: 80, thickness: 20 },
    ]);
  });

  test("thin levels add up per band, and levels out of the plot are left out", () => {
    const bars = stripBars([level(1, 5, 0), level(2, 6, 0), level(999, 7, 0)], 400, (price) => 300.5 + 0.5 * price);
    expect(bars.reduce((sum, { usd }) => sum + usd, 0)).toBe(11);
    expect(bars).toHaveLength(1);
  });
});

describe("moveCursor", () => {
  test.each([
    ["ArrowLeft", { slot: 4, row: 5 }],
    ["ArrowUp", { slot: 5, row: 6 }],
    ["PageUp", { slot: 5, row: 9 }],
    ["PageDown", { slot: 5, row: 0 }],
    ["Home", { slot: 0, row: 5 }],
    ["End", { slot: 7, row: 5 }],
  ])("%s", (key, expected) => expect(moveCursor({ slot: 5, row: 5 }, key, 8, 10)).toEqual(expected));

  test("other keys do nothing", () => expect(moveCursor({ slot: 5, row: 5 }, "a", 8, 10)).toBeNull());
});

describe("priceRange", () => {
  const grid = buildGrid({
    intervalMs: 1,
    firstBucket: 0,
    bucketsPerLevel: 20,
    columns: [0],
    rows: 40,
    cells: [
      [0, 12, 10],
      [0, 2, 1],
      [0, 25, 10],
      [0, 39, 1],
    ],
    candles: [],
    signed: false,
  });
  if (grid === null) throw new Error("the grid was empty");
  const price = priceOfRow(grid, 20);

  test("auto keeps most of each side's size and drops what is far", () => {
    const { low, high } = priceRange(grid, price, "auto");
    expect(low).toBeCloseTo(priceOfRow(grid, 12));
    expect(high).toBeCloseTo(priceOfRow(grid, 26));
  });

  test("a fixed window is symmetric in ratio, all is the whole map", () => {
    const fixed = priceRange(grid, price, "5");
    expect(fixed.high / price).toBeCloseTo(price / fixed.low);
    expect(priceRange(grid, price, "all").high).toBeCloseTo(priceOfRow(grid, 40));
  });
});

describe("candleBox", () => {
  const y = { open: 20, high: 5, low: 40, close: 10 };

  test("is made of whole pixels with the wick inside the body", () => {
    for (const spacing of [0.5, 1.7, 4, 12.3]) {
      for (const ratio of [1, 1.5, 2, 3]) {
        const box = candleBox(33.3, y, spacing, ratio, ratio);
        for (const value of Object.values(box)) expect(Number.isInteger(value)).toBe(true);
        expect(box.wickLeft).toBeGreaterThanOrEqual(box.bodyLeft);
        expect(box.wickLeft + box.wickWidth).toBeLessThanOrEqual(box.bodyLeft + box.bodyWidth);
        expect(box.highY).toBeLessThanOrEqual(box.bodyTop);
        expect(box.lowY).toBeGreaterThanOrEqual(box.bodyTop);
      }
    }
  });

  test("narrow bodies are never drawn hollow", () => {
    expect(canBeHollow(candleBox(10, y, 1, 1, 1))).toBe(false);
    expect(canBeHollow(candleBox(10, y, 12, 1, 1))).toBe(true);
  });
});
