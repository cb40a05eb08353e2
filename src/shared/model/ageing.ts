// Age slots rotate: every slot's minutes run, and a full slot is poured whole into the next, so that the views end at
// exactly 1 hour, 24 hours and 7 days. Of each slot's positions a share tops up its margin and moves away, a little every
// quarter of an hour: all at once, when the slot is poured, shows as a seam in the picture.

import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";
import {
  AGE_SLOTS,
  type Book,
  clearCells,
  emptyRow,
  occupy,
  ROW_START,
  ROW_WIDTH,
  rowIndex,
  TIER_COUNT,
  windowHigh,
  windowLow,
} from "./book.ts";
import { addAt, type FlowRecord } from "./flow-record.ts";
import type { ModelParams } from "./params.ts";
import type { Tables } from "./tables.ts";

/** Minutes a slot collects before it is poured; the oldest never is. */
export const SLOT_MINUTES: readonly number[] = [30, 30, 345, 345, 345, 345, 2160, 2160, 2160, 2160];
/** After this long without a bar everything is in the oldest slot. */
const ALL_MINUTES = 2 * SLOT_MINUTES.reduce((a, b) => a + b, 0);

/** Minutes between two top-ups: every slot's minutes are a multiple, and so little moves at a time that no picture shows it. */
const STRIDE = 15;
/** What is moved of a cell at least, base units: less is as good as nothing, and would spread over the whole window. */
const LEAST_MOVED = 1e-7;

/** Share that moves at each top-up, so that all of a slot's together move the parameter's share. */
function shareOf(params: ModelParams, slot: number): number {
  return 1 - exp((log(1 - params.topUpShare) * STRIDE) / SLOT_MINUTES[slot]!);
}

/** Lets `minutes` (> 0, fractions allowed) pass: size moves at most one slot per stride, from old to young. */
export function age(book: Book, tables: Tables, params: ModelParams, minutes: number, record: FlowRecord | null): void {
  let rest = Math.min(minutes, ALL_MINUTES);
  while (rest > 0) {
    const stride = Math.min(rest, STRIDE);
    rest -= stride;
    for (let slot = AGE_SLOTS - 2; slot >= 0; slot--) {
      const after = book.clock[slot]! + stride;
      // strides may be fractions: a quarter of an hour is over when its end is reached
      if (Math.floor(after / STRIDE) > Math.floor(book.clock[slot]! / STRIDE)) {
        topUp(book, tables, slot, shareOf(params, slot), record);
      }
      book.clock[slot] = after;
      if (after < SLOT_MINUTES[slot]!) continue;
      book.clock[slot]! -= SLOT_MINUTES[slot]!;
      pour(book, slot);
    }
  }
}

function pour(book: Book, slot: number): void {
  for (let side = 0; side < 2; side++) {
    for (let tier = 0; tier < TIER_COUNT; tier++) {
      const from = rowIndex(slot, side, tier);
      const low = book.rowLow[from]!;
      const high = book.rowHigh[from]!;
      if (low === high) continue;
      const to = rowIndex(slot + 1, side, tier);
      const placed = transfer(book, from, to, low, high);
      const poured = clearCells(book, from, low, high);
      emptyRow(book, from);
      book.rowSum[to]! += placed;
      // the rounding of the cells
      book.reservoirBase[side] = Math.max(book.reservoirBase[side]! + poured - placed, 0);
    }
  }
  // forgiven: at most five minutes of an old slot's slow closing
  book.deferred[slot] = 0;
  book.deferred[AGE_SLOTS + slot] = 0;
  book.sweptTo.fill(Number.NEGATIVE_INFINITY);
}

/** Adds cells [low, high) to another row; returns what that row really gained. */
function transfer(book: Book, from: number, to: number, low: number, high: number): number {
  const { cells } = book;
  const mask = ROW_WIDTH[from]! - 1;
  const source = ROW_START[from]!;
  const target = ROW_START[to]!;
  let gained = 0;
  for (let b = low; b < high; b++) {
    const i = target + (b & mask);
    const before = cells[i]!;
    const after = Math.fround(before + cells[source + (b & mask)]!);
    cells[i] = after;
    gained += after - before;
  }
  occupy(book, to, low, high);
  return gained;
}

/** Moves `share` of a slot away from the price by each tier's widening; what leaves the window is not drawn any more. */
function topUp(book: Book, tables: Tables, slot: number, share: number, record: FlowRecord | null): void {
  for (let side = 0; side < 2; side++) {
    for (let tier = 0; tier < TIER_COUNT; tier++) {
      const row = rowIndex(slot, side, tier);
      const low = book.rowLow[row]!;
      const high = book.rowHigh[row]!;
      const away = tables.topUpShift[side]![tier]! * (side === 0 ? -1 : 1);
      if (low === high || away === 0) continue;
      if (record !== null) recordMove(book, record, row, side, low, high, away, share);
      const before = book.rowSum[row]!;
      book.rowSum[row] = shiftShare(book, row, { low, high, away, share, tier });
      book.reservoirBase[side] = Math.max(book.reservoirBase[side]! + before - book.rowSum[row]!, 0);
    }
  }
}

/** Moves a share of one row's cells `away` buckets; returns the row's sum. */
function shiftShare(
  book: Book,
  row: number,
  { low, high, away, share, tier }: { low: number; high: number; away: number; share: number; tier: number },
): number {
  const { cells } = book;
  const mask = ROW_WIDTH[row]! - 1;
  const start = ROW_START[row]!;
  const first = windowLow(book, tier);
  const end = windowHigh(book, tier);
  // from the far end inward: what has been moved is not met again
  const step = away < 0 ? 1 : -1;
  let b = away < 0 ? low : high - 1;
  let reachedLow = low;
  let reachedHigh = high;
  for (let left = high - low; left > 0; left--, b += step) {
    const i = start + (b & mask);
    const size = cells[i]!;
    if (share * size < LEAST_MOVED) continue;
    cells[i] = size - share * size;
    const at = b + away;
    if (at < first || at >= end) continue;
    cells[start + (at & mask)]! += size - cells[i]!;
    if (at < reachedLow) reachedLow = at;
    if (at >= reachedHigh) reachedHigh = at + 1;
  }
  occupy(book, row, reachedLow, reachedHigh);
  let sum = 0;
  for (let c = reachedLow; c < reachedHigh; c++) sum += cells[start + (c & mask)]!;
  return sum;
}

function recordMove(
  book: Book,
  record: FlowRecord,
  row: number,
  side: number,
  low: number,
  high: number,
  away: number,
  share: number,
): void {
  const mask = ROW_WIDTH[row]! - 1;
  for (let b = low; b < high; b++) {
    const moved = share * book.cells[ROW_START[row]! + (b & mask)]!;
    if (moved < LEAST_MOVED) continue;
    addAt(record, record.moved, side, b, -moved);
    addAt(record, record.moved, side, b + away, moved);
  }
}
