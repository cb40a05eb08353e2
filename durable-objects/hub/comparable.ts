// Which exchanges a change up to now can speak of.
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import { type Compared, comparedAt } from "../../src/shared/market/compared.ts";
import type { MapFilter } from "../../src/shared/market/filter.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { weightedFilters } from "../../src/shared/model/reweight.ts";
import { layersFor } from "../../src/shared/tile/filter-layers.ts";
import { type EpochMs, intervalStart } from "../../src/shared/time/clock.ts";
import type { HubStore } from "./hub-store.ts";
import { type HubSettings, paramsOf } from "./settings.ts";
import { FINE_MS } from "./stored-levels.ts";
import { CROSS_INTERVAL_MS } from "./write-columns.ts";

/** Narrows a filter to the exchanges in the map now and at the beginning of a change, which begins with the last stored column before `fromMs`. */
export function comparedNow(
  store: Pick<HubStore, "columnMetas">,
  settings: HubSettings,
  filter: MapFilter,
  fromMs: EpochMs,
  now: readonly VenueId[],
): Compared {
  const parts = weightedFilters(filter, paramsOf(settings), settings.symbol, settings.venues);
  const width = parts.some((part) => layersFor(part.filter) === null) ? CROSS_INTERVAL_MS : FINE_MS;
  const startMs = intervalStart(fromMs, width) - width;
  const meta = store.columnMetas(width, startMs, startMs + 1)[0];
  if (meta === undefined) return { filter, notCompared: [] };
  const before = (JSON.parse(meta) as ClosedColumn).venues.map(({ id }) => id);
  return comparedAt(filter, settings.venues, before, now);
}
