// From the split of columns to what the answer prints. Sizes of columns are stored to 2.2 %, so that the difference of two
// is less exact than what happened in between: where both are known, the latter is the change.
import { changeOf, FLOW_KINDS, type Flows, flowsAt } from "../../../src/shared/market/flows.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import type { Cell } from "./grid.ts";

/** Levels `[fromLevel, toLevel)` of one column; flows are indexed by level, in USD. */
export interface SplitColumn {
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
      for (const kind of FLOW_KINDS) printed[kind].push(amounts[kind]);
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
