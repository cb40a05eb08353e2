// Half hour by half hour, what each exchange's positions did: the period that ends is written down, the next one begins.
import { beginPeriod, periodFlows } from "../../src/shared/model/model.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { encodeFlowRow } from "./flow-row.ts";
import { type HubState, type HubVenue, modelledVenues } from "./hub-state.ts";
import type { HubSettings } from "./settings.ts";
import { CROSS_INTERVAL_MS, CROSS_KEEP_MS, type HubSink } from "./write-columns.ts";

/** Periods begin and end with the columns that a delta is measured between, and are kept as long. */
export const FLOWS_INTERVAL_MS = CROSS_INTERVAL_MS;

/**
 * Turns an exchange's page when its own minutes have come to the end of a half hour. Only who is in the map at both ends has
 * a row: an exchange that comes or goes changes the map without anything having happened to its positions.
 */
export function turnHalfHour(
  state: HubState,
  settings: HubSettings,
  venue: HubVenue,
  endMs: EpochMs,
  sink: HubSink,
): void {
  if (endMs % FLOWS_INTERVAL_MS !== 0) return;
  const isKept = state.asOf - endMs <= CROSS_KEEP_MS;
  if (isKept && modelledVenues(state, settings, endMs).includes(venue)) turnPage(venue, endMs, sink);
  else venue.flows = null;
}

/** Ends one exchange's half hour, if it has been on record, and begins the next. A replay writes its half hours once more. */
export function turnPage(venue: HubVenue, endMs: EpochMs, sink: HubSink): void {
  const { model, flows } = venue;
  if (flows !== null) {
    const { startMs, period } = flows;
    sink.flows(startMs, venue.track.venue, () => encodeFlowRow(startMs, periodFlows(model, period)));
  }
  const period = beginPeriod(model);
  venue.flows = period === null ? null : { startMs: endMs, period };
}
