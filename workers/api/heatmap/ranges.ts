// How wide the columns of a range are, and what a combination of filters may ask for.

import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DELTA_MS, type MapFilter, RANGES } from "../../../src/shared/market/filter.ts";
import { layersFor } from "../../../src/shared/tile/filter-layers.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";

export type Range = (typeof RANGES)[number];

const SPANS: Record<Range, { spanMs: number; intervalMs: number }> = {
  "12h": { spanMs: 12 * HOUR_MS, intervalMs: 5 * MINUTE_MS },
  "24h": { spanMs: DAY_MS, intervalMs: 5 * MINUTE_MS },
  "3d": { spanMs: 3 * DAY_MS, intervalMs: 15 * MINUTE_MS },
  "7d": { spanMs: 7 * DAY_MS, intervalMs: 30 * MINUTE_MS },
  "14d": { spanMs: 14 * DAY_MS, intervalMs: 2 * HOUR_MS },
  "30d": { spanMs: 30 * DAY_MS, intervalMs: 2 * HOUR_MS },
  "90d": { spanMs: 90 * DAY_MS, intervalMs: 6 * HOUR_MS },
  "180d": { spanMs: 180 * DAY_MS, intervalMs: 12 * HOUR_MS },
  "1y": { spanMs: 365 * DAY_MS, intervalMs: DAY_MS },
};

/** Combinations of filters are kept at this width for this long. */
const COMBINED_INTERVAL_MS = 30 * MINUTE_MS;
const COMBINED_SPAN_MS = 7 * DAY_MS;

export interface Plan {
  spanMs: number;
  intervalMs: number;
  /** Change over this time, or null. */
  deltaMs: number | null;
  /** Width of the columns that the delta's starting points are read from. */
  baselineIntervalMs: number;
}

/** The columns an answer is made of (`parts`: the maps that the filter is added up from); a combination of filters beyond seven days is refused. */
export function planOf(range: Range, filter: MapFilter, parts: readonly MapFilter[] = [filter]): Plan {
  const { spanMs } = SPANS[range];
  let { intervalMs } = SPANS[range];
  if (parts.some((part) => layersFor(part) === null)) {
    if (spanMs > COMBINED_SPAN_MS) {
      throw new ApiError(
        "not-enough-history",
        `a combination of exchange, leverage and age reaches 7 days back, range was ${range}`,
        { parameter: "range", accepted: RANGES.filter((other) => SPANS[other].spanMs <= COMBINED_SPAN_MS) },
      );
    }
    intervalMs = COMBINED_INTERVAL_MS;
  }
  const deltaMs = filter.delta === null ? null : DELTA_MS[filter.delta];
  const aligned = deltaMs !== null && deltaMs % intervalMs === 0;
  return { spanMs, intervalMs, deltaMs, baselineIntervalMs: aligned ? intervalMs : COMBINED_INTERVAL_MS };
}

/** Columns of a width that a client draws for a range without combining filters: the stream's interval. */
export function intervalOf(range: Range, filter: MapFilter, parts: readonly MapFilter[] = [filter]): number {
  return planOf(range, filter, parts).intervalMs;
}
