// The change of the live map over a filter's delta: of the exchanges at both of its ends, split where that is on record.
import type { Delta, MapFilter } from "../../src/shared/market/filter.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { mapLevels, type SplitMap } from "./answers.ts";
import { comparedNow } from "./comparable.ts";
import { FLOWS_INTERVAL_MS } from "./half-hour-flows.ts";
import type { HubStore } from "./hub-store.ts";
import { idsOf, type Levels, type LiveFlows, type LiveVenue } from "./live-view.ts";
import { deltaStart, mapSplit, withSplit } from "./map-split.ts";
import type { HubSettings } from "./settings.ts";
import { changeSince } from "./stored-levels.ts";

/** The hub as it stands, its running minute included. */
export interface Now {
  asOf: EpochMs;
  cursor: EpochMs | null;
  live: readonly LiveVenue[];
  flows: readonly LiveFlows[];
}

export function mapChange(
  store: HubStore,
  settings: HubSettings,
  asked: MapFilter,
  delta: Delta,
  { asOf, cursor, live, flows }: Now,
): SplitMap {
  const fromMs = deltaStart(asked, delta, asOf, MINUTE_MS);
  const { filter, notCompared } = comparedNow(store, settings, asked, fromMs, idsOf(live));
  const map = mapLevels(live, filter, settings.venues, (levels, part) =>
    changeSince(store, settings, part, fromMs, levels),
  );
  const span = { fromMs, runningMs: intervalStart(cursor ?? 0, FLOWS_INTERVAL_MS) };
  const split = mapSplit(store, settings, filter, span, flows);
  if ("reason" in split) return { ...map, split: null, splitReason: split.reason, fromMs, notCompared };
  const own = (venue: string, levels: Levels): Levels => {
    const part = mapSplit(
      store,
      settings,
      { ...filter, venues: settings.venues.filter((id) => id === venue) },
      span,
      flows,
    );
    return "reason" in part ? levels : withSplit(levels, part);
  };
  const byExchange = Object.fromEntries(
    Object.entries(map.byExchange).map(([venue, levels]) => [venue, own(venue, levels)]),
  );
  return { ...map, total: withSplit(map.total, split), byExchange, split, splitReason: null, fromMs, notCompared };
}
