// When a minute may close: every exchange that is expected to deliver it has done so.
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { type HubSettings, historyPatienceMs, minutePatienceMs } from "./settings.ts";
import { needs, type VenueTrack } from "./track.ts";

/** A hub that has closed all but these minutes is live: it waits for no exchange that it has left behind. */
const LIVE_EDGE_MS = 5 * MINUTE_MS;

/** True while the hub should wait for this exchange's minute; `now` is market time, `cursor` the next minute to close. */
export function isAwaited(track: VenueTrack, settings: HubSettings, now: EpochMs, cursor: EpochMs | null): boolean {
  switch (track.status.state) {
    case "blocked":
    case "stale":
    case "off":
      return false;
    case "live":
    case "degraded": {
      // its history began later, or it passed this minute as missing: it has nothing more to say about it
      if (cursor !== null && track.nextMinuteMs !== null && track.nextMinuteMs > cursor) return false;
      const leftBehind = cursor !== null && track.nextMinuteMs !== null && track.nextMinuteMs < cursor;
      // the columns it is missing from are published: it catches up on its own
      if (leftBehind && now - cursor <= LIVE_EDGE_MS) return false;
      const filling = track.nextMinuteMs === null || needs(track, now) !== null;
      const patienceMs = filling ? historyPatienceMs(settings) : minutePatienceMs(settings);
      return now - track.progressAt <= patienceMs;
    }
  }
}
