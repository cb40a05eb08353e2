// One minute of one exchange through its model, when it comes and when a filled gap is replayed.
import type { Bar } from "../../src/shared/market/bar.ts";
import type { Minute } from "../../src/shared/market/minute.ts";
import { conservationError, decodeModel, stepBar } from "../../src/shared/model/model.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { closeGap, isOwing } from "./gap.ts";
import { FLOWS_INTERVAL_MS, turnPage } from "./half-hour-flows.ts";
import { copyFlows, type HubState, type HubVenue, STALE_BOOK_MS } from "./hub-state.ts";
import { learnMinute } from "./learn-minute.ts";
import { type HubSettings, paramsOf } from "./settings.ts";
import { CROSS_INTERVAL_MS, type HubSink } from "./write-columns.ts";

export function stepMinute(state: HubState, venue: HubVenue, minute: Minute & { type: "bar" }, teaches: boolean): void {
  const result = stepBar(venue.model, startingBar(venue, minute), venue.flows?.period.record ?? null);
  venue.steppedTo = minute.minuteMs + MINUTE_MS;
  venue.lastClose = minute.bar.close;
  if (result === null) return;
  if (teaches) learnMinute(venue, minute, result);
  if (result.degraded) venue.degradedMinutes += 1;
  if (result.clipped) venue.clippedMinutes += 1;
  // the walk over all cells is too dear for every minute of a long history: there every half hour
  if (state.asOf - minute.minuteMs <= STALE_BOOK_MS || minute.minuteMs % CROSS_INTERVAL_MS === 0) {
    state.worstConservation = Math.max(state.worstConservation, conservationError(venue.model));
  }
}

/** Steps everything since the gap opened again, from the model as it was before: the standing state, not what was published. */
export function replayGap(state: HubState, settings: HubSettings, venue: HubVenue, sink: HubSink): void {
  const { gap, gapModel, gapFlows } = venue;
  const model = gapModel === null ? null : decodeModel(gapModel, paramsOf(settings));
  if (gap === null || model === null || "error" in model) return;
  venue.model = model;
  // what the map shows changes without anything having happened: half hours are put on record again, as the model is stepped again
  venue.flows = gapFlows === null ? null : copyFlows(gapFlows);
  venue.learning = structuredClone(gap.learning);
  venue.degradedMinutes = gap.degradedMinutes;
  venue.clippedMinutes = gap.clippedMinutes;
  for (const { minute, taught } of gap.kept) {
    if (minute.type === "bar") stepMinute(state, venue, minute, taught);
    const endMs = minute.minuteMs + MINUTE_MS;
    if (endMs % FLOWS_INTERVAL_MS === 0) turnPage(venue, endMs, sink);
  }
  state.worstConservation = Math.max(state.worstConservation, conservationError(venue.model));
  if (!isOwing(venue, state.asOf)) closeGap(venue);
}

/** The minute's bar; for a model that has no open interest yet, with the one to start from. */
function startingBar(venue: HubVenue, minute: Minute & { type: "bar" }): Bar {
  if (venue.model.book !== null || minute.bar.openInterestBase !== null) return minute.bar;
  venue.startAssumed = minute.startOpenInterestBase !== null;
  const { startOpenInterestBase: openInterestBase, startShortOpenInterestBase: short } = minute;
  return { ...minute.bar, openInterestBase, ...(short === undefined ? {} : { shortOpenInterestBase: short }) };
}
