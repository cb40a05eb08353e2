import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { age, SLOT_MINUTES } from "../../../src/shared/model/ageing.ts";
import {
  addToCell,
  type Book,
  createBook,
  drawnBase,
  occupy,
  recentre,
  rowIndex,
  sideBase,
  TIER_WIDTHS,
} from "../../../src/shared/model/book.ts";
import { openPositions } from "../../../src/shared/model/entries.ts";
import { clipDelta, inferFlow, leverageTilt } from "../../../src/shared/model/flow.ts";
import { chargeFunding } from "../../../src/shared/model/funding.ts";
import { createKernel, distanceCdf } from "../../../src/shared/model/kernel.ts";
import {
  bucketCentre,
  bucketIndex,
  bucketLow,
  centrePrices,
  latticePosition,
} from "../../../src/shared/model/lattice.ts";
import { DEFAULT_PARAMS, withVersion } from "../../../src/shared/model/params.ts";
import { settle } from "../../../src/shared/model/settlement.ts";
import { sweep, triggerPrices } from "../../../src/shared/model/sweep.ts";
import { tablesFor } from "../../../src/shared/model/tables.ts";

const CENTER = 22_000;
const PRICE = bucketCentre(CENTER);
const tables = tablesFor(DEFAULT_PARAMS, "binance", "BTC");

/** Puts size into a cell, sums and range included. */
function put(book: Book, slot: number, side: number, tier: number, bucket: number, sizeBase: number): void {
  const row = rowIndex(slot, side, tier);
  book.rowSum[row]! += addToCell(book, row, bucket, sizeBase);
  occupy(book, row, bucket, bucket + 1);
}

/** Size of one cell, found without the book's own addressing. */
function readCell(book: Book, row: number, bucket: number): number {
  let start = 0;
  for (let r = 0; r < row; r++) start += TIER_WIDTHS[r % 5]!;
  const width = TIER_WIDTHS[row % 5]!;
  return book.cells[start + (((bucket % width) + width) % width)]!;
}

describe("lattice", () => {
  test("edges map to themselves and buckets are half-open", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (b) => {
        expect(bucketIndex(bucketLow(b))).toBe(b);
        expect(latticePosition(bucketLow(b))).toBe(b);
        expect(bucketIndex(bucketLow(b) * (1 - 1e-12))).toBe(b - 1);
        expect(bucketIndex(bucketCentre(b))).toBe(b);
      }),
      { numRuns: 2_000 },
    );
  });
  test("a bucket is 0.05 % wide", () => expect(bucketLow(1) / bucketLow(0)).toBeCloseTo(1.000500125, 9));
  test("the price table agrees with the formula wherever it is asked", () => {
    for (const first of [22_000, 22_010, 100, -300]) {
      expect(Array.from(centrePrices(first, 3))).toEqual([0, 1, 2].map((i) => bucketCentre(first + i)));
    }
  });
});

describe("kernel", () => {
  const spread = DEFAULT_PARAMS;
  test("half of a tier's isolated positions lie within its distance", () => {
    expect(distanceCdf(0.04, 0.04, { ...spread, crossShare: 0 })).toBeCloseTo(0.5, 12);
    expect(distanceCdf(0.04 * 1.9, 0.04, { ...spread, crossShare: 1 })).toBeCloseTo(0.5, 12);
    expect(distanceCdf(0, 0.04, spread)).toBe(0);
  });
  test("shares are the differences of the distribution, and never more than 1 in total", () => {
    for (let tier = 0; tier < 5; tier++) {
      for (const side of [0, 1]) {
        const kernel = tables.kernels[side]![tier]!;
        const sum = kernel.shares.reduce((a, b) => a + b, 0);
        expect(sum).toBeLessThanOrEqual(1);
        expect(sum).toBeGreaterThan(tier === 0 ? 0.75 : 0.9);
        expect(Math.min(...kernel.shares)).toBeGreaterThanOrEqual(0);
        const middle = Math.floor(kernel.shares.length / 3);
        const j = kernel.first + middle;
        const d = tables.distances[side]![tier]! * 5e-4;
        const direct = distanceCdf((j + 0.5) * 5e-4, d, spread) - distanceCdf((j - 0.5) * 5e-4, d, spread);
        expect(kernel.shares[middle]).toBe(direct);
      }
    }
  });
  test("a kernel stays inside its window wherever the centre may be", () => {
    for (const side of tables.kernels)
      for (const [tier, kernel] of side.entries())
        expect(kernel.first + kernel.shares.length - 1).toBeLessThanOrEqual(TIER_WIDTHS[tier]! / 2 - 64);
  });
  test("a tier that is not drawn has no kernel", () => expect(createKernel(4, 0, spread).shares.length).toBe(0));
});

