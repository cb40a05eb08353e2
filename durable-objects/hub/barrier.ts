// When a minute may close: every exchange that is expected to deliver it has done so.
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { type HubSettings, historyPatienceMs, minutePatienceMs } from "./settings.ts";
import { needs, type VenueTrack } from "./track.ts";

/** True while the hub should wait for this exchange's minute; `now` is market time. */
export function isAwaited(track: VenueTrack, settings: HubSettings, now: EpochMs): boolean {
  switch (track.status.state) {
    case "blocked":
    case "stale":
    case "off":
      return false;
    case "live":
    case "degraded": {
      const filling = track.nextMinuteMs === null || needs(track, now) !== null;
      const patienceMs = filling ? historyPatienceMs(settings) : minutePatienceMs(settings);
      return now - track.progressAt <= patienceMs;
    }
  }
}
