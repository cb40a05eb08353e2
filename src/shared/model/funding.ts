// Isolated margin pays funding: at a positive rate longs' liquidation prices rise toward the price and shorts' rise away
// from it, both by the rate in log price. Whole buckets only; the rest is carried.
import { type Book, emptyRow, ROW_COUNT, ROW_START, ROW_WIDTH, TIER_COUNT, windowHigh, windowLow } from "./book.ts";
import { addAt, type FlowRecord } from "./flow-record.ts";
import { BUCKET_WIDTH } from "./lattice.ts";

/** Charges `fundingRate` (fraction, positive = longs pay). A rate beyond ±5 % is a glitch and ignored. */
export function chargeFunding(book: Book, fundingRate: number, record: FlowRecord | null): void {
  if (!(Math.abs(fundingRate) <= 0.05)) return;
  book.fundingCarry += fundingRate;
  while (book.fundingCarry >= BUCKET_WIDTH) {
    shiftAll(book, 1, record);
    book.fundingCarry -= BUCKET_WIDTH;
  }
  while (book.fundingCarry <= -BUCKET_WIDTH) {
    shiftAll(book, -1, record);
    book.fundingCarry += BUCKET_WIDTH;
  }
}

/** Moves every row by one bucket; what leaves its window is no longer drawn. */
function shiftAll(book: Book, by: 1 | -1, record: FlowRecord | null): void {
  for (let row = 0; row < ROW_COUNT; row++) {
    const low = book.rowLow[row]!;
    const high = book.rowHigh[row]!;
    if (low === high) continue;
    const side = Math.floor(row / TIER_COUNT) % 2;
    const tier = row % TIER_COUNT;
    const mask = ROW_WIDTH[row]! - 1;
    const start = ROW_START[row]!;
    const last = by === 1 ? high - 1 : low;
    const leaving = by === 1 ? high === windowHigh(book, tier) : low === windowLow(book, tier);
    const edge = start + (last & mask);
    if (leaving) {
      book.reservoirBase[side]! += book.cells[edge]!;
      book.rowSum[row] = Math.max(book.rowSum[row]! - book.cells[edge]!, 0);
      book.cells[edge] = 0;
    }
    for (let n = high - low, b = last; n > 0; n--, b -= by) {
      const i = start + (b & mask);
      const size = book.cells[i]!;
      book.cells[i] = 0;
      if (size === 0) continue;
      book.cells[start + ((b + by) & mask)] = size;
      if (record !== null) {
        addAt(record, record.moved, side, b, -size);
        addAt(record, record.moved, side, b + by, size);
      }
    }
    const newLow = Math.max(low + by, windowLow(book, tier));
    const newHigh = Math.min(high + by, windowHigh(book, tier));
    if (newLow >= newHigh) emptyRow(book, row);
    else {
      book.rowLow[row] = newLow;
      book.rowHigh[row] = newHigh;
    }
  }
  book.sweptTo.fill(Number.NEGATIVE_INFINITY);
}
