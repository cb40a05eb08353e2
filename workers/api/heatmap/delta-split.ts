// The changes of a heatmap's columns as what opened, closed, was swept and moved. Sizes of columns are stored to 2.2 %, so
// that the difference of two is less exact than what happened in between: where both are known, the latter is the change.
import type { HubFlows } from "../../../durable-objects/hub/flow-columns.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import { changeOf, type Flows, flowsAt, unsplitReason } from "../../../src/shared/market/flows.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { Axis, Cell } from "./grid.ts";
import type { Newest } from "./newest.ts";

/** Flows are kept per half hour. */
const FLOWS_INTERVAL_MS = 30 * MINUTE_MS;

/** Levels `[fromLevel, toLevel)` of one column; flows are indexed by level, in USD. */
interface SplitColumn {
  index: number;
  fromMs: EpochMs;
  fromLevel: number;
  toLevel: number;
  flows: Flows;
}

export interface HeatmapSplit {
  /** In the order of the columns; those whose end is no half hour's have none. */
  columns: SplitColumn[];
  /** Why no column, or not every one that could, has a split; null without a delta. */
  reason: string | null;
}

export const NO_SPLIT: HeatmapSplit = { columns: [], reason: null };

export interface AskedSplit {
  symbol: SymbolId;
  filter: MapFilter;
  deltaMs: number;
  axis: Axis;
  /** Columns with a change, and when it ends. */
  columns: { index: number; endMs: EpochMs }[];
}

/** Asks for the split of some columns; `closed` says who was in the map. */
export async function askSplit(
  newest: Newest,
  { symbol, filter, deltaMs, axis, columns }: AskedSplit,
  closed: readonly ClosedColumn[],
): Promise<HeatmapSplit> {
  const unsplit = unsplitReason(filter);
  if (unsplit !== null) return { columns: [], reason: unsplit };
  const venues = new Map(closed.map(({ startMs, intervalMs, venues: all }) => [startMs + intervalMs, all]));
  const wanted = columns.filter(({ endMs }) => endMs % FLOWS_INTERVAL_MS === 0);
  if (wanted.length === 0) return { columns: [], reason: "no column of a change ends with a half hour" };
  const hub = await newest.flows(symbol, {
    filter,
    deltaMs,
    axis,
    columns: wanted.map(({ endMs }) => ({ endMs, venues: (venues.get(endMs) ?? []).map(({ id }) => id) })),
  });
  return { columns: splitColumns(hub, wanted, deltaMs, axis), reason: hub.reason };
}

function splitColumns(hub: HubFlows, wanted: AskedSplit["columns"], deltaMs: number, axis: Axis): SplitColumn[] {
  const { firstBucket, bucketsPerLevel: height, levels } = axis;
  const indexOf = new Map(wanted.map(({ index, endMs }) => [endMs, index]));
  return hub.columns.flatMap(({ endMs, reach, flows }) => {
    const index = indexOf.get(endMs);
    // whole levels only
    const fromLevel = Math.max(0, Math.ceil((reach.low - firstBucket) / height));
    const toLevel = Math.min(levels, Math.floor((reach.high - firstBucket) / height));
    if (index === undefined || fromLevel >= toLevel) return [];
    return [{ index, fromMs: endMs - deltaMs, fromLevel, toLevel, flows }];
  });
}

/** A column's split as the answer prints it: whole amounts of the levels from `firstLevel` up. */
export interface PrintedSplit {
  column: number;
  fromMs: EpochMs;
  firstLevel: number;
  opened: number[];
  closed: number[];
  swept: number[];
  moved: number[];
}

/**
 * The split in whole amounts (USD × `factor`), and the cells with what it adds up to in the place of the difference of
 * stored columns: to the last digit, as printed.
 */
export function splitCells(
  cells: readonly Cell[],
  split: HeatmapSplit,
  factor: number,
): { cells: Cell[]; columns: PrintedSplit[] } {
  if (split.columns.length === 0) return { cells: [...cells], columns: [] };
  const byIndex = new Map(split.columns.map((column) => [column.index, column]));
  const isKept = ([index, level]: Cell) => {
    const own = byIndex.get(index);
    return own === undefined || level < own.fromLevel || level >= own.toLevel;
  };
  const changed = cells.filter(isKept);
  const columns: PrintedSplit[] = [];
  for (const { index, fromMs, fromLevel, toLevel, flows } of split.columns) {
    const printed: PrintedSplit = {
      ...{ column: index, fromMs, firstLevel: fromLevel },
      ...{ opened: [], closed: [], swept: [], moved: [] },
    };
    for (let level = fromLevel; level < toLevel; level++) {
      const amounts = roundedFlows(flows, level, factor);
      for (const kind of ["opened", "closed", "swept", "moved"] as const) printed[kind].push(amounts[kind]);
      const change = changeOf(amounts);
      if (change !== 0) changed.push([index, level, change]);
    }
    columns.push(printed);
  }
  changed.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { cells: changed, columns };
}

/** Whole amounts of one level. */
export function roundedFlows(flows: Flows, i: number, factor: number): ReturnType<typeof flowsAt> {
  // + 0: a rounded −0.4 is no minus zero
  const rounded = (usd: number) => Math.round(usd * factor) + 0;
  const { opened, closed, swept, moved } = flowsAt(flows, i);
  return { opened: rounded(opened), closed: rounded(closed), swept: rounded(swept), moved: rounded(moved) };
}
