// What the API asks of a hub, each in one call: everything the hub alone knows for one answer.
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import { type MapFilter, TIERS } from "../../src/shared/market/filter.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { StreamCandle } from "../../src/shared/protocol/messages.ts";
import { encodeColumns } from "../../src/shared/tile/column-codec.ts";
import { LAYERS, type LayerKey } from "../../src/shared/tile/layer.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { Coverage } from "./coverage.ts";
import type { HubStore } from "./hub-store.ts";
import { filteredLevels, type Levels, type LiveVenue } from "./live-view.ts";
import type { MapSplit } from "./map-split.ts";
import { readLayers } from "./open-layers.ts";
import { crossParts } from "./stored-levels.ts";

export interface HistoryQuery {
  filter: MapFilter;
  /** Layers to add up, or null for the cross columns. */
  layers: LayerKey[] | null;
  intervalMs: number;
  fromMs: EpochMs;
  /** A filter with a delta also needs these columns, of this width. */
  baseline: { intervalMs: number; fromMs: EpochMs } | null;
}

export interface HubHistory {
  /** Columns the hub holds (their tile is still open, or closed a moment ago), as encoded lists of layer columns. */
  parts: Uint8Array;
  baselineParts: Uint8Array;
  columns: ClosedColumn[];
}

export interface HubLive {
  asOf: EpochMs;
  /** Of the first exchange that the filter leaves in the map; null when it leaves none. */
  price: number | null;
  coverage: Coverage;
  modelVersion: string;
  columnStartMs: EpochMs;
  candle: StreamCandle | null;
  /** The map now, delta not applied; USD per bucket. */
  levels: Levels;
}

export interface MapLevels {
  total: Levels;
  byLeverage: Record<string, Levels>;
  byExchange: Record<string, Levels>;
}

/** A map whose filter may have a delta: with a split, the total is what its four kinds add up to. */
export interface SplitMap extends MapLevels {
  split: MapSplit | null;
  /** Why a change is not split; null where it is, and without a delta. */
  splitReason: string | null;
  /** When the change begins; null without a delta. */
  fromMs: EpochMs | null;
  /** Exchanges that the change leaves out: they were in the map at one of its ends only. */
  notCompared: VenueId[];
}

export function hubHistory(store: HubStore, venues: readonly VenueId[], query: HistoryQuery): HubHistory {
  const toMs = Number.MAX_SAFE_INTEGER;
  const held = (intervalMs: number, fromMs: EpochMs) =>
    query.layers === null
      ? crossParts(store, venues, query.filter, fromMs, toMs)
      : layerParts(store, query.layers, intervalMs, fromMs, toMs);
  const { baseline } = query;
  return {
    parts: encodeColumns(held(query.intervalMs, query.fromMs)),
    baselineParts: encodeColumns(baseline === null ? [] : held(baseline.intervalMs, baseline.fromMs)),
    columns: store
      .openColumns(query.intervalMs, query.fromMs, toMs)
      .map((column) => JSON.parse(column.meta) as ClosedColumn),
  };
}

/** The map of a filter and its parts; `change` turns standing sizes into their change when the filter has a delta. */
export function mapLevels(
  live: readonly LiveVenue[],
  filter: MapFilter,
  venues: readonly VenueId[],
  change: (levels: Levels, filter: MapFilter) => Levels,
): MapLevels {
  const levelsOf = (part: MapFilter) =>
    change(filteredLevels(live, part, part.delta === null ? "learned" : "assumed"), part);
  const byLeverage = (filter.tiers ?? TIERS).map((tier) => [String(tier), levelsOf({ ...filter, tiers: [tier] })]);
  const byExchange = (filter.venues ?? venues).map((venue) => [venue, levelsOf({ ...filter, venues: [venue] })]);
  return {
    total: levelsOf(filter),
    byLeverage: Object.fromEntries(byLeverage),
    byExchange: Object.fromEntries(byExchange),
  };
}

/** A map without a delta. */
export function standingMap(map: MapLevels): SplitMap {
  return { ...map, split: null, splitReason: null, fromMs: null, notCompared: [] };
}

function layerParts(store: HubStore, layers: readonly LayerKey[], intervalMs: number, fromMs: EpochMs, toMs: EpochMs) {
  return store.openColumns(intervalMs, fromMs, toMs).flatMap((column) => {
    const all = readLayers(column);
    return layers.flatMap((layer) => all[LAYERS.indexOf(layer)] ?? []);
  });
}
