// Asks for what the changes of a heatmap's columns are made of.
import type { HubFlows } from "../../../durable-objects/hub/flow-columns.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import { unsplitReason } from "../../../src/shared/market/flows.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { Axis } from "./grid.ts";
import type { Newest } from "./newest.ts";
import type { HeatmapSplit, SplitColumn } from "./split-cells.ts";

/** Flows are kept per half hour. */
const FLOWS_INTERVAL_MS = 30 * MINUTE_MS;

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
