// Half hour by half hour, what each exchange's positions did: the period that ends is written down, the next one begins.
import { beginPeriod, periodFlows } from "../../src/shared/model/model.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { encodeFlowRow } from "./flow-row.ts";
import { type HubState, modelledVenues } from "./hub-state.ts";
import type { HubSettings } from "./settings.ts";
import { CROSS_INTERVAL_MS, CROSS_KEEP_MS, type HubSink } from "./write-columns.ts";

/** Periods begin and end with the columns that a delta is measured between, and are kept as long. */
export const FLOWS_INTERVAL_MS = CROSS_INTERVAL_MS;

/**
 * Turns the page at the end of a half hour. Only who is in the map at both ends has a row: an exchange that comes or goes
 * changes the map without anything having happened to its positions.
 */
export function turnHalfHour(state: HubState, settings: HubSettings, endMs: EpochMs, sink: HubSink): void {
  if (endMs % FLOWS_INTERVAL_MS !== 0) return;
  const isKept = state.asOf - endMs <= CROSS_KEEP_MS;
  const modelled = isKept ? modelledVenues(state, settings, endMs) : [];
  for (const venue of state.venues.values()) {
    const { model, flows } = venue;
    venue.flows = null;
    if (!modelled.includes(venue)) continue;
    if (flows !== null) {
      const { startMs, period } = flows;
      sink.flows(startMs, venue.track.venue, () => encodeFlowRow(startMs, periodFlows(model, period)));
    }
    const period = beginPeriod(model);
    if (period !== null) venue.flows = { startMs: endMs, period };
  }
}
