// Bars of the map beside the chart: one per level, or per band of pixels where levels are thinner than that.
import type { MapLevel } from "./levels.ts";

/** Thinnest bar, css pixels. */
const BAND_PX = 3;

export interface StripBar {
  side: "long" | "short";
  usd: number;
  /** Top edge and thickness, css pixels. */
  y: number;
  thickness: number;
}

/** Bars of the levels inside the plot. A level's price is its lower bound, so its bar stands on that price. */
export function stripBars(
  levels: readonly MapLevel[],
  plotHeight: number,
  priceToY: (price: number) => number | null,
): StripBar[] {
  const placed: { level: MapLevel; y: number }[] = [];
  for (const level of levels) {
    const y = priceToY(level.price);
    if (y !== null && y >= 0 && y < plotHeight) placed.push({ level, y });
  }
  placed.sort((a, b) => a.y - b.y);
  const gap = smallestGap(placed.map(({ y }) => y));
  const longs = new Map<number, number>();
  const shorts = new Map<number, number>();
  const thickness = Math.max(BAND_PX, Math.min(gap, plotHeight / 20));
  for (const { level, y } of placed) {
    const top = gap >= BAND_PX ? y - thickness : Math.floor(y / BAND_PX) * BAND_PX;
    if (level.longUsd !== 0) longs.set(top, (longs.get(top) ?? 0) + level.longUsd);
    if (level.shortUsd !== 0) shorts.set(top, (shorts.get(top) ?? 0) + level.shortUsd);
  }
  const toBars = (side: "long" | "short", sums: Map<number, number>): StripBar[] =>
    Array.from(sums, ([y, usd]) => ({ side, usd, y, thickness }));
  return [...toBars("long", longs), ...toBars("short", shorts)];
}

function smallestGap(ys: readonly number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < ys.length; i++) smallest = Math.min(smallest, (ys[i] ?? 0) - (ys[i - 1] ?? 0));
  return smallest;
}
