// Clears what a price path crossed. Longs lie below the price: the bar's trigger low clears every bucket from there up to
// the highest price of this bar and the one before, so that size placed inside the last bar's range is found; shorts mirror.
// The bucket in which the path turned is cleared by the fraction crossed, its size taken as spread evenly.
import { AGE_SLOTS, type Book, emptyRow, ROW_START, ROW_WIDTH, rowIndex, TIER_COUNT } from "./book.ts";
import { addAt, type FlowRecord } from "./flow-record.ts";
import { bucketIndex, latticePosition } from "./lattice.ts";

export interface SweepPath {
  high: number;
  low: number;
  /** Extremes of the price that triggers liquidation. */
  triggerHigh: number;
  triggerLow: number;
}

/** How far the trigger price went: the mark price where known, else the last price with its wicks shortened. */
export function triggerPrices(
  bar: { open: number; high: number; low: number; close: number; markHigh: number | null; markLow: number | null },
  wickFactor: number,
): { triggerHigh: number; triggerLow: number } {
  const bodyLow = Math.min(bar.open, bar.close);
  const bodyHigh = Math.max(bar.open, bar.close);
  return {
    triggerLow: bar.markLow ?? bodyLow - wickFactor * (bodyLow - bar.low),
    triggerHigh: bar.markHigh ?? bodyHigh + wickFactor * (bar.high - bodyHigh),
  };
}

/**
 * Removes crossed size and adds it to `removed[side × tiers + tier]`, base. Sweeping the same path twice removes nothing
 * more. Cleared size leaves the book; the settlement decides what open interest says about it.
 */
export function sweep(book: Book, path: SweepPath, removed: Float64Array, record: FlowRecord | null): void {
  const down = latticePosition(path.triggerLow);
  const downBucket = Math.floor(down);
  const top = Math.max(downBucket, bucketIndex(Math.max(book.prevHigh, path.high)));
  // position inside the turning bucket up to which size is still there
  let left = edgeLeft(book, 0, downBucket, 1);
  sweepSide(book, 0, downBucket, top, downBucket, crossed(left - (down - downBucket), left), removed, record);
  book.sweptTo[0] = downBucket + Math.min(left, down - downBucket);

  const up = latticePosition(path.triggerHigh);
  const upBucket = Math.floor(up);
  const bottom = Math.min(upBucket, bucketIndex(Math.min(book.prevLow, path.low)));
  left = edgeLeft(book, 1, upBucket, 0);
  sweepSide(book, 1, bottom, upBucket, upBucket, crossed(up - upBucket - left, 1 - left), removed, record);
  book.sweptTo[1] = upBucket + Math.max(left, up - upBucket);
}

/** Where the size of the turning bucket ends after earlier sweeps, as a fraction of the bucket; `full` when untouched. */
function edgeLeft(book: Book, side: number, bucket: number, full: number): number {
  const position = book.sweptTo[side]! - bucket;
  return position >= 0 && position <= 1 ? position : full;
}

const crossed = (length: number, left: number): number => (length > 0 && left > 0 ? Math.min(length / left, 1) : 0);

function sweepSide(
  book: Book,
  side: number,
  low: number,
  high: number,
  edge: number,
  edgeShare: number,
  removed: Float64Array,
  record: FlowRecord | null,
): void {
  const { cells, rowLow, rowHigh, rowSum } = book;
  for (let age = 0; age < AGE_SLOTS; age++) {
    for (let tier = 0; tier < TIER_COUNT; tier++) {
      const row = rowIndex(age, side, tier);
      const from = Math.max(low, rowLow[row]!);
      const to = Math.min(high + 1, rowHigh[row]!);
      if (from >= to) continue;
      const start = ROW_START[row]!;
      const mask = ROW_WIDTH[row]! - 1;
      let sum = 0;
      for (let b = from; b < to; b++) {
        const i = start + (b & mask);
        const before = cells[i]!;
        if (before === 0) continue;
        const after = b === edge ? Math.fround(before * (1 - edgeShare)) : 0;
        cells[i] = after;
        sum += before - after;
        if (record !== null) addAt(record, record.swept, side, b, before - after);
      }
      removed[side * TIER_COUNT + tier]! += sum;
      rowSum[row] = Math.max(rowSum[row]! - sum, 0);
      shrink(book, row, side, from, to, edge);
    }
  }
}

/** The swept part beyond the edge is empty now: later loops need not visit it. */
function shrink(book: Book, row: number, side: number, from: number, to: number, edge: number): void {
  const { rowLow, rowHigh } = book;
  if (side === 0 && to === rowHigh[row]) rowHigh[row] = from === edge ? edge + 1 : from;
  if (side === 1 && from === rowLow[row]) rowLow[row] = to === edge + 1 ? edge : to;
  if (rowLow[row] === rowHigh[row]) emptyRow(book, row);
}
