// Puts a bar's opened size where it would be liquidated: entry prices spread over the bar, each carried outward by the
// kernel of its side and tier. Half the entries lie evenly over the bar's range, half over its body.

import { type Book, occupy, ROW_START, ROW_WIDTH, rowIndex, TIER_COUNT, windowHigh, windowLow } from "./book.ts";
import { addOpened, type FlowRecord } from "./flow-record.ts";
import type { Kernel } from "./kernel.ts";
import type { Tables } from "./tables.ts";

/** Buckets of a bar's prices. */
export interface EntryRange {
  low: number;
  high: number;
  bodyLow: number;
  bodyHigh: number;
}

let density = new Float64Array(64);
let spread = new Float64Array(4096);

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
  const count = fillDensity(range);
  let placed = 0;
  for (let tier = 0; tier < TIER_COUNT; tier++) {
    const sizeBase = openedBase * tilt * tables.weights[tier]!;
    const kernel = tables.kernels[side]![tier]!;
    if (sizeBase <= 0 || kernel.shares.length === 0) continue;
    const length = convolve(kernel, count, side);
    const nearest = kernel.first;
    const furthest = kernel.first + kernel.shares.length - 1;
    const low = side === 0 ? range.low - furthest : range.low + nearest;
    placed += addSpread(book, side, tier, low, length, sizeBase, record);
  }
  book.reservoirBase[side]! += openedBase - placed;
  book.sweptTo[side] = Number.NEGATIVE_INFINITY;
}

/** Fills the density of entries over the bar's buckets; returns their number. */
function fillDensity(range: EntryRange): number {
  const count = range.high - range.low + 1;
  if (density.length < count) density = new Float64Array(2 * count);
  density.fill(0.5 / count, 0, count);
  const body = range.bodyHigh - range.bodyLow + 1;
  for (let b = range.bodyLow; b <= range.bodyHigh; b++) density[b - range.low]! += 0.5 / body;
  return count;
}

/** Spreads the density by the kernel, downward for longs, upward for shorts; returns the number of buckets. */
function convolve(kernel: Kernel, count: number, side: number): number {
  const { shares } = kernel;
  const n = shares.length;
  const length = count + n - 1;
  if (spread.length < length) spread = new Float64Array(2 * length);
  spread.fill(0, 0, length);
  for (let e = 0; e < count; e++) {
    const weight = density[e]!;
    if (side === 0) for (let j = 0, t = e + n - 1; j < n; j++, t--) spread[t]! += weight * shares[j]!;
    else for (let j = 0, t = e; j < n; j++, t++) spread[t]! += weight * shares[j]!;
  }
  return length;
}

/** Adds size × spread to the youngest row, as far as its window reaches; returns what the cells really gained. */
function addSpread(
  book: Book,
  side: number,
  tier: number,
  from: number,
  length: number,
  sizeBase: number,
  record: FlowRecord | null,
): number {
  const row = rowIndex(0, side, tier);
  const low = Math.max(from, windowLow(book, tier));
  const high = Math.min(from + length, windowHigh(book, tier));
  if (low >= high) return 0;
  const { cells } = book;
  const width = ROW_WIDTH[row]!;
  let placed = 0;
  for (let b = low; b < high; ) {
    const inRow = b & (width - 1);
    const run = Math.min(high - b, width - inRow);
    const shift = ROW_START[row]! + inRow;
    const source = b - from;
    for (let i = 0; i < run; i++) {
      const before = cells[shift + i]!;
      const after = Math.fround(before + sizeBase * spread[source + i]!);
      cells[shift + i] = after;
      placed += after - before;
    }
    b += run;
  }
  book.rowSum[row]! += placed;
  occupy(book, row, low, high);
  if (record !== null) addOpened(record, side, low, high, spread, low - from, sizeBase);
  return placed;
}
