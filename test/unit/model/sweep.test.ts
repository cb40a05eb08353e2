import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBook, drawnBase } from "../../../src/shared/model/book.ts";
import { bucketCentre, bucketLow } from "../../../src/shared/model/lattice.ts";
import { sweep, triggerPrices } from "../../../src/shared/model/sweep.ts";
import { CENTER, put } from "./constructed-book.ts";

describe("sweep", () => {
  const bookAt = () => {
    const book = createBook(CENTER, 0);
    book.prevHigh = bucketCentre(CENTER);
    book.prevLow = bucketCentre(CENTER);
    for (let j = 1; j <= 20; j++) {
      put(book, 0, 0, 4, CENTER - j, 1);
      put(book, 5, 1, 2, CENTER + j, 1);
    }
    return book;
  };
  const path = (low: number, high: number) => ({ low, high, triggerLow: low, triggerHigh: high });

  test("clears whole buckets and the crossed fraction of the last one", () => {
    const book = bookAt();
    const removed = new Float64Array(10);
    const low = bucketLow(CENTER - 5) * (bucketLow(1) / bucketLow(0)) ** 0.25;
    const high = bucketLow(CENTER + 3) * (bucketLow(1) / bucketLow(0)) ** 0.25;
    sweep(book, path(low, high), removed, null);
    expect(removed[4]).toBeCloseTo(4.75, 6);
    expect(removed[5 + 2]).toBeCloseTo(2.25, 6);
    expect(drawnBase(book, 0)).toBeCloseTo(15.25, 6);
  });

  test("twice the same path is once, and going further takes the rest of the bucket", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 15, noNaN: true }),
        fc.double({ min: 0.001, max: 15, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (down, up, further) => {
          const at = (x: number) => bucketLow(CENTER) * (bucketLow(1) / bucketLow(0)) ** x;
          const once = bookAt();
          const removed = new Float64Array(10);
          sweep(once, path(at(-down), at(up)), removed, null);
          const again = new Float64Array(10);
          sweep(once, path(at(-down), at(up)), again, null);
          expect(again[4]! + again[7]!).toBeLessThan(1e-6);
          sweep(once, path(at(-down - further), at(up + further)), removed, null);
          const direct = bookAt();
          const whole = new Float64Array(10);
          sweep(direct, path(at(-down - further), at(up + further)), whole, null);
          expect(removed[4]).toBeCloseTo(whole[4]!, 5);
          expect(removed[7]).toBeCloseTo(whole[7]!, 5);
        },
      ),
    );
  });

  test("reaches back to the last bar's extreme, and leaves the other side alone", () => {
    const book = bookAt();
    const removed = new Float64Array(10);
    const low = bucketLow(CENTER - 10);
    sweep(book, { low, high: bucketLow(CENTER - 9), triggerLow: low, triggerHigh: low }, removed, null);
    expect(removed[4]).toBeCloseTo(10, 9);
    expect(removed[7]).toBe(0);
  });

  test("the trigger is the mark price where known, else the shortened wick", () => {
    const bar = { open: 100, high: 110, low: 90, close: 102, markHigh: null, markLow: null };
    expect(triggerPrices(bar, 0.9)).toEqual({ triggerLow: 91, triggerHigh: 102 + 0.9 * 8 });
    expect(triggerPrices({ ...bar, markHigh: 105, markLow: 97 }, 0.9)).toEqual({ triggerLow: 97, triggerHigh: 105 });
  });
});
