// Scales a row's cells by one factor below a bucket and another from it on, and takes its sum anew from the cells, so that
// rounding never adds up.
import { type Book, emptyRow, ROW_START, ROW_WIDTH } from "./book.ts";

/** A cell below this base size is dropped to zero: it is worth nothing and only costs time. */
const DUST = 1e-7;

/** Scales buckets below `split` by `below` and the others by `above`; what becomes dust is lost to the caller's settlement. */
export function decayRow(book: Book, row: number, split: number, below: number, above: number): void {
  const low = book.rowLow[row]!;
  const high = book.rowHigh[row]!;
  if (low === high) return;
  const middle = Math.min(Math.max(split, low), high);
  const sum = scale(book, row, low, middle, below) + scale(book, row, middle, high, above);
  if (sum === 0) emptyRow(book, row);
  else {
    book.rowSum[row] = sum;
    trim(book, row);
  }
}

function scale(book: Book, row: number, low: number, high: number, factor: number): number {
  const { cells } = book;
  const width = ROW_WIDTH[row]!;
  let even = 0;
  let odd = 0;
  for (let b = low; b < high; ) {
    const inRow = b & (width - 1);
    const run = Math.min(high - b, width - inRow);
    const from = ROW_START[row]! + inRow;
    const pairsEnd = from + (run & ~1);
    // two sums: one addition need not wait for the one before
    let i = from;
    for (; i < pairsEnd; i += 2) {
      let first = Math.fround(cells[i]! * factor);
      let second = Math.fround(cells[i + 1]! * factor);
      if (first < DUST) first = 0;
      if (second < DUST) second = 0;
      cells[i] = first;
      cells[i + 1] = second;
      even += first;
      odd += second;
    }
    if (i < from + run) {
      let last = Math.fround(cells[i]! * factor);
      if (last < DUST) last = 0;
      cells[i] = last;
      even += last;
    }
    b += run;
  }
  return even + odd;
}

/** Takes empty ends out of the occupied range; the row must hold something. */
function trim(book: Book, row: number): void {
  const mask = ROW_WIDTH[row]! - 1;
  const start = ROW_START[row]!;
  let low = book.rowLow[row]!;
  let high = book.rowHigh[row]!;
  while (low < high && book.cells[start + (low & mask)] === 0) low++;
  while (high > low && book.cells[start + ((high - 1) & mask)] === 0) high--;
  book.rowLow[row] = low;
  book.rowHigh[row] = high;
}
