import { describe, expect, test } from "vitest";
import { createBook, drawnBase, rowIndex, sideBase } from "../../../src/shared/model/book.ts";
import { openPositions } from "../../../src/shared/model/entries.ts";
import { CENTER, readCell, tables } from "./constructed-book.ts";

describe("entries", () => {
  const point = { low: CENTER, high: CENTER, bodyLow: CENTER, bodyHigh: CENTER };
  test("the side grows by exactly what was opened; longs lie below, shorts above", () => {
    const book = createBook(CENTER, 0);
    openPositions(book, tables, 0, point, 100, 1, null);
    openPositions(book, tables, 1, point, 100, 1, null);
    for (const side of [0, 1]) {
      expect(sideBase(book, side)).toBeCloseTo(100, 9);
      expect(drawnBase(book, side)).toBeGreaterThan(40);
      expect(drawnBase(book, side)).toBeLessThan(47.01);
    }
    const long = rowIndex(0, 0, 2);
    const short = rowIndex(0, 1, 2);
    expect(book.rowHigh[long]).toBeLessThanOrEqual(CENTER);
    expect(book.rowLow[short]).toBeGreaterThan(CENTER);
  });
  test("an entry lands at its distance with the kernel's share", () => {
    const book = createBook(CENTER, 0);
    openPositions(book, tables, 0, point, 100, 1, null);
    const kernel = tables.kernels[0]![3]!;
    for (const j of [kernel.first, kernel.first + 20, kernel.first + kernel.shares.length - 1]) {
      const share = kernel.shares[j - kernel.first]!;
      expect(readCell(book, rowIndex(0, 0, 3), CENTER - j)).toBeCloseTo(100 * 0.04 * share, 6);
    }
  });
  test("half the entries lie evenly over the range, half over the body", () => {
    const book = createBook(CENTER, 0);
    const kernel = tables.kernels[1]![4]!;
    openPositions(
      book,
      tables,
      1,
      { low: CENTER - 2, high: CENTER + 1, bodyLow: CENTER, bodyHigh: CENTER + 1 },
      100,
      1,
      null,
    );
    const b = CENTER + kernel.first + 6;
    let expected = 0;
    for (const [e, density] of [
      [-2, 1 / 8],
      [-1, 1 / 8],
      [0, 3 / 8],
      [1, 3 / 8],
    ] as const)
      expected += 100 * 0.03 * density * (kernel.shares[b - (CENTER + e) - kernel.first] ?? 0);
    expect(readCell(book, rowIndex(0, 1, 4), b)).toBeCloseTo(expected, 6);
  });
  test("a bar wider than every window loses nothing", () => {
    const book = createBook(CENTER, 0);
    const wide = { low: CENTER - 1_900, high: CENTER + 10, bodyLow: CENTER - 1_800, bodyHigh: CENTER };
    for (const side of [0, 1]) {
      openPositions(book, tables, side, wide, 100, 1, null);
      expect(sideBase(book, side)).toBeCloseTo(100, 9);
      expect(book.reservoirBase[side]).toBeGreaterThanOrEqual(53);
    }
  });
});
