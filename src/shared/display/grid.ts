// The map in memory: one regular time axis of slots, one logarithmic price axis of rows, USD per cell.
// A slot without a column stays a slot, so gaps in time stay gaps on the picture.
import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";
import { BUCKET_WIDTH } from "../tile/bucket-price.ts";
import type { EpochMs } from "../time/clock.ts";

/** Slots kept free to the right, so that live columns need no new memory. */
const SPARE_SLOTS = 64;

export interface Candle {
  open: number;
  high: number;
  low: number;
  close: number;
}

export interface Grid {
  intervalMs: number;
  firstStartMs: EpochMs;
  /** Slots in use; the last one is the newest column. */
  slots: number;
  capacity: number;
  rows: number;
  firstBucket: number;
  bucketsPerLevel: number;
  /** True for a change over a period: USD carries a sign. */
  signed: boolean;
  /** Column-major: `slot × rows + row`, row 0 is the lowest price. */
  usd: Float32Array;
  /** 1 where a slot has a column. */
  present: Uint8Array;
  candles: (Candle | null)[];
}

/** The part of a heatmap answer the grid is built from; units as in GET /v1/heatmap. */
export interface GridSource {
  intervalMs: number;
  firstBucket: number;
  bucketsPerLevel: number;
  columns: readonly EpochMs[];
  rows: number;
  /** `[columnIndex, priceIndex, usd]`. */
  cells: readonly (readonly [number, number, number])[];
  /** `[startMs, open, high, low, close, …]`. */
  candles: readonly (readonly (number | null)[])[];
  signed: boolean;
}

/** Returns the grid of an answer, or null when it has no column or no price level. */
export function buildGrid(source: GridSource): Grid | null {
  const first = source.columns[0];
  const last = source.columns.at(-1);
  if (first === undefined || last === undefined || source.rows === 0) return null;
  const slots = Math.round((last - first) / source.intervalMs) + 1;
  const capacity = slots + SPARE_SLOTS;
  const grid: Grid = {
    intervalMs: source.intervalMs,
    firstStartMs: first,
    slots,
    capacity,
    rows: source.rows,
    firstBucket: source.firstBucket,
    bucketsPerLevel: source.bucketsPerLevel,
    signed: source.signed,
    usd: new Float32Array(capacity * source.rows),
    present: new Uint8Array(capacity),
    candles: Array.from({ length: capacity }, () => null),
  };
  for (const startMs of source.columns) grid.present[slotOfTime(grid, startMs)] = 1;
  for (const [columnIndex, priceIndex, usd] of source.cells) {
    const startMs = source.columns[columnIndex];
    if (startMs === undefined || priceIndex < 0 || priceIndex >= grid.rows) continue;
    grid.usd[slotOfTime(grid, startMs) * grid.rows + priceIndex] = usd;
  }
  for (const [startMs, open, high, low, close] of source.candles) {
    if (startMs == null || open == null || high == null || low == null || close == null) continue;
    const slot = slotOfTime(grid, startMs);
    if (slot >= 0 && slot < slots) grid.candles[slot] = { open, high, low, close };
  }
  return grid;
}

/** Slot of a column start; may lie outside `0 … slots − 1`. */
export function slotOfTime(grid: Grid, startMs: EpochMs): number {
  return Math.round((startMs - grid.firstStartMs) / grid.intervalMs);
}

export function timeOfSlot(grid: Grid, slot: number): EpochMs {
  return grid.firstStartMs + slot * grid.intervalMs;
}

/** Lower price bound of a row; `row = rows` gives the top of the map. */
export function priceOfRow(grid: Grid, row: number): number {
  return exp((grid.firstBucket + row * grid.bucketsPerLevel) * BUCKET_WIDTH);
}

/** Row that holds a price; −1 below and `rows` above the map. */
export function rowOfPrice(grid: Grid, price: number): number {
  // half a millionth of a bucket absorbs the rounding of exp and log at a lower bound
  const bucket = log(price) / BUCKET_WIDTH + 5e-7;
  const row = Math.floor((bucket - grid.firstBucket) / grid.bucketsPerLevel);
  return row < 0 ? -1 : Math.min(row, grid.rows);
}

/** USD of one cell, 0 outside the map. */
export function cellUsd(grid: Grid, slot: number, row: number): number {
  if (slot < 0 || slot >= grid.slots || row < 0 || row >= grid.rows) return 0;
  return grid.usd[slot * grid.rows + row] ?? 0;
}

/** Adds the column after the last one and returns its slot, or −1 when the spare slots are used up. */
export function appendSlot(grid: Grid): number {
  if (grid.slots >= grid.capacity) return -1;
  grid.slots += 1;
  return grid.slots - 1;
}

/** Writes a whole column; `rowUsd` has one value per row. */
export function putColumn(grid: Grid, slot: number, rowUsd: ArrayLike<number>): void {
  grid.usd.set(rowUsd, slot * grid.rows);
  grid.present[slot] = 1;
}

/** Side of a cell: longs lie below the price of their column, shorts above. Null where the column has no price. */
export function sideOfCell(grid: Grid, slot: number, row: number): "long" | "short" | null {
  const close = grid.candles[slot]?.close;
  if (close === undefined) return null;
  return Math.sqrt(priceOfRow(grid, row) * priceOfRow(grid, row + 1)) < close ? "long" : "short";
}
