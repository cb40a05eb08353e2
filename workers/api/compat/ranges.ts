// Ranges as other clients write them, with both spellings of a day.
import type { Age, Range } from "../../../src/shared/market/filter.ts";
import { DAY_MS } from "../../../src/shared/time/clock.ts";

/** Heatmap: how far back the columns reach. */
export const HEATMAP_RANGES: Record<string, Range> = {
  "12h": "12h",
  "24h": "24h",
  "1d": "24h",
  "48h": "3d",
  "3d": "3d",
  "72h": "3d",
  "7d": "7d",
  "14d": "14d",
  "30d": "30d",
  "90d": "90d",
  "180d": "180d",
  "1y": "1y",
  "365d": "1y",
};

/** Spans between two ranges of the native map: the wider one is read, and cut to this. */
export const SHORTER_MS: Record<string, number> = { "48h": 2 * DAY_MS };

/**
 * Map and max pain have no time axis: their range says when the positions were opened. The model knows four ages, so a
 * range between two takes the wider one, and the answer says which (`meta.opened_within`).
 */
export const OPENED_WITHIN: Record<string, Age> = {
  "1h": "1h",
  "4h": "24h",
  "12h": "24h",
  "24h": "24h",
  "1d": "24h",
  "48h": "7d",
  "2d": "7d",
  "3d": "7d",
  "7d": "7d",
  "14d": "all",
  "30d": "all",
  "90d": "all",
  "180d": "all",
  "1y": "all",
};
