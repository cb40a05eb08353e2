import { describe, expect, test } from "vitest";
import {
  appendSlot,
  buildGrid,
  cellUsd,
  type GridSource,
  priceOfRow,
  putColumn,
  rowOfPrice,
  sideOfCell,
  slotOfTime,
  timeOfSlot,
} from "../../../src/shared/display/grid.ts";

const MINUTE = 60_000;

function source(change: Partial<GridSource> = {}): GridSource {
  return {
    intervalMs: 5 * MINUTE,
    firstBucket: 22_900,
    bucketsPerLevel: 4,
    // the column at 10 min is missing
    columns: [0, 5 * MINUTE, 15 * MINUTE],
    rows: 10,
    cells: [
      [0, 3, 100],
      [2, 9, 7],
    ],
    candles: [
      [0, 1, 2, 0.5, 1.5, 9],
      [15 * MINUTE, 1.5, 3, 1, 2, 9],
    ],
    signed: false,
    ...change,
  };
}

function build(change: Partial<GridSource> = {}) {
  const grid = buildGrid(source(change));
  if (grid === null) throw new Error("the grid was empty");
  return grid;
}

describe("buildGrid", () => {
  test("places columns at their times and leaves a gap where one is missing", () => {
    const grid = build();
    expect(grid.slots).toBe(4);
    expect([...grid.present.subarray(0, 4)]).toEqual([1, 1, 0, 1]);
    expect(cellUsd(grid, 0, 3)).toBe(100);
    expect(cellUsd(grid, 3, 9)).toBe(7);
    expect(cellUsd(grid, 2, 9)).toBe(0);
    expect(grid.candles[2]).toBeNull();
    expect(grid.candles[3]).toEqual({ open: 1.5, high: 3, low: 1, close: 2 });
  });

  test("returns null without columns or without levels", () => {
    expect(buildGrid(source({ columns: [] }))).toBeNull();
    expect(buildGrid(source({ rows: 0 }))).toBeNull();
  });

  test("ignores cells outside the columns and levels", () => {
    const grid = build({
      cells: [
        [9, 0, 5],
        [0, 99, 5],
        [0, -1, 5],
      ],
    });
    expect(grid.usd.some((usd) => usd !== 0)).toBe(false);
  });
});

describe("axes", () => {
  test("every lower bound lies in its own row", () => {
    const grid = build();
    for (let row = 0; row < grid.rows; row++) expect(rowOfPrice(grid, priceOfRow(grid, row))).toBe(row);
  });

  test("prices outside the map are −1 below and `rows` above", () => {
    const grid = build();
    expect(rowOfPrice(grid, priceOfRow(grid, 0) * 0.9)).toBe(-1);
    expect(rowOfPrice(grid, priceOfRow(grid, grid.rows))).toBe(grid.rows);
    expect(rowOfPrice(grid, priceOfRow(grid, grid.rows) * 2)).toBe(grid.rows);
  });

  test("slot and time are inverse", () => {
    const grid = build();
    for (let slot = 0; slot < grid.slots; slot++) expect(slotOfTime(grid, timeOfSlot(grid, slot))).toBe(slot);
  });
});

describe("live columns", () => {
  test("appends until the spare slots are used up", () => {
    const grid = build();
    let appended = 0;
    while (appendSlot(grid) >= 0) appended += 1;
    expect(appended).toBe(grid.capacity - 4);
    expect(appendSlot(grid)).toBe(-1);
  });

  test("a written column replaces the one before", () => {
    const grid = build();
    putColumn(grid, 0, new Float32Array(10).fill(2));
    expect(cellUsd(grid, 0, 3)).toBe(2);
    expect(cellUsd(grid, 1, 3)).toBe(0);
  });
});

test("sideOfCell: longs below the close of their column, shorts above, unknown without a candle", () => {
  const close = Math.exp(22_920 * 0.0005);
  const grid = build({ candles: [[0, close, close, close, close, 1]] });
  expect(sideOfCell(grid, 0, 0)).toBe("long");
  expect(sideOfCell(grid, 0, 9)).toBe("short");
  expect(sideOfCell(grid, 1, 0)).toBeNull();
});
