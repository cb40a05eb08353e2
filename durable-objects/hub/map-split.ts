// The change of the live map, split: the half hours that are written down and the one that is running.
import { DELTA_MS, type Delta, type MapFilter } from "../../src/shared/market/filter.ts";
import {
  changeOf,
  createFlows,
  FLOW_KINDS,
  type Flows,
  flowsAt,
  unsplitReason,
} from "../../src/shared/market/flows.ts";
import type { Side, VenueId } from "../../src/shared/market/symbol.ts";
import { type SideFlows, toUsd } from "../../src/shared/model/model.ts";
import { type EpochMs, intervalStart } from "../../src/shared/time/clock.ts";
import {
  EVERYWHERE,
  type Missing,
  missingReason,
  narrowed,
  type Reach,
  type SideWindow,
  windowOf,
} from "./flow-reach.ts";
import { addRow, decodeFlowRow, type FlowRow } from "./flow-row.ts";
import { FLOWS_INTERVAL_MS } from "./half-hour-flows.ts";
import type { HubStore } from "./hub-store.ts";
import type { Levels, LiveFlows } from "./live-view.ts";
import { type HubSettings, paramsOf } from "./settings.ts";

/** USD per bucket; index 0 is bucket `first`. */
export interface MapSplit {
  fromMs: EpochMs;
  first: number;
  reach: Record<Side, Reach>;
  long: Flows;
  short: Flows;
}

const SIDES: readonly Side[] = ["long", "short"];

/** The moment that a change of the map now is measured from: where a half hour began, if it can be split. */
export function deltaStart(filter: MapFilter, delta: Delta, asOf: EpochMs, widthMs: number): EpochMs {
  const isSplit = unsplitReason(filter) === null;
  return intervalStart(asOf - DELTA_MS[delta], isSplit ? FLOWS_INTERVAL_MS : widthMs);
}

/** The split of a filter's change from `fromMs`, a half hour's begin, to now; or the reason why there is none. */
export function mapSplit(
  store: HubStore,
  settings: HubSettings,
  filter: MapFilter,
  span: { fromMs: EpochMs; runningMs: EpochMs },
  live: readonly LiveFlows[],
): MapSplit | { reason: string } {
  const unsplit = unsplitReason(filter);
  if (unsplit !== null) return { reason: unsplit };
  const { fromMs, runningMs } = span;
  const rows: FlowRow[] = [];
  const running: (readonly [SideFlows, SideFlows])[] = [];
  const missing: Missing[] = [];
  for (const venue of filter.venues ?? settings.venues) {
    const now = live.find((one) => one.venue === venue);
    // who was there before the period was in the map that it began with
    const known = heldRows(store, venue, fromMs - FLOWS_INTERVAL_MS, runningMs);
    if (now === undefined && known.length === 0) continue;
    const startsMs: EpochMs[] = [];
    for (let at = fromMs; at < runningMs; at += FLOWS_INTERVAL_MS) {
      if (!known.some((row) => row.startMs === at)) startsMs.push(at);
    }
    if (now?.flows == null) startsMs.push(runningMs);
    else running.push(now.flows);
    missing.push({ venue, startsMs, isNew: !known.some((row) => row.startMs < fromMs) });
    rows.push(...known.filter((row) => row.startMs >= fromMs));
  }
  const reason = missingReason(missing, fromMs, runningMs + 1, FLOWS_INTERVAL_MS);
  if (reason !== null) return { reason };
  if (running.length === 0) return { reason: "no exchange is in the map" };
  const share = filter.mode === "expected" ? paramsOf(settings).displayShare : 1;
  return { fromMs, ...added(rows, running, filter, share) };
}

/** Rows of one exchange in `[fromMs, toMs)`, oldest first. */
export function heldRows(store: HubStore, venue: VenueId, fromMs: EpochMs, toMs: EpochMs): FlowRow[] {
  return store.flows(venue, fromMs, toMs).flatMap(({ startMs, body }) => decodeFlowRow(startMs, body) ?? []);
}

/** The map's change where the split reaches: what the four add up to. */
export function withSplit(levels: Levels, split: MapSplit): Levels {
  const isEmpty = levels.long.length === 0;
  const end = split.first + split.long.opened.length;
  const first = isEmpty ? split.first : Math.min(levels.first, split.first);
  const high = isEmpty ? end : Math.max(levels.first + levels.long.length, end);
  const changed = (side: Side) => {
    const usd = new Float64Array(high - first);
    if (!isEmpty) usd.set(levels[side], levels.first - first);
    const reach = split.reach[side];
    for (let i = Math.max(0, reach.low - first); i < Math.min(usd.length, reach.high - first); i++) {
      usd[i] = changeOf(flowsAt(split[side], i + first - split.first));
    }
    return usd;
  };
  return { first, long: changed("long"), short: changed("short") };
}

function added(
  rows: readonly FlowRow[],
  running: readonly (readonly [SideFlows, SideFlows])[],
  filter: MapFilter,
  share: number,
): Omit<MapSplit, "fromMs"> {
  const windows: Record<Side, SideWindow[]> = {
    long: [...rows.map((row) => row.windows.long), ...running.map(([long]) => windowOf(long))],
    short: [...rows.map((row) => row.windows.short), ...running.map(([, short]) => windowOf(short))],
  };
  const reachOf = (side: Side) => windows[side].reduce((reach, window) => narrowed(reach, side, window), EVERYWHERE);
  const reach = { long: reachOf("long"), short: reachOf("short") };
  const all = [...windows.long, ...windows.short];
  const first = Math.min(...all.map(({ low }) => low));
  const length = Math.max(...all.map(({ high }) => high)) - first;
  const split = { first, reach, long: createFlows(length), short: createFlows(length) };
  for (const [index, side] of SIDES.entries()) {
    if (filter.side !== "both" && filter.side !== side) continue;
    const into = split[side];
    for (const row of rows) addRow(row, side, into, first);
    for (const sides of running) addRunning(sides[index === 0 ? 0 : 1], into, first);
    for (const kind of FLOW_KINDS) into[kind] = into[kind].map((usd) => share * usd);
  }
  return split;
}

function addRunning(flows: SideFlows, into: Flows, first: number): void {
  for (const kind of FLOW_KINDS) {
    const usd = flows[kind].slice();
    toUsd(usd, flows.first);
    const at = flows.first - first;
    for (let i = 0; i < usd.length; i++) into[kind][at + i] = (into[kind][at + i] ?? 0) + (usd[i] ?? 0);
  }
}
