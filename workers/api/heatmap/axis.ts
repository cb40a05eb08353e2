// The price axis of a heatmap: as high as its candles and a margin around them.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { bucketText } from "../http/bucket-text.ts";
import { type Axis, axisOver, MAX_LEVELS } from "./grid.ts";
import type { Range } from "./ranges.ts";

/** `[startMs, open, high, low, close, volumeBase]` */
export type CandleRow = [number, number, number, number, number, number];

/** Room above and below the candles, as a fraction of price: farther for longer ranges. */
const MARGINS: Record<Range, number> = {
  "12h": 0.05,
  "24h": 0.06,
  "3d": 0.08,
  "7d": 0.1,
  "14d": 0.12,
  "30d": 0.15,
  "90d": 0.2,
  "180d": 0.25,
  "1y": 0.3,
};

/** The axis over some candles and the price now; without any it has no levels. */
export function axisFor(
  range: Range,
  candles: readonly CandleRow[],
  price: number | null,
  bucketsPerLevel: number | null,
): Axis {
  let low = price ?? Number.POSITIVE_INFINITY;
  let high = price ?? 0;
  for (const [, , candleHigh, candleLow] of candles) {
    low = Math.min(low, candleLow);
    high = Math.max(high, candleHigh);
  }
  if (!(high > 0 && low <= high)) return { firstBucket: 0, bucketsPerLevel: bucketsPerLevel ?? 1, levels: 0 };
  const axis = axisOver(low, high, MARGINS[range], bucketsPerLevel);
  if (axis.levels > MAX_LEVELS) {
    const least = bucketText(Math.ceil((axis.levels * axis.bucketsPerLevel) / MAX_LEVELS));
    throw new ApiError(
      "invalid-parameter",
      `bucket gives ${axis.levels} price levels, at most ${MAX_LEVELS}: take ${least} or more`,
      { parameter: "bucket", accepted: [least] },
    );
  }
  return axis;
}
