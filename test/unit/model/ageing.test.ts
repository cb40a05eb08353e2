import { describe, expect, test } from "vitest";
import { age, SLOT_MINUTES } from "../../../src/shared/model/ageing.ts";
import { createBook, drawnBase, recentre, rowIndex, sideBase } from "../../../src/shared/model/book.ts";
import { chargeFunding } from "../../../src/shared/model/funding.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { CENTER, put, readCell, tables } from "./constructed-book.ts";

describe("ageing", () => {
  test("views end at exactly 1 hour, 24 hours and 7 days", () => {
    const until = (slots: number) => SLOT_MINUTES.slice(0, slots).reduce((a, b) => a + b, 0);
    expect([until(2), until(6), until(10)]).toEqual([60, 1_440, 10_080]);
  });
  test("a full slot is poured whole", () => {
    const book = createBook(CENTER, 0);
    put(book, 0, 0, 3, CENTER - 40, 1);
    age(book, tables, DEFAULT_PARAMS, 29, null);
    expect(book.rowSum[rowIndex(0, 0, 3)]).toBeCloseTo(1, 7);
    age(book, tables, DEFAULT_PARAMS, 1, null);
    expect(book.rowSum[rowIndex(0, 0, 3)]).toBe(0);
    expect(book.rowSum[rowIndex(1, 0, 3)]).toBeCloseTo(1, 7);
  });
  test("a slot's share moves away from the price in quarters of an hour, and nothing is lost", () => {
    for (const [slot, quarters] of [
      [0, 2],
      [2, 23],
      [6, 144],
    ] as const) {
      const book = createBook(CENTER, 0);
      put(book, slot, 0, 3, CENTER - 40, 1);
      put(book, slot, 1, 3, CENTER + 40, 1);
      const [down, up] = [tables.topUpShift[0]![3]!, tables.topUpShift[1]![3]!];
      age(book, tables, DEFAULT_PARAMS, 14, null);
      expect(readCell(book, rowIndex(slot, 0, 3), CENTER - 40)).toBe(1);
      age(book, tables, DEFAULT_PARAMS, 1, null);
      const quarter = 1 - 0.88 ** (1 / quarters);
      expect(readCell(book, rowIndex(slot, 0, 3), CENTER - 40)).toBeCloseTo(1 - quarter, 6);
      expect(readCell(book, rowIndex(slot, 0, 3), CENTER - 40 - down)).toBeCloseTo(quarter, 6);
      for (let q = 1; q < quarters; q++) age(book, tables, DEFAULT_PARAMS, 15, null);
      expect(readCell(book, rowIndex(slot + 1, 0, 3), CENTER - 40)).toBeCloseTo(0.88, 5);
      expect(readCell(book, rowIndex(slot + 1, 1, 3), CENTER + 40)).toBeCloseTo(0.88, 5);
      expect(readCell(book, rowIndex(slot + 1, 1, 3), CENTER + 40 + up)).toBeGreaterThan(0.1);
      for (const side of [0, 1]) expect(sideBase(book, side)).toBeCloseTo(1, 6);
    }
  });
  test("size moves one slot at a time, and a long silence ages everything to the end", () => {
    const book = createBook(CENTER, 0);
    for (let slot = 0; slot < 10; slot++) put(book, slot, 0, 4, CENTER - 30, 1);
    age(book, tables, DEFAULT_PARAMS, 30, null);
    expect(book.rowSum[rowIndex(1, 0, 4)]).toBeCloseTo(1, 6);
    expect(book.rowSum[rowIndex(2, 0, 4)]).toBeCloseTo(2, 6);
    age(book, tables, DEFAULT_PARAMS, 10_080, null);
    let young = 0;
    for (let slot = 0; slot < 10; slot++) young += book.rowSum[rowIndex(slot, 0, 4)]!;
    expect(young).toBe(0);
    expect(sideBase(book, 0)).toBeCloseTo(10, 6);
  });
  test("the same minutes in other strides end in the same slots", () => {
    const run = (stride: number) => {
      const book = createBook(CENTER, 0);
      put(book, 0, 0, 0, CENTER - 500, 1);
      for (let t = 0; t < 420; t += stride) age(book, tables, DEFAULT_PARAMS, stride, null);
      return Array.from({ length: 11 }, (_, slot) => book.rowSum[rowIndex(slot, 0, 0)]);
    };
    expect(run(1)).toEqual(run(5));
    expect(run(420)).toEqual(run(5));
  });
});

describe("windows and funding", () => {
  test("a small move changes nothing, a large one keeps what still fits", () => {
    const book = createBook(CENTER, 0);
    put(book, 0, 0, 4, CENTER - 250, 1);
    put(book, 0, 0, 4, CENTER - 10, 2);
    put(book, 0, 0, 0, CENTER - 250, 4);
    recentre(book, CENTER + 63);
    expect(book.center).toBe(CENTER);
    recentre(book, CENTER + 64);
    expect(book.center).toBe(CENTER + 64);
    expect(readCell(book, rowIndex(0, 0, 4), CENTER - 10)).toBe(2);
    expect(readCell(book, rowIndex(0, 0, 0), CENTER - 250)).toBe(4);
    expect(book.reservoirBase[0]).toBe(1);
    recentre(book, CENTER + 100_000);
    expect(drawnBase(book, 0)).toBe(0);
    expect(book.reservoirBase[0]).toBe(7);
  });
  test("a whole bucket of funding lifts both sides; less is carried", () => {
    const book = createBook(CENTER, 0);
    put(book, 0, 0, 4, CENTER - 10, 1);
    put(book, 3, 1, 4, CENTER + 255, 1);
    chargeFunding(book, 0.0003, null);
    expect(readCell(book, rowIndex(0, 0, 4), CENTER - 10)).toBe(1);
    chargeFunding(book, 0.0003, null);
    expect(readCell(book, rowIndex(0, 0, 4), CENTER - 9)).toBe(1);
    expect(book.reservoirBase[1]).toBe(1);
    expect(book.fundingCarry).toBeCloseTo(0.0001, 12);
    chargeFunding(book, -0.0007, null);
    expect(readCell(book, rowIndex(0, 0, 4), CENTER - 10)).toBe(1);
    chargeFunding(book, 3, null);
    expect(book.fundingCarry).toBeCloseTo(-0.0001, 12);
  });
});
