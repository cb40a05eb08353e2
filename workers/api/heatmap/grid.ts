// From columns on the fine lattice to the grid of an answer: price levels of a chosen height over a chosen span of prices.

import type { SideFilter } from "../../../src/shared/market/filter.ts";
import { exp } from "../../../src/shared/num/exp.ts";
import { log } from "../../../src/shared/num/log.ts";
import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";
import { addSideUsd, type LayerColumn } from "../../../src/shared/tile/layer-column.ts";

/** Levels an answer has at most when no height is asked for. */
const DEFAULT_LEVELS = 200;
/** Levels it has at most in any case: 400 levels × 366 columns stay below 2 MB of JSON. */
export const MAX_LEVELS = 400;

/** Price levels: level i covers buckets `firstBucket + i × bucketsPerLevel` and the `bucketsPerLevel − 1` above. */
export interface Axis {
  firstBucket: number;
  bucketsPerLevel: number;
  levels: number;
}

/** An axis over `[low, high]` and a margin on both sides, aligned so that equal heights have equal edges everywhere. */
export function axisOver(low: number, high: number, margin: number, bucketsPerLevel: number | null): Axis {
  const from = Math.floor(log(low * (1 - margin)) / BUCKET_WIDTH);
  const to = Math.ceil(log(high * (1 + margin)) / BUCKET_WIDTH);
  const height = bucketsPerLevel ?? Math.max(1, Math.ceil((to - from) / DEFAULT_LEVELS));
  const firstBucket = Math.floor(from / height) * height;
  return { firstBucket, bucketsPerLevel: height, levels: Math.ceil((to - firstBucket) / height) };
}

/** Lower price of each level. */
export function levelPrices(axis: Axis): number[] {
  return Array.from({ length: axis.levels }, (_, i) =>
    roundPrice(exp((axis.firstBucket + i * axis.bucketsPerLevel) * BUCKET_WIDTH)),
  );
}

/** Eight significant digits: far below a bucket, and no noise in the JSON. */
export function roundPrice(price: number): number {
  return Number(price.toPrecision(8));
}

/** A stored part of a map, and how much it counts. */
export interface WeightedColumn {
  column: LayerColumn;
  factor: number;
}

/** Sum of some parts per level, in USD; both sides together unless one is chosen. */
export function levelsOfParts(
  parts: readonly WeightedColumn[],
  axis: Axis,
  side: SideFilter,
  share: number,
): Float64Array {
  const fine = new Float64Array(axis.levels * axis.bucketsPerLevel);
  for (const part of parts) {
    const scale = share * part.factor;
    if (side !== "short") addSideUsd(part.column, "long", fine, axis.firstBucket, scale);
    if (side !== "long") addSideUsd(part.column, "short", fine, axis.firstBucket, scale);
  }
  return coarsen(fine, axis);
}

/** Sum of fine levels that begin at bucket `first` per level of the axis. */
export function levelsOfFine(first: number, sides: readonly Float64Array[], axis: Axis): Float64Array {
  const fine = new Float64Array(axis.levels * axis.bucketsPerLevel);
  for (const usd of sides) {
    const from = Math.max(0, axis.firstBucket - first);
    const to = Math.min(usd.length, axis.firstBucket + fine.length - first);
    for (let i = from; i < to; i++)
      fine[first + i - axis.firstBucket] = (fine[first + i - axis.firstBucket] ?? 0) + (usd[i] ?? 0);
  }
  return coarsen(fine, axis);
}

function coarsen(fine: Float64Array, axis: Axis): Float64Array {
  const levels = new Float64Array(axis.levels);
  for (let i = 0; i < fine.length; i++) {
    const level = Math.floor(i / axis.bucketsPerLevel);
    levels[level] = (levels[level] ?? 0) + (fine[i] ?? 0);
  }
  return levels;
}

/** `[columnIndex, levelIndex, whole USD]` */
export type Cell = [number, number, number];

/** Appends `[columnIndex, levelIndex, whole USD]` of the levels that are not empty. */
export function pushCells(cells: Cell[], columnIndex: number, levels: Float64Array): void {
  for (let i = 0; i < levels.length; i++) {
    const usd = Math.round(levels[i] ?? 0);
    if (usd !== 0) cells.push([columnIndex, i, usd]);
  }
}
