// An order book on the lattice of the map: ladders of several exchanges and liquidation levels add up level by level.
import { type Book, type Level, midPrice } from "../market/depth-profile.ts";
import { bucketIndex } from "./lattice.ts";

/** How far from the mid price a ladder reaches, as a fraction. */
const LADDER_REACH = 0.05;

/** USD per bucket of the lattice; index 0 is bucket `first`. */
export interface Ladder {
  mid: number;
  first: number;
  bidUsd: number[];
  askUsd: number[];
}

/** The ladder of a book within 5 % of its mid price, whole USD, or null when a side is empty. */
export function ladderOf(book: Book): Ladder | null {
  const mid = midPrice(book);
  if (mid === null) return null;
  const first = bucketIndex(mid * (1 - LADDER_REACH));
  const length = bucketIndex(mid * (1 + LADDER_REACH)) - first + 1;
  return { mid, first, bidUsd: bucketsOf(book.bids, first, length), askUsd: bucketsOf(book.asks, first, length) };
}

function bucketsOf(levels: readonly Level[], first: number, length: number): number[] {
  const usd = Array<number>(length).fill(0);
  for (const [price, sizeBase] of levels) {
    const at = bucketIndex(price) - first;
    if (at >= 0 && at < length) usd[at] = (usd[at] ?? 0) + price * sizeBase;
  }
  return usd.map(Math.round);
}