describe("flow", () => {
  test.each([
    [0, 100, 20, 20],
    [10, 100, 25, 15],
    [-10, 100, 15, 25],
    [60, 100, 60, 0],
    [-60, 100, 0, 60],
    [-5, null, 0, 5],
    [5, 0, 5, 0],
  ])("D %s, V %s at churn 0.4 opens %s and closes %s", (delta, volume, opened, closed) => {
    expect(inferFlow(delta, volume, 0.4)).toEqual({ openedBase: opened, closedBase: closed });
  });
  test.each([
    [10, 10, 10, false],
    [10.5, 10, 10.5, false],
    [10.6, 10, 10.5, true],
    [-20, 10, -10.5, true],
    [1, 0, 0, true],
    [99, null, 99, false],
  ])("a change of %s on volume %s counts as %s, clipped %s", (delta, volume, deltaBase, clipped) => {
    expect(clipDelta(delta, volume)).toEqual({ deltaBase, clipped });
  });
  test("taker buyers are levered longs; mass stays below the side's entrants", () => {
    const bar = (takerBuyBase: number | null) => ({ volumeBase: 10, takerBuyBase });
    expect(leverageTilt(0, bar(10), 0.3, 0.47)).toBeCloseTo(1.3, 12);
    expect(leverageTilt(1, bar(10), 0.3, 0.47)).toBeCloseTo(0.7, 12);
    expect(leverageTilt(0, bar(null), 0.3, 0.47)).toBe(1);
    expect(leverageTilt(0, { volumeBase: 0, takerBuyBase: 0 }, 0.3, 0.47)).toBe(1);
    expect(leverageTilt(0, bar(10), 1, 0.9)).toBeCloseTo(0.98 / 0.9, 12);
  });
});

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

describe("ageing", () => {
  test("views end at exactly 1 hour, 24 hours and 7 days", () => {
    const until = (slots: number) => SLOT_MINUTES.slice(0, slots).reduce((a, b) => a + b, 0);
    expect([until(2), until(6), until(10)]).toEqual([60, 1_440, 10_080]);
  });
  test("a full slot is poured whole, a share of it further away", () => {
    const book = createBook(CENTER, 0);
    put(book, 0, 0, 3, CENTER - 40, 1);
    put(book, 0, 1, 3, CENTER + 40, 1);
    age(book, tables, DEFAULT_PARAMS, 29, null);
    expect(readCell(book, rowIndex(0, 0, 3), CENTER - 40)).toBe(1);
    age(book, tables, DEFAULT_PARAMS, 1, null);
    expect(readCell(book, rowIndex(0, 0, 3), CENTER - 40)).toBe(0);
    expect(readCell(book, rowIndex(1, 0, 3), CENTER - 40)).toBeCloseTo(0.88, 6);
    const [down, up] = [tables.topUpShift[0]![3]!, tables.topUpShift[1]![3]!];
    expect(readCell(book, rowIndex(1, 0, 3), CENTER - 40 - down)).toBeCloseTo(0.12, 6);
    expect(readCell(book, rowIndex(1, 1, 3), CENTER + 40 + up)).toBeCloseTo(0.12, 6);
    for (const side of [0, 1]) expect(sideBase(book, side)).toBeCloseTo(1, 12);
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

test("tables of one market are computed once per parameter set", () => {
  expect(tablesFor(DEFAULT_PARAMS, "binance", "BTC")).toBe(tables);
  const { name, version, provenance, ...values } = DEFAULT_PARAMS;
  const other = withVersion(name, { ...values, churn: 0.5 }, provenance);
  expect(other.version).not.toBe(version);
  expect(tablesFor(other, "binance", "BTC")).not.toBe(tables);
});
