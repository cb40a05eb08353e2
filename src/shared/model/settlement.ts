// Conservation: after each bar, cells + reservoir equal open interest on each side.
// Too little: openings that were not seen are not drawn. Too much: positions closed, young and highly levered ones first,
// winners rather than losers (a cell's distance from the price tells which it is); the reservoir takes up the rest.
import { exp } from "../num/exp.ts";
import { AGE_SLOTS, type Book, drawnBase, rowIndex, sideBase, TIER_COUNT } from "./book.ts";
import { decayRow } from "./decay.ts";
import { latticePosition } from "./lattice.ts";
import type { ModelParams } from "./params.ts";
import type { Tables } from "./tables.ts";

/** Closing is never more than this many hazards at once: beyond it everything shrinks alike. */
const MAX_STEP = 0.5;
/** Leaves Float32 rounding room below open interest when all is scaled to it. */
const ROUNDING_ROOM = 1e-6;

/** Makes each side equal `openInterestBase` (≥ 0), seen from price `close`. */
export function settle(book: Book, tables: Tables, params: ModelParams, close: number, openInterestBase: number): void {
  const position = latticePosition(close);
  for (let side = 0; side < 2; side++) {
    const need = sideBase(book, side) - openInterestBase;
    if (need <= 0) {
      book.reservoirBase[side]! -= need;
      continue;
    }
    closePositions(book, tables, params, side, position, need);
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
  position: number,
  need: number,
): void {
  const { ageHazards, tierHazards, reservoirHazard, disposition } = params;
  let weighted = reservoirHazard * book.reservoirBase[side]!;
  for (let age = 0; age < AGE_SLOTS; age++)
    for (let tier = 0; tier < TIER_COUNT; tier++)
      weighted += ageHazards[age]! * tierHazards[tier]! * book.rowSum[rowIndex(age, side, tier)]!;
  if (weighted <= 0) return;
  const step = Math.min(MAX_STEP, need / weighted);
  for (let tier = 0; tier < TIER_COUNT; tier++) {
    const distance = tables.distances[side]![tier]!;
    // entry = liquidation ± distance: further from the price than the tier's distance means entered at a better price
    const split = Math.floor(side === 0 ? position - distance : position + distance);
    for (let age = 0; age < AGE_SLOTS; age++) {
      const row = rowIndex(age, side, tier);
      if (book.rowLow[row] === book.rowHigh[row]) continue;
      const rate = step * ageHazards[age]! * tierHazards[tier]!;
      const winners = exp(-rate * (1 + disposition));
      const losers = exp(-rate * (1 - disposition));
      if (side === 0) decayRow(book, row, split, winners, losers);
      else decayRow(book, row, split, losers, winners);
    }
  }
  book.reservoirBase[side]! *= exp(-step * reservoirHazard);
}

/** Scales a whole side to open interest; the last rounding goes to the reservoir. */
function shrinkSide(book: Book, side: number, openInterestBase: number): void {
  const factor = (openInterestBase * (1 - ROUNDING_ROOM)) / sideBase(book, side);
  for (let age = 0; age < AGE_SLOTS; age++)
    for (let tier = 0; tier < TIER_COUNT; tier++) decayRow(book, rowIndex(age, side, tier), 0, factor, factor);
  book.reservoirBase[side] = Math.max(openInterestBase - drawnBase(book, side), 0);
}
