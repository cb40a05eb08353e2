import { describe, expect, test } from "vitest";
import { createBook, drawnBase, rowIndex, sideBase } from "../../../src/shared/model/book.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { settle } from "../../../src/shared/model/settlement.ts";
import { CENTER, PRICE, put, readCell, tables } from "./constructed-book.ts";

describe("settlement", () => {
  const at = (openInterestBase: number) => ({ close: PRICE, openInterestBase, endTime: 0, intervalMs: 300_000 });
  test("openings that were not seen are not drawn", () => {
    const book = createBook(CENTER, 10);
    put(book, 0, 0, 4, CENTER - 10, 5);
    settle(book, tables, DEFAULT_PARAMS, at(40));
    expect(Array.from(book.reservoirBase)).toEqual([35, 40]);
    expect(drawnBase(book, 0)).toBe(5);
  });
  test("closing takes young before old, high before low leverage, winners before losers", () => {
    const book = createBook(CENTER, 50);
    put(book, 0, 0, 2, CENTER - 200, 1);
    put(book, 0, 0, 2, CENTER - 5, 1);
    put(book, 10, 0, 2, CENTER - 200, 1);
    put(book, 0, 0, 0, CENTER - 900, 1);
    const left = () => [
      readCell(book, rowIndex(0, 0, 2), CENTER - 200),
      readCell(book, rowIndex(0, 0, 2), CENTER - 5),
      readCell(book, rowIndex(10, 0, 2), CENTER - 200),
      readCell(book, rowIndex(0, 0, 0), CENTER - 900),
    ];
    settle(book, tables, DEFAULT_PARAMS, at(50));
    const [winner, loser, old, low] = left() as [number, number, number, number];
    expect(winner).toBeLessThan(loser);
    expect(winner).toBeLessThan(low);
    expect(loser).toBeLessThan(old);
    // one hazard step: need 4 of 0.25·50 + 3·1.4·2 + 0.15·1.4 + 3·1
    const step = 4 / (12.5 + 8.4 + 0.21 + 3);
    expect(winner).toBeCloseTo(Math.exp(-step * 4.2 * 1.25), 6);
    expect(loser).toBeCloseTo(Math.exp(-step * 4.2 * 0.75), 6);
    expect(sideBase(book, 0)).toBeCloseTo(50, 12);
    expect(sideBase(book, 1)).toBeCloseTo(50, 12);
  });
  test("shorts far above the price are the winners", () => {
    const book = createBook(CENTER, 50);
    put(book, 0, 1, 2, CENTER + 200, 1);
    put(book, 0, 1, 2, CENTER + 5, 1);
    settle(book, tables, DEFAULT_PARAMS, at(50));
    expect(readCell(book, rowIndex(0, 1, 2), CENTER + 200)).toBeLessThan(readCell(book, rowIndex(0, 1, 2), CENTER + 5));
  });
  test("open interest may vanish and return", () => {
    const book = createBook(CENTER, 50);
    put(book, 0, 0, 2, CENTER - 200, 10);
    settle(book, tables, DEFAULT_PARAMS, at(0));
    expect([sideBase(book, 0), sideBase(book, 1)]).toEqual([0, 0]);
    settle(book, tables, DEFAULT_PARAMS, at(7));
    expect([sideBase(book, 0), sideBase(book, 1)]).toEqual([7, 7]);
  });
  test("without a reservoir everything shrinks alike", () => {
    const book = createBook(CENTER, 0);
    for (let j = 1; j < 100; j++) put(book, 3, 0, 1, CENTER - j, 1 / 3);
    settle(book, tables, DEFAULT_PARAMS, at(1));
    expect(sideBase(book, 0)).toBeCloseTo(1, 12);
    expect(drawnBase(book, 0)).toBeGreaterThan(0.99);
  });
});
