// Puts a bar's opened size where it would be liquidated: entry prices spread over the bar, each carried outward by the
// kernel of its side and tier. Half the entries lie evenly over the bar's range, half over its body.

import { type Book, occupy, ROW_START, ROW_WIDTH, rowIndex, TIER_COUNT, windowHigh, windowLow } from "./book.ts";
import { addAt, type FlowRecord } from "./flow-record.ts";
import { type Kernel, PAD } from "./kernel.ts";
import type { Tables } from "./tables.ts";

/** Buckets of a bar's prices. */
export interface EntryRange {
  low: number;
  high: number;
  bodyLow: number;
  bodyHigh: number;
}

/**
 * Adds `openedBase` to one side: the drawn share by tier weight × tilt, the rest to the reservoir, together with what
 * kernels and windows do not place. The side grows by exactly `openedBase`.
 */
export function openPositions(
  book: Book,
  tables: Tables,
  side: number,
  range: EntryRange,
  openedBase: number,
  tilt: number,
  record: FlowRecord | null,
): void {
  if (openedBase <= 0) return;
  let placed = 0;
  for (let tier = 0; tier < TIER_COUNT; tier++) {
    const sizeBase = openedBase * tilt * tables.weights[tier]!;
    const kernel = tables.kernels[side]![tier]!;
    if (sizeBase <= 0 || kernel.shares.length === 0) continue;
    placed += addWide(book, side, tier, range, kernel, sizeBase, record);
  }
  book.reservoirBase[side]! += openedBase - placed;
  book.sweptTo[side] = Number.NEGATIVE_INFINITY;
}

/** Adds a bar's entries of one tier; a bar wider than the kernel's padding goes in pieces. */
function addWide(
  book: Book,
  side: number,
  tier: number,
  range: EntryRange,
  kernel: Kernel,
  sizeBase: number,
  record: FlowRecord | null,
): number {
  if (range.high - range.low < PAD) return addSpread(book, side, tier, range, kernel, sizeBase, record);
  let placed = 0;
  for (const [low, high] of [
    [range.low, range.high],
    [range.bodyLow, range.bodyHigh],
  ] as const) {
    for (let from = low; from <= high; from += PAD) {
      const to = Math.min(from + PAD - 1, high);
      const piece = { low: from, high: to, bodyLow: from, bodyHigh: to };
      const part = (0.5 * sizeBase * (to - from + 1)) / (high - low + 1);
      placed += addSpread(book, side, tier, piece, kernel, part, record);
    }
  }
  return placed;
}

/** Adds size × spread to the youngest row, as far as its window reaches; returns what the cells really gained. */
function addSpread(
  book: Book,
  side: number,
  tier: number,
  range: EntryRange,
  kernel: Kernel,
  sizeBase: number,
  record: FlowRecord | null,
): number {
  const furthest = kernel.first + kernel.shares.length - 1;
  const low = Math.max(side === 0 ? range.low - furthest : range.low + kernel.first, windowLow(book, tier));
  const high = Math.min((side === 0 ? range.high - kernel.first : range.high + furthest) + 1, windowHigh(book, tier));
  if (low >= high) return 0;
  const row = rowIndex(0, side, tier);
  const width = ROW_WIDTH[row]!;
  const { cells } = book;
  const { cumulative } = kernel;
  const perRange = (0.5 * sizeBase) / (range.high - range.low + 1);
  const perBody = (0.5 * sizeBase) / (range.bodyHigh - range.bodyLow + 1);
  // an entry at e reaches bucket b by e − b (longs) or b − e (shorts): look-ups of the far and the near end of the entries
  const direction = side === 0 ? -1 : 1;
  const farRange = (side === 0 ? range.high : -range.low) + 1;
  const nearRange = side === 0 ? range.low : -range.high;
  const farBody = (side === 0 ? range.bodyHigh : -range.bodyLow) + 1;
  const nearBody = side === 0 ? range.bodyLow : -range.bodyHigh;
  let placed = 0;
  for (let b = low; b < high; ) {
    const inRow = b & (width - 1);
    const run = Math.min(high - b, width - inRow);
    const end = ROW_START[row]! + inRow + run;
    let at = direction * b - kernel.first + PAD;
    for (let i = end - run; i < end; i++, at += direction) {
      const overRange = cumulative[farRange + at]! - cumulative[nearRange + at]!;
      const overBody = cumulative[farBody + at]! - cumulative[nearBody + at]!;
      const before = cells[i]!;
      const after = Math.fround(before + (perRange * overRange + perBody * overBody));
      cells[i] = after;
      placed += after - before;
      if (record !== null) addAt(record, record.opened, side, b + i - (end - run), after - before);
    }
    b += run;
  }
  book.rowSum[row]! += placed;
  occupy(book, row, low, high);
  return placed;
}
