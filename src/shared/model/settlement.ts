// Conservation: after each bar, cells + reservoir equal open interest on each side.
// Too little: openings that were not seen are not drawn. Too much: positions closed, young and highly levered ones first,
// winners rather than losers (a cell's distance from the price tells which it is); the reservoir takes up the rest.
import { exp } from "../num/exp.ts";
import { MINUTE_MS } from "../time/clock.ts";
import { AGE_SLOTS, type Book, drawnBase, rowIndex, sideBase, TIER_COUNT } from "./book.ts";
import { decayRow } from "./decay.ts";
import { latticePosition } from "./lattice.ts";
import type { ModelParams } from "./params.ts";
import type { Tables } from "./tables.ts";

/** Closing is never more than this many hazards at once: beyond it everything shrinks alike. */
const MAX_STEP = 0.5;
/** Slots from here on are old: their slow closing is applied every five minutes, one slot after another. */
const FIRST_OLD_SLOT = 2;
const OLD_SLOT_MINUTES = 5;
/** A slot that owes this much (hazards) is closed at once: a crash does not wait. */
const MAX_OWED = 0.02;
/** Leaves Float32 rounding room below open interest when all is scaled to it. */
const ROUNDING_ROOM = 1e-6;

export interface SettleAt {
  close: number;
  openInterestBase: number;
  /** Absent where both sides are the same. */
  shortOpenInterestBase?: number;
  /** End of the step, market time, and its length. */
  endTime: number;
  intervalMs: number;
}

/** Makes each side equal its open interest (≥ 0), seen from the closing price. */
export function settle(book: Book, tables: Tables, params: ModelParams, at: SettleAt): void {
  for (let side = 0; side < 2; side++) {
    const openInterestBase = side === 0 ? at.openInterestBase : (at.shortOpenInterestBase ?? at.openInterestBase);
    const need = sideBase(book, side) - openInterestBase;
    if (need <= 0) {
      book.reservoirBase[side]! -= need;
      continue;
    }
    closePositions(book, tables, params, side, at, need);
    const excess = sideBase(book, side) - openInterestBase;
    if (excess <= 0.5 * book.reservoirBase[side]!) book.reservoirBase[side]! -= excess;
    else shrinkSide(book, side, openInterestBase);
  }
}

function closePositions(
  book: Book,
  tables: Tables,
  params: ModelParams,
  side: number,
  at: SettleAt,
  need: number,
): void {
  const { ageHazards, tierHazards, reservoirHazard } = params;
  let weighted = reservoirHazard * book.reservoirBase[side]!;
  for (let age = 0; age < AGE_SLOTS; age++)
    for (let tier = 0; tier < TIER_COUNT; tier++)
      weighted += ageHazards[age]! * tierHazards[tier]! * book.rowSum[rowIndex(age, side, tier)]!;
  if (weighted <= 0) return;
  const step = Math.min(MAX_STEP, need / weighted);
  const position = latticePosition(at.close);
  for (let age = 0; age < AGE_SLOTS; age++) {
    const owed = book.deferred[side * AGE_SLOTS + age]! + step * ageHazards[age]!;
    const due = owed >= MAX_OWED || isDue(age, at);
    book.deferred[side * AGE_SLOTS + age] = due ? 0 : owed;
    if (due) closeSlot(book, tables, params, side, age, position, owed);
  }
  book.reservoirBase[side]! *= exp(-step * reservoirHazard);
}

/** In steps of a minute every old slot has its own minute of five; until then the reservoir stands in for it. */
function isDue(age: number, at: SettleAt): boolean {
  if (age < FIRST_OLD_SLOT || at.intervalMs >= OLD_SLOT_MINUTES * MINUTE_MS) return true;
  return (Math.floor(at.endTime / MINUTE_MS) - age) % OLD_SLOT_MINUTES === 0;
}

/** Closes `owed` hazards of one age slot. */
function closeSlot(
  book: Book,
  tables: Tables,
  params: ModelParams,
  side: number,
  age: number,
  position: number,
  owed: number,
): void {
  for (let tier = 0; tier < TIER_COUNT; tier++) {
    const row = rowIndex(age, side, tier);
    if (book.rowLow[row] === book.rowHigh[row]) continue;
    const rate = owed * params.tierHazards[tier]!;
    const winners = exp(-rate * (1 + params.disposition));
    const losers = exp(-rate * (1 - params.disposition));
    // entry = liquidation ± distance: further from the price than the tier's distance means entered at a better price
    const distance = tables.distances[side]![tier]!;
    if (side === 0) decayRow(book, row, Math.floor(position - distance), winners, losers);
    else decayRow(book, row, Math.floor(position + distance), losers, winners);
  }
}

/** Scales a whole side to open interest; the last rounding goes to the reservoir. */
function shrinkSide(book: Book, side: number, openInterestBase: number): void {
  const factor = (openInterestBase * (1 - ROUNDING_ROOM)) / sideBase(book, side);
  for (let age = 0; age < AGE_SLOTS; age++)
    for (let tier = 0; tier < TIER_COUNT; tier++) decayRow(book, rowIndex(age, side, tier), 0, factor, factor);
  book.reservoirBase[side] = Math.max(openInterestBase - drawnBase(book, side), 0);
}
