// Scales a row's cells by one factor below a bucket and another from it on, and takes its sum anew from the cells, so that
// rounding never adds up.
import { type Book, emptyRow, ROW_START, ROW_WIDTH } from "./book.ts";

/** An outermost cell below this base size is dropped: it is worth nothing and only costs time. */
const DUST = 1e-7;

/** Scales buckets below `split` by `below` and the others by `above`; what becomes dust is lost to the caller's settlement. */
export function decayRow(book: Book, row: number, split: number, below: number, above: number): void {
  const low = book.rowLow[row]!;
  const high = book.rowHigh[row]!;
  if (low === high) return;
  const middle = Math.min(Math.max(split, low), high);
  book.rowSum[row] = scale(book, row, low, middle, below) + scale(book, row, middle, high, above);
  trim(book, row);
}

function scale(book: Book, row: number, low: number, high: number, factor: number): number {
  const width = ROW_WIDTH[row]!;
  let sum = 0;
  for (let b = low; b < high; ) {
    const inRow = b & (width - 1);
    const run = Math.min(high - b, width - inRow);
    const from = ROW_START[row]! + inRow;
    sum += scaleRun(book.cells, from, from + run, factor);
    b += run;
  }
  return sum;
}

function scaleRun(cells: Float32Array, from: number, to: number, factor: number): number {
  // four sums: one addition need not wait for the one before
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = from;
  for (const end = to - 3; i < end; i += 4) {
    const c0 = Math.fround(cells[i]! * factor);
    const c1 = Math.fround(cells[i + 1]! * factor);
    const c2 = Math.fround(cells[i + 2]! * factor);
    const c3 = Math.fround(cells[i + 3]! * factor);
    cells[i] = c0;
    cells[i + 1] = c1;
    cells[i + 2] = c2;
    cells[i + 3] = c3;
    s0 += c0;
    s1 += c1;
    s2 += c2;
    s3 += c3;
  }
  for (; i < to; i++) {
    const last = Math.fround(cells[i]! * factor);
    cells[i] = last;
    s0 += last;
  }
  return s0 + s1 + (s2 + s3);
}

/** Takes dust and empty ends out of the occupied range. */
function trim(book: Book, row: number): void {
  const { cells } = book;
  const mask = ROW_WIDTH[row]! - 1;
  const start = ROW_START[row]!;
  let low = book.rowLow[row]!;
  let high = book.rowHigh[row]!;
  let dropped = 0;
  for (; low < high; low++) {
    const i = start + (low & mask);
    if (cells[i]! >= DUST) break;
    dropped += cells[i]!;
    cells[i] = 0;
  }
  for (; high > low; high--) {
    const i = start + ((high - 1) & mask);
    if (cells[i]! >= DUST) break;
    dropped += cells[i]!;
    cells[i] = 0;
  }
  if (low === high) {
    emptyRow(book, row);
    return;
  }
  book.rowLow[row] = low;
  book.rowHigh[row] = high;
  if (dropped > 0) book.rowSum[row] = Math.max(book.rowSum[row]! - dropped, 0);
}
