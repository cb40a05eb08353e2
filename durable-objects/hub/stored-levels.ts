// A filter's map at a past moment, from the columns the hub still holds: what a live delta is measured against.
import { type MapFilter, TIERS } from "../../src/shared/market/filter.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { weightedFilters } from "../../src/shared/model/reweight.ts";
import { decodeColumns } from "../../src/shared/tile/column-codec.ts";
import { AGES_OF, layersFor } from "../../src/shared/tile/filter-layers.ts";
import { AGE_CLASSES, LAYERS } from "../../src/shared/tile/layer.ts";
import { addSideUsd, type LayerColumn } from "../../src/shared/tile/layer-column.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { crossIndex } from "./column-builder.ts";
import type { HubStore } from "./hub-store.ts";
import type { Levels } from "./live-view.ts";
import { readLayers } from "./open-layers.ts";
import { type HubSettings, paramsOf } from "./settings.ts";
import { CROSS_INTERVAL_MS } from "./write-columns.ts";

/** Width of the columns that a change of a filter of one kind begins with. */
export const FINE_MS: number = 5 * MINUTE_MS;

/** Stored parts of a filter's map at the end of each column in `[fromMs, toMs)`, to be added up; oldest first. */
export function crossParts(
  store: HubStore,
  venues: readonly VenueId[],
  filter: MapFilter,
  fromMs: EpochMs,
  toMs: EpochMs,
): LayerColumn[] {
  const wanted = (filter.tiers ?? TIERS).flatMap((tier) =>
    AGES_OF[filter.age].map((age) => crossIndex(TIERS.indexOf(tier), AGE_CLASSES.indexOf(age))),
  );
  return (filter.venues ?? venues).flatMap((venue) =>
    store.cross(venue, fromMs, toMs).flatMap(({ body }) => {
      const columns = decodeColumns(body);
      return "error" in columns ? [] : wanted.flatMap((index) => columns[index] ?? []);
    }),
  );
}

/** The filter's map (without its delta) at the last stored moment not after `at`, on the axis of `like`; null when none is held. */
function storedLevels(
  store: HubStore,
  settings: HubSettings,
  filter: MapFilter,
  at: EpochMs,
  like: Levels,
): Levels | null {
  const levels: Levels = {
    first: like.first,
    long: new Float64Array(like.long.length),
    short: new Float64Array(like.short.length),
  };
  const params = paramsOf(settings);
  const share = filter.mode === "expected" ? params.displayShare : 1;
  let held = false;
  for (const part of weightedFilters(filter, params, settings.symbol, settings.venues)) {
    if (addStored(store, settings.venues, part.filter, at, levels, share * part.factor)) held = true;
  }
  return held ? levels : null;
}

/** What a filter's standing map has changed by since the last column that had ended by `fromMs`; nothing where none is held. */
export function changeSince(
  store: HubStore,
  settings: HubSettings,
  filter: MapFilter,
  fromMs: EpochMs,
  levels: Levels,
): Levels {
  const before = storedLevels(store, settings, filter, fromMs, levels);
  const changed = (side: "long" | "short") =>
    before === null
      ? new Float64Array(levels[side].length)
      : levels[side].map((usd, i) => usd - (before[side][i] ?? 0));
  return { first: levels.first, long: changed("long"), short: changed("short") };
}

function addStored(
  store: HubStore,
  venues: readonly VenueId[],
  filter: MapFilter,
  at: EpochMs,
  levels: Levels,
  share: number,
): boolean {
  const layers = layersFor(filter);
  const width = layers === null ? CROSS_INTERVAL_MS : FINE_MS;
  const startMs = intervalStart(at, width) - width;
  const parts =
    layers === null
      ? crossParts(store, venues, filter, startMs, startMs + width)
      : store.openColumns(width, startMs, startMs + width).flatMap((column) => {
          const all = readLayers(column);
          return layers.flatMap((layer) => all[LAYERS.indexOf(layer)] ?? []);
        });
  for (const part of parts) {
    if (filter.side !== "short") addSideUsd(part, "long", levels.long, levels.first, share);
    if (filter.side !== "long") addSideUsd(part, "short", levels.short, levels.first, share);
  }
  return parts.length > 0;
}
