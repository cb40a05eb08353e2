// Which ranges can be chosen.
import { RANGES, type Range } from "../../shared/market/filter.ts";
import { DAY_MS, type EpochMs, HOUR_MS } from "../../shared/time/clock.ts";

const LENGTH_MS: Record<Range, number> = {
  "12h": 12 * HOUR_MS,
  "24h": DAY_MS,
  "3d": 3 * DAY_MS,
  "7d": 7 * DAY_MS,
  "14d": 14 * DAY_MS,
  "30d": 30 * DAY_MS,
  "90d": 90 * DAY_MS,
  "180d": 180 * DAY_MS,
  "1y": 365 * DAY_MS,
};

/** Up to here a range is offered even when its first part is still being fetched. */
const ALWAYS_OFFERED: Range = "30d";

/** True when history reaches at least into the second half of a range, or the range is always offered. */
export function isRangeReachable(range: Range, historyFromMs: EpochMs | null, nowMs: EpochMs): boolean {
  if (RANGES.indexOf(range) <= RANGES.indexOf(ALWAYS_OFFERED)) return true;
  return historyFromMs !== null && nowMs - historyFromMs >= LENGTH_MS[range] / 2;
}
