// A book to put sizes into by hand, around one price of one market.
import { addToCell, type Book, occupy, rowIndex, TIER_WIDTHS } from "../../../src/shared/model/book.ts";
import { bucketCentre } from "../../../src/shared/model/lattice.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { tablesFor } from "../../../src/shared/model/tables.ts";

export const CENTER = 22_000;
export const PRICE = bucketCentre(CENTER);
export const tables = tablesFor(DEFAULT_PARAMS, "binance", "BTC");

/** Puts size into a cell, sums and range included. */
export function put(book: Book, slot: number, side: number, tier: number, bucket: number, sizeBase: number): void {
  const row = rowIndex(slot, side, tier);
  book.rowSum[row]! += addToCell(book, row, bucket, sizeBase);
  occupy(book, row, bucket, bucket + 1);
}

/** Size of one cell, found without the book's own addressing. */
export function readCell(book: Book, row: number, bucket: number): number {
  let start = 0;
  for (let r = 0; r < row; r++) start += TIER_WIDTHS[r % 5]!;
  const width = TIER_WIDTHS[row % 5]!;
  return book.cells[start + (((bucket % width) + width) % width)]!;
}
