// Sums over the book: any choice of side, tiers and ages, in base size per bucket of the absolute lattice.
import { TIERS, type Tier } from "../market/filter.ts";
import type { Side } from "../market/symbol.ts";
import {
  AGE_SLOTS,
  CELL_COUNT,
  drawnBase,
  ROW_COUNT,
  ROW_START,
  ROW_WIDTH,
  rowIndex,
  SIDES,
  sideIndex,
  sideOpenInterest,
  TIER_COUNT,
} from "./book.ts";
import { centrePrices } from "./lattice.ts";
import type { Model } from "./state.ts";

/** When the positions were opened. */
export type AgeClass = "0-1h" | "1-24h" | "1-7d" | "7d+";

/** First and last slot of each class. */
export const AGE_CLASS_SLOTS: Readonly<Record<AgeClass, readonly [number, number]>> = {
  "0-1h": [0, 1],
  "1-24h": [2, 5],
  "1-7d": [6, 9],
  "7d+": [10, 10],
};
export const AGE_CLASSES = Object.keys(AGE_CLASS_SLOTS) as AgeClass[];

export interface ProfilePick {
  side: Side;
  tiers: readonly Tier[];
  ages: readonly AgeClass[];
}

/**
 * Adds the picked base size × `scale` to `into`, whose first element is bucket `firstBucket`. What lies outside is left
 * out; a model without a book adds nothing.
 */
export function addProfile(model: Model, pick: ProfilePick, into: Float64Array, firstBucket: number, scale = 1): void {
  const { book } = model;
  if (book === null) return;
  const side = sideIndex(pick.side);
  for (const ageClass of pick.ages) {
    const [oldest, youngest] = AGE_CLASS_SLOTS[ageClass];
    for (let age = oldest; age <= youngest; age++) {
      for (const tier of pick.tiers) {
        const row = rowIndex(age, side, TIERS.indexOf(tier));
        const low = Math.max(book.rowLow[row]!, firstBucket);
        const high = Math.min(book.rowHigh[row]!, firstBucket + into.length);
        addRow(book.cells, row, low, high, into, firstBucket, scale);
      }
    }
  }
}

function addRow(
  cells: Float32Array,
  row: number,
  low: number,
  high: number,
  into: Float64Array,
  firstBucket: number,
  scale: number,
): void {
  const width = ROW_WIDTH[row]!;
  for (let b = low; b < high; ) {
    const inRow = b & (width - 1);
    const run = Math.min(high - b, width - inRow);
    const from = ROW_START[row]! + inRow;
    const to = b - firstBucket;
    for (let i = 0; i < run; i++) into[to + i]! += scale * cells[from + i]!;
    b += run;
  }
}

/** Turns base size per bucket into USD, in place: each bucket is valued at its centre price. */
export function toUsd(profile: Float64Array, firstBucket: number): void {
  const prices = centrePrices(firstBucket, profile.length);
  for (let i = 0; i < profile.length; i++) profile[i]! *= prices[i]!;
}

/** Returns the buckets [lowBucket, highBucket) that hold any size; null when nothing is drawn. */
export function occupiedRange(model: Model): { lowBucket: number; highBucket: number } | null {
  const { book } = model;
  if (book === null) return null;
  let lowBucket = Number.POSITIVE_INFINITY;
  let highBucket = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < ROW_COUNT; row++) {
    const low = book.rowLow[row]!;
    const high = book.rowHigh[row]!;
    if (low === high) continue;
    lowBucket = Math.min(lowBucket, low);
    highBucket = Math.max(highBucket, high);
  }
  return lowBucket < highBucket ? { lowBucket, highBucket } : null;
}

/**
 * Returns the open interest the model holds, base; null before the first known one. Where the sides differ it is their
 * mean, so that it compares with an exchange on which every contract has both.
 */
export function openInterestBase(model: Model): number | null {
  const { book } = model;
  return book === null ? null : (book.openInterestBase + book.shortOpenInterestBase) / 2;
}

/** Returns what one side must add up to, base; null before the first known open interest. */
export function sideOpenInterestBase(model: Model, side: Side): number | null {
  return model.book === null ? null : sideOpenInterest(model.book, sideIndex(side));
}

/** Returns a side's drawn and undrawn size, base; both 0 without a book. */
export function sideTotals(model: Model, side: Side): { drawnBase: number; reservoirBase: number } {
  const { book } = model;
  if (book === null) return { drawnBase: 0, reservoirBase: 0 };
  const index = sideIndex(side);
  return { drawnBase: drawnBase(book, index), reservoirBase: book.reservoirBase[index]! };
}

/** Returns the drawn size of one side and tier, base; 0 without a book. */
export function tierBase(model: Model, side: Side, tier: Tier): number {
  let sum = 0;
  for (let age = 0; age < AGE_SLOTS; age++) {
    sum += model.book?.rowSum[rowIndex(age, sideIndex(side), TIERS.indexOf(tier))] ?? 0;
  }
  return sum;
}

/**
 * Returns the worst |side − its open interest| / open interest, summed over the cells themselves. Without open interest any
 * size left counts as Infinity.
 */
export function conservationError(model: Model): number {
  const { book } = model;
  if (book === null) return 0;
  let worst = 0;
  for (const side of SIDES) {
    const index = sideIndex(side);
    let sum = book.reservoirBase[index]!;
    for (let age = 0; age < AGE_SLOTS; age++) {
      const first = rowIndex(age, index, 0);
      const start = ROW_START[first]!;
      const end = first + TIER_COUNT < ROW_COUNT ? ROW_START[first + TIER_COUNT]! : CELL_COUNT;
      for (let i = start; i < end; i++) sum += book.cells[i]!;
    }
    const target = sideOpenInterest(book, index);
    const error = Math.abs(sum - target);
    worst = Math.max(worst, error === 0 ? 0 : error / target);
  }
  return worst;
}
