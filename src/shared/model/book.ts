// The state: estimated size per age slot, side, tier and bucket, and what is not drawn.
//
// A row is one (age slot, side, tier). High leverage lies near the price, so each tier has its own window, a power of two
// of buckets around one shared centre; a row is a ring: bucket b sits at b mod width, and moving the window copies nothing.
// 22 × 6,656 cells of four bytes = 586 kB. Row sums and reservoirs are doubles; cells outside [rowLow, rowHigh) are zero.
import { TIERS } from "../market/filter.ts";
import type { Side } from "../market/symbol.ts";
import { type HourSoFar, NO_HOUR } from "./diffuse.ts";

export const AGE_SLOTS = 11;
export const TIER_COUNT = TIERS.length;
/** Buckets of each tier's window, in the order of TIERS. */
export const TIER_WIDTHS: readonly number[] = [2048, 2048, 1024, 1024, 512];
export const ROW_COUNT = AGE_SLOTS * 2 * TIER_COUNT;
export const CELL_COUNT = AGE_SLOTS * 2 * TIER_WIDTHS.reduce((a, b) => a + b, 0);

export const SIDES: readonly Side[] = ["long", "short"];
export const sideIndex = (side: Side): 0 | 1 => (side === "long" ? 0 : 1);
export const rowIndex = (age: number, side: number, tier: number): number => (age * 2 + side) * TIER_COUNT + tier;

/** Where each row starts in the cells, and its width. */
export const ROW_WIDTH = new Int32Array(ROW_COUNT);
export const ROW_START = new Int32Array(ROW_COUNT);
for (let row = 0, start = 0; row < ROW_COUNT; row++) {
  ROW_START[row] = start;
  ROW_WIDTH[row] = TIER_WIDTHS[row % TIER_COUNT]!;
  start += ROW_WIDTH[row]!;
}

export interface Book extends HourSoFar {
  /** Base size whose liquidation price lies in the bucket. */
  cells: Float32Array;
  rowSum: Float64Array;
  /** Occupied buckets of a row, half-open; equal when it is empty. */
  rowLow: Int32Array;
  rowHigh: Int32Array;
  /** Not drawn, per side: unlevered, hedged, or outside the windows. */
  reservoirBase: Float64Array;
  /** Minutes since each slot was last poured. */
  clock: Float64Array;
  /** Closing that old slots still owe, `side × slots + slot`, in hazards. */
  deferred: Float64Array;
  /** Lattice position down (longs) or up (shorts) to which the last bucket is already swept; -Infinity when it was refilled. */
  sweptTo: Float64Array;
  center: number;
  /** What each side must add up to; one figure where every contract has a long and a short. */
  openInterestBase: number;
  shortOpenInterestBase: number;
  prevHigh: number;
  prevLow: number;
  /** Market time at the end of the last bar. */
  endTime: number;
  lastClose: number;
  /** Volume since the last known open interest; -1 when some of it is unknown. */
  volumeSinceBase: number;
  /** Log price owed by longs since the last whole bucket of funding. */
  fundingCarry: number;
}

/** Returns a book with everything in the reservoirs: unlevered until entries are seen. */
export function createBook(
  center: number,
  openInterestBase: number,
  shortOpenInterestBase: number = openInterestBase,
): Book {
  return {
    cells: new Float32Array(CELL_COUNT),
    rowSum: new Float64Array(ROW_COUNT),
    rowLow: new Int32Array(ROW_COUNT),
    rowHigh: new Int32Array(ROW_COUNT),
    reservoirBase: Float64Array.of(openInterestBase, shortOpenInterestBase),
    clock: new Float64Array(AGE_SLOTS),
    deferred: new Float64Array(2 * AGE_SLOTS),
    sweptTo: Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY),
    center,
    openInterestBase,
    shortOpenInterestBase,
    prevHigh: 0,
    prevLow: 0,
    endTime: 0,
    lastClose: 0,
    volumeSinceBase: 0,
    fundingCarry: 0,
    ...NO_HOUR,
  };
}

