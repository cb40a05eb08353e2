// Widths of bars as charting libraries write them, and the stored columns they come from.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";

const WIDTHS_MS: Record<string, number> = {
  "1": MINUTE_MS,
  "5": 5 * MINUTE_MS,
  "15": 15 * MINUTE_MS,
  "30": 30 * MINUTE_MS,
  "60": HOUR_MS,
  "120": 2 * HOUR_MS,
  "240": 4 * HOUR_MS,
  "360": 6 * HOUR_MS,
  "720": 12 * HOUR_MS,
  "1D": DAY_MS,
};
export const RESOLUTIONS = Object.keys(WIDTHS_MS);

/** Widths that no column has: two of the next narrower one. */
const STORED_MS: Record<number, number> = { [HOUR_MS]: 30 * MINUTE_MS, [4 * HOUR_MS]: 2 * HOUR_MS };

export function widthMs(resolution: string): number {
  const width = WIDTHS_MS[resolution === "D" ? "1D" : resolution];
  if (width !== undefined) return width;
  throw new ApiError(
    "invalid-parameter",
    `resolution was ${resolution.slice(0, 10)}, expected one of ${RESOLUTIONS.join(", ")}`,
    { parameter: "resolution", accepted: RESOLUTIONS },
  );
}

/** Width of the stored bars that bars of a width are made of. */
export function storedMs(width: number): number {
  return STORED_MS[width] ?? width;
}
