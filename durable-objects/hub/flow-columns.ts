// The changes of a heatmap's columns, split: sums over the half hours of each column's period, per price level.
import type { MapFilter } from "../../src/shared/market/filter.ts";
import { createFlows, FLOW_KINDS, type Flows } from "../../src/shared/market/flows.ts";
import type { Side, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { EVERYWHERE, missingReason, narrowed, type Reach, reachesBackTo } from "./flow-reach.ts";
import { addRow, type FlowRow } from "./flow-row.ts";
import { FLOWS_INTERVAL_MS } from "./half-hour-flows.ts";
import type { HubStore } from "./hub-store.ts";
import { heldRows } from "./map-split.ts";
import { type HubSettings, paramsOf } from "./settings.ts";

export interface FlowsQuery {
  filter: MapFilter;
  deltaMs: number;
  /** Columns that end with a half hour, oldest first, and who was in the map at their end. */
  columns: { endMs: EpochMs; venues: VenueId[] }[];
  /** Price levels: level i covers `bucketsPerLevel` buckets from `firstBucket + i × bucketsPerLevel`. */
  axis: { firstBucket: number; bucketsPerLevel: number; levels: number };
}

/** What happened in the period that ends with a column, USD per level, both sides together unless one is chosen. */
export interface ColumnFlows {
  endMs: EpochMs;
  reach: Reach;
  flows: Flows;
}

export interface HubFlows {
  /** Those of the asked columns that have a split. */
  columns: ColumnFlows[];
  /** Why the newest of the others has none. */
  reason: string | null;
}

/** Sums since the first half hour, at `(half hour × levels) + level`: a period is the difference of two. */
interface Running {
  fromMs: EpochMs;
  levels: number;
  sums: Flows;
  /** Per exchange and half hour, from the one before the first; the windows of its row. */
  windows: Map<VenueId, Map<EpochMs, FlowRow["windows"]>>;
}

/** The split of what is asked for, as far back as rows are kept. */
export function flowColumns(store: HubStore, settings: HubSettings, query: FlowsQuery, keptFromMs: EpochMs): HubFlows {
  const oldestMs = Math.ceil(keptFromMs / FLOWS_INTERVAL_MS) * FLOWS_INTERVAL_MS;
  const within = query.columns.filter(({ endMs }) => endMs - query.deltaMs >= oldestMs);
  const first = within[0];
  const last = within.at(-1);
  const before = within.length < query.columns.length ? reachesBackTo(oldestMs) : null;
  if (first === undefined || last === undefined) return { columns: [], reason: before };
  const sides = sidesOf(query.filter);
  const running = runUp(store, settings, query, sides, first.endMs - query.deltaMs, last.endMs);
  const share = query.filter.mode === "expected" ? paramsOf(settings).displayShare : 1;
  const columns: ColumnFlows[] = [];
  let reason = before;
  for (const column of within) {
    const known = reachOf(running, column, query.deltaMs, sides);
    if (typeof known === "string") reason = known;
    else
      columns.push({ endMs: column.endMs, reach: known, flows: between(running, column.endMs, query.deltaMs, share) });
  }
  return { columns, reason };
}

function sidesOf({ side }: MapFilter): Side[] {
  return side === "both" ? ["long", "short"] : [side];
}

function runUp(
  store: HubStore,
  settings: HubSettings,
  { filter, axis }: FlowsQuery,
  sides: readonly Side[],
  fromMs: EpochMs,
  toMs: EpochMs,
): Running {
  const { firstBucket, bucketsPerLevel, levels } = axis;
  const halfHours = (toMs - fromMs) / FLOWS_INTERVAL_MS;
  const sums = createFlows((halfHours + 1) * levels);
  const windows: Running["windows"] = new Map();
  const fine = createFlows(levels * bucketsPerLevel);
  for (const venue of filter.venues ?? settings.venues) {
    const own = new Map<EpochMs, FlowRow["windows"]>();
    windows.set(venue, own);
    for (const row of heldRows(store, venue, fromMs - FLOWS_INTERVAL_MS, toMs)) {
      own.set(row.startMs, row.windows);
      if (row.startMs < fromMs) continue;
      for (const kind of FLOW_KINDS) fine[kind].fill(0);
      for (const side of sides) addRow(row, side, fine, firstBucket);
      const at = ((row.startMs - fromMs) / FLOWS_INTERVAL_MS + 1) * levels;
      for (const kind of FLOW_KINDS) addCoarse(fine[kind], bucketsPerLevel, sums[kind], at);
    }
  }
  for (const kind of FLOW_KINDS) {
    const sum = sums[kind];
    for (let i = levels; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (sum[i - levels] ?? 0);
  }
  return { fromMs, levels, sums, windows };
}

function addCoarse(fine: Float64Array, height: number, into: Float64Array, at: number): void {
  for (let i = 0; i < fine.length; i++) {
    const level = at + Math.floor(i / height);
    into[level] = (into[level] ?? 0) + (fine[i] ?? 0);
  }
}

/** Prices that a column's split reaches, or the reason why it has none. */
function reachOf(
  { windows }: Running,
  { endMs, venues }: FlowsQuery["columns"][number],
  deltaMs: number,
  sides: readonly Side[],
): Reach | string {
  const fromMs = endMs - deltaMs;
  let reach = EVERYWHERE;
  const missing = [...windows].map(([venue, own]) => {
    const startsMs: EpochMs[] = [];
    // who was there before the period was in the map that it began with
    const isNew = !own.has(fromMs - FLOWS_INTERVAL_MS);
    let isNeeded = venues.includes(venue) || !isNew;
    for (let at = fromMs; at < endMs; at += FLOWS_INTERVAL_MS) {
      const window = own.get(at);
      if (window === undefined) startsMs.push(at);
      else {
        isNeeded = true;
        for (const side of sides) reach = narrowed(reach, side, window[side]);
      }
    }
    return { venue, startsMs: isNeeded ? startsMs : [], isNew };
  });
  return missingReason(missing, fromMs, endMs, FLOWS_INTERVAL_MS) ?? reach;
}

function between({ fromMs, levels, sums }: Running, endMs: EpochMs, deltaMs: number, share: number): Flows {
  const end = ((endMs - fromMs) / FLOWS_INTERVAL_MS) * levels;
  const start = end - (deltaMs / FLOWS_INTERVAL_MS) * levels;
  const flows = createFlows(levels);
  for (const kind of FLOW_KINDS) {
    for (let i = 0; i < levels; i++) {
      flows[kind][i] = share * ((sums[kind][end + i] ?? 0) - (sums[kind][start + i] ?? 0));
    }
  }
  return flows;
}
