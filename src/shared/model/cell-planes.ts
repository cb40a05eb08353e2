// The cells of a book as bytes that compress: a kernel makes neighbours alike, so that the bits of a cell hardly differ from
// what its two predecessors continue to. Written is that difference, in whole numbers and therefore without loss:
//   d_i = bits_i − 2·bits_(i−1) + bits_(i−2) mod 2^32, bits before a row's lowest bucket 0; small of either sign becomes
//   small: d ≥ 0 → 2d, d < 0 → −2d − 1.
// All cells' highest bytes come first, then the next ones (four planes): those of one plane are alike.
import { type Book, ROW_COUNT, ROW_START, ROW_WIDTH } from "./book.ts";

/** Returns how many cells the rows' ranges hold. */
export function occupiedCells({ rowLow, rowHigh }: Book): number {
  let count = 0;
  for (let row = 0; row < ROW_COUNT; row++) count += rowHigh[row]! - rowLow[row]!;
  return count;
}

/** Writes the occupied cells, four bytes each, in order of row and bucket. */
export function writePlanes(book: Book, into: Uint8Array): void {
  const bits = bitsOf(book);
  const plane = into.length / 4;
  let at = 0;
  for (let row = 0; row < ROW_COUNT; row++) {
    let last = 0;
    let slope = 0;
    const mask = ROW_WIDTH[row]! - 1;
    for (let bucket = book.rowLow[row]!; bucket < book.rowHigh[row]!; bucket++, at++) {
      const here = bits[ROW_START[row]! + (bucket & mask)]!;
      const change = here - last;
      const bend = (change - slope) | 0;
      const folded = (bend << 1) ^ (bend >> 31);
      into[at] = folded >>> 24;
      into[at + plane] = folded >>> 16;
      into[at + 2 * plane] = folded >>> 8;
      into[at + 3 * plane] = folded;
      last = here;
      slope = change;
    }
  }
}

/** Fills the cells of a book whose rows have their ranges. */
export function readPlanes(from: Uint8Array, book: Book): void {
  const bits = bitsOf(book);
  const plane = from.length / 4;
  let at = 0;
  for (let row = 0; row < ROW_COUNT; row++) {
    let last = 0;
    let slope = 0;
    const mask = ROW_WIDTH[row]! - 1;
    for (let bucket = book.rowLow[row]!; bucket < book.rowHigh[row]!; bucket++, at++) {
      const folded =
        (from[at]! << 24) | (from[at + plane]! << 16) | (from[at + 2 * plane]! << 8) | from[at + 3 * plane]!;
      slope = (slope + ((folded >>> 1) ^ -(folded & 1))) | 0;
      last = (last + slope) | 0;
      bits[ROW_START[row]! + (bucket & mask)] = last;
    }
  }
}

/** Whole numbers over the same memory, whatever the machine's byte order. */
function bitsOf({ cells }: Book): Int32Array {
  return new Int32Array(cells.buffer, cells.byteOffset, cells.length);
}
