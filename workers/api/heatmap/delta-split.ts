// Asks for what the changes of a heatmap's columns are made of.
import type { FlowsQuery, HubFlows } from "../../../durable-objects/hub/flow-columns.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import { FLOW_KINDS, unsplitReason } from "../../../src/shared/market/flows.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { Axis } from "./grid.ts";
import type { HeatmapSplit, SplitColumn } from "./split-cells.ts";

/** Flows are kept per half hour. */
const FLOWS_INTERVAL_MS = 30 * MINUTE_MS;
/** Amounts in one answer, four per level and column: 0.8 MB of JSON. Every column of a day has room at any height. */
const MAX_AMOUNTS = 100_000;

export const NO_SPLIT: HeatmapSplit = { columns: [], reason: null };

export interface AskedSplit {
  filter: MapFilter;
  deltaMs: number;
  axis: Axis;
  /** Columns with a change, and when it ends. */
  columns: { index: number; endMs: EpochMs }[];
}

/** The split of some columns; `ask` asks the hub, `closed` says who was in the map. */
export async function askSplit(
  ask: (query: FlowsQuery) => Promise<HubFlows>,
  { filter, deltaMs, axis, columns }: AskedSplit,
  closed: readonly ClosedColumn[],
): Promise<HeatmapSplit> {
  const unsplit = unsplitReason(filter);
  if (unsplit !== null) return { columns: [], reason: unsplit };
  const venues = new Map(closed.map(({ startMs, intervalMs, venues: all }) => [startMs + intervalMs, all]));
  const possible = columns.filter(({ endMs }) => endMs % FLOWS_INTERVAL_MS === 0);
  const wanted = possible.slice(-Math.floor(MAX_AMOUNTS / (FLOW_KINDS.length * Math.max(1, axis.levels))));
  if (wanted.length === 0) return { columns: [], reason: "no column of a change ends with a half hour" };
  const hub = await ask({
    filter,
    deltaMs,
    axis,
    columns: wanted.map(({ endMs }) => ({ endMs, venues: (venues.get(endMs) ?? []).map(({ id }) => id) })),
  });
  const cut =
    wanted.length < possible.length
      ? `the newest ${wanted.length} columns are split: take a shorter range or a larger bucket for more`
      : null;
  return { columns: splitColumns(hub, wanted, deltaMs, axis), reason: hub.reason ?? cut };
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