/** Makes `into` equal to `from` without allocating. */
export function copyBook(from: Book, into: Book): void {
  const { cells, rowSum, rowLow, rowHigh, reservoirBase, clock, deferred, sweptTo } = into;
  Object.assign(into, from, { cells, rowSum, rowLow, rowHigh, reservoirBase, clock, deferred, sweptTo });
  cells.set(from.cells);
  rowSum.set(from.rowSum);
  rowLow.set(from.rowLow);
  rowHigh.set(from.rowHigh);
  reservoirBase.set(from.reservoirBase);
  clock.set(from.clock);
  deferred.set(from.deferred);
  sweptTo.set(from.sweptTo);
}

/** First bucket of a tier's window. */
export function windowLow(book: Book, tier: number): number {
  return book.center - TIER_WIDTHS[tier]! / 2;
}

/** First bucket above a tier's window. */
export function windowHigh(book: Book, tier: number): number {
  return book.center + TIER_WIDTHS[tier]! / 2;
}

/** Returns what a side must add up to. */
export function sideOpenInterest(book: Book, side: number): number {
  return side === 0 ? book.openInterestBase : book.shortOpenInterestBase;
}

/** Returns all size of a side, from the row sums. */
export function sideBase(book: Book, side: number): number {
  return book.reservoirBase[side]! + drawnBase(book, side);
}

/** Returns the drawn size of a side, from the row sums. */
export function drawnBase(book: Book, side: number): number {
  let sum = 0;
  for (let age = 0; age < AGE_SLOTS; age++) {
    const first = rowIndex(age, side, 0);
    for (let tier = 0; tier < TIER_COUNT; tier++) sum += book.rowSum[first + tier]!;
  }
  return sum;
}

/** Widens a row's occupied range to hold buckets [low, high). */
export function occupy(book: Book, row: number, low: number, high: number): void {
  if (low >= high) return;
  if (book.rowLow[row] === book.rowHigh[row]) {
    book.rowLow[row] = low;
    book.rowHigh[row] = high;
    return;
  }
  if (low < book.rowLow[row]!) book.rowLow[row] = low;
  if (high > book.rowHigh[row]!) book.rowHigh[row] = high;
}

/** Adds to one cell, rounding to Float32; returns what was really added. The bucket must lie inside the row's window. */
export function addToCell(book: Book, row: number, bucket: number, sizeBase: number): number {
  const i = ROW_START[row]! + (bucket & (ROW_WIDTH[row]! - 1));
  const before = book.cells[i]!;
  book.cells[i] = before + sizeBase;
  return book.cells[i]! - before;
}

/** Clears buckets [low, high) of a row and returns what they held; the row's range is left to the caller. */
export function clearCells(book: Book, row: number, low: number, high: number): number {
  const mask = ROW_WIDTH[row]! - 1;
  const start = ROW_START[row]!;
  let sum = 0;
  for (let b = low; b < high; b++) {
    const i = start + (b & mask);
    sum += book.cells[i]!;
    book.cells[i] = 0;
  }
  return sum;
}

/** Marks a row as empty; its cells must be zero. */
export function emptyRow(book: Book, row: number): void {
  book.rowSum[row] = 0;
  book.rowLow[row] = 0;
  book.rowHigh[row] = 0;
}

/** How far the price may wander before the windows follow, in buckets. */
export const RECENTRE_TOLERANCE = 64;

/** Moves the windows to `bucket` when it is far enough from their centre; size that leaves a window is no longer drawn. */
export function recentre(book: Book, bucket: number): void {
  if (Math.abs(bucket - book.center) < RECENTRE_TOLERANCE) return;
  book.center = bucket;
  for (let row = 0; row < ROW_COUNT; row++) {
    const low = book.rowLow[row]!;
    const high = book.rowHigh[row]!;
    if (low === high) continue;
    const tier = row % TIER_COUNT;
    const keepLow = Math.min(Math.max(low, windowLow(book, tier)), high);
    const keepHigh = Math.max(Math.min(high, windowHigh(book, tier)), keepLow);
    if (keepLow === low && keepHigh === high) continue;
    const left = clearCells(book, row, low, keepLow) + clearCells(book, row, keepHigh, high);
    book.reservoirBase[Math.floor(row / TIER_COUNT) % 2]! += left;
    if (keepLow === keepHigh) emptyRow(book, row);
    else {
      book.rowSum[row] = Math.max(book.rowSum[row]! - left, 0);
      book.rowLow[row] = keepLow;
      book.rowHigh[row] = keepHigh;
    }
  }
}
