// Age slots rotate: every slot's minutes run, and a full slot is poured whole into the next, so that the views end at
// exactly 1 hour, 24 hours and 7 days. While pouring, a share of the positions tops up its margin and moves away.
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
/** No slot is shorter, so one stride pours a slot at most once. */
const STRIDE = 30;

/** Lets `minutes` (> 0, fractions allowed) pass: size moves at most one slot per stride, from old to young. */
export function age(book: Book, tables: Tables, params: ModelParams, minutes: number, record: FlowRecord | null): void {
  let rest = Math.min(minutes, ALL_MINUTES);
  while (rest > 0) {
    const stride = Math.min(rest, STRIDE);
    rest -= stride;
    for (let slot = AGE_SLOTS - 2; slot >= 0; slot--) {
      book.clock[slot]! += stride;
      if (book.clock[slot]! < SLOT_MINUTES[slot]!) continue;
      book.clock[slot]! -= SLOT_MINUTES[slot]!;
      pour(book, tables, params, slot, record);
    }
  }
}

function pour(book: Book, tables: Tables, params: ModelParams, slot: number, record: FlowRecord | null): void {
  for (let side = 0; side < 2; side++) {
    for (let tier = 0; tier < TIER_COUNT; tier++) {
      const from = rowIndex(slot, side, tier);
      const low = book.rowLow[from]!;
      const high = book.rowHigh[from]!;
      if (low === high) continue;
      const to = rowIndex(slot + 1, side, tier);
      const away = tables.topUpShift[side]![tier]! * (side === 0 ? -1 : 1);
      const share = away === 0 ? 0 : params.topUpShare;
      let placed = transfer(book, from, to, low, high, 0, 1 - share);
      if (share > 0) {
        const first = Math.max(low, windowLow(book, tier) - away);
        const last = Math.min(high, windowHigh(book, tier) - away);
        placed += transfer(book, from, to, first, last, away, share);
        if (record !== null) recordMove(book, record, from, side, low, high, away, share);
      }
      const poured = clearCells(book, from, low, high);
      emptyRow(book, from);
      book.rowSum[to]! += placed;
      // beyond the window, and the rounding of the cells
      book.reservoirBase[side] = Math.max(book.reservoirBase[side]! + poured - placed, 0);
    }
  }
  // forgiven: at most five minutes of an old slot's slow closing
  book.deferred[slot] = 0;
  book.deferred[AGE_SLOTS + slot] = 0;
  book.sweptTo.fill(Number.NEGATIVE_INFINITY);
}

/** Adds `share` of cells [low, high) to another row, `away` buckets further; returns what that row really gained. */
function transfer(
  book: Book,
  from: number,
  to: number,
  low: number,
  high: number,
  away: number,
  share: number,
): number {
  if (low >= high) return 0;
  const { cells } = book;
  const mask = ROW_WIDTH[from]! - 1;
  const source = ROW_START[from]!;
  const target = ROW_START[to]!;
  let gained = 0;
  for (let b = low; b < high; b++) {
    const i = target + ((b + away) & mask);
    const before = cells[i]!;
    const after = Math.fround(before + share * cells[source + (b & mask)]!);
    cells[i] = after;
    gained += after - before;
  }
  occupy(book, to, low + away, high + away);
  return gained;
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
    if (moved === 0) continue;
    addAt(record, record.moved, side, b, -moved);
    addAt(record, record.moved, side, b + away, moved);
  }
}
