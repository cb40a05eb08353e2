// Levels gathered into bands of pixels for the bars beside the chart.
import type { MapLevel } from "./levels.ts";

/** Height of a band in css pixels. */
export const BAND_PX = 3;

export interface Bands {
  longs: Float64Array;
  shorts: Float64Array;
  /** Largest magnitude of any band, 0 when all are empty. */
  largest: number;
}

/** Sums of the levels per band from the top of the plot; levels outside of it are left out. */
export function bandSums(
  levels: readonly MapLevel[],
  plotHeight: number,
  priceToY: (price: number) => number | null,
): Bands {
  const count = Math.max(0, Math.ceil(plotHeight / BAND_PX));
  const longs = new Float64Array(count);
  const shorts = new Float64Array(count);
  let largest = 0;
  for (const level of levels) {
    const y = priceToY(level.price);
    if (y === null || y < 0 || y >= plotHeight) continue;
    const band = Math.floor(y / BAND_PX);
    longs[band] = (longs[band] ?? 0) + level.longUsd;
    shorts[band] = (shorts[band] ?? 0) + level.shortUsd;
    largest = Math.max(largest, Math.abs(longs[band] ?? 0), Math.abs(shorts[band] ?? 0));
  }
  return { longs, shorts, largest };
}
