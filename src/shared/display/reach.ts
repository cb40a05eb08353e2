// Which part of the price axis is worth seeing.
import { type Grid, priceOfRow, rowOfPrice } from "./grid.ts";

export const REACHES = ["auto", "2", "5", "10", "all"] as const;
/** Automatic, so many percent to both sides, or the whole map. */
export type Reach = (typeof REACHES)[number];

/** The automatic reach shows this share of each side's size … */
const SHARE = 0.8;
/** … but nothing further than this from the price. */
const FURTHEST = 0.12;

export interface PriceRange {
  low: number;
  high: number;
}

/** Returns the price range to show around `price`, judged by the newest column. */
export function priceRange(grid: Grid, price: number, reach: Reach): PriceRange {
  if (reach === "all") return { low: priceOfRow(grid, 0), high: priceOfRow(grid, grid.rows) };
  if (reach !== "auto") {
    const factor = 1 + Number(reach) / 100;
    return { low: price / factor, high: price * factor };
  }
  const at = Math.max(0, Math.min(grid.rows - 1, rowOfPrice(grid, price)));
  const low = priceOfRow(grid, outermost(grid, at, -1));
  const high = priceOfRow(grid, outermost(grid, at, 1) + 1);
  return { low: Math.max(low, price / (1 + FURTHEST)), high: Math.min(high, price * (1 + FURTHEST)) };
}

/** Row at which the size counted outward from `start` reaches its share. */
function outermost(grid: Grid, start: number, step: 1 | -1): number {
  const offset = (grid.slots - 1) * grid.rows;
  const sizeOf = (row: number): number => Math.abs(grid.usd[offset + row] ?? 0);
  let total = 0;
  for (let row = start; row >= 0 && row < grid.rows; row += step) total += sizeOf(row);
  let sum = 0;
  for (let row = start; row >= 0 && row < grid.rows; row += step) {
    sum += sizeOf(row);
    if (sum >= SHARE * total) return row;
  }
  return start;
}
