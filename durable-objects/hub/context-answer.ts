// What the API asks of a hub about market context: the newest books, and how each liquidation feed is doing.
import type { TimeRange } from "../../src/shared/market/batch.ts";
import type { DepthSums } from "../../src/shared/market/depth-profile.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { Ladder } from "../../src/shared/model/ladder.ts";
import { MODEL_VERSION } from "../../src/shared/model/model.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { type Coverage, coverageAt } from "./coverage.ts";
import type { HubState } from "./hub-state.ts";
import type { HubSettings } from "./settings.ts";

export interface VenueContextNow {
  id: VenueId;
  book: { at: EpochMs; ladder: Ladder; sums: DepthSums } | null;
  /** When the liquidation stream was heard, gaps not taken out; null before the first time. */
  listening: TimeRange | null;
  isListening: boolean;
  lateObservations: number;
}

export interface HubContext {
  asOf: EpochMs;
  modelVersion: string;
  coverage: Coverage;
  venues: VenueContextNow[];
}

export function hubContext(
  state: HubState,
  settings: HubSettings,
  now: EpochMs,
  dayVolumeUsd: number | null,
): HubContext {
  return {
    asOf: state.asOf,
    modelVersion: MODEL_VERSION,
    coverage: coverageAt(state, settings, now, dayVolumeUsd),
    venues: settings.venues.flatMap((id) => {
      const track = state.context.venues[id];
      if (track === undefined) return [];
      const { ladder: book, listening, isListening, lateCount: lateObservations } = track;
      return [{ id, book, listening, isListening, lateObservations }];
    }),
  };
}
