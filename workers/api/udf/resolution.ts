// Widths of bars as charting libraries write them, and the stored columns they come from.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";

const WIDTHS_MS: Record<string, number> = {
  "1": MINUTE_MS,
  "5": 5 * MINUTE_MS,
  "15": 15 * MINUTE_MS,
  "30": 30 * MINUTE_MS,
  "120": 2 * HOUR_MS,
  "360": 6 * HOUR_MS,
  "720": 12 * HOUR_MS,
  "1D": DAY_MS,
};
export const RESOLUTIONS = Object.keys(WIDTHS_MS);

export function widthMs(resolution: string): number {
  const width = WIDTHS_MS[resolution === "D" ? "1D" : resolution];
  if (width !== undefined) return width;
  throw new ApiError("invalid-parameter", `resolution was ${resolution.slice(0, 10)}`, {
    parameter: "resolution",
    accepted: RESOLUTIONS,
  });
}
