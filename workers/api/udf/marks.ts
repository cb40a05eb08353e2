// Marks on the chart: large observed liquidations, and estimated levels that the price has swept. Never mixed: the
// text of each says whether it is observed or estimated.

import { formatPrice, formatUsd } from "../../../src/shared/display/format.ts";
import { percentileOfMagnitudes } from "../../../src/shared/display/scale.ts";
import { type EpochMs, intervalStart } from "../../../src/shared/time/clock.ts";
import type { StoredLiquidation } from "../../store/liquidations.ts";
import type { Heatmap } from "../heatmap/answer.ts";

/** A swept level counts as large when it is above this share of all levels. */
const LARGE_SHARE = 0.7;

export interface Mark {
  id: string;
  timeMs: EpochMs;
  color: "red" | "green" | "blue";
  text: string;
  label: string;
  /** What it stands for in USD: of too many on one bar, the largest are shown. */
  usd: number;
}

/** As many marks as a charting library takes on one bar. */
const MAX_PER_BAR = 10;

/** Moves marks to the bar that holds them, where a library looks for them, and leaves the largest of each. */
export function onBars(marks: readonly Mark[], widthMs: number): Mark[] {
  const bars = new Map<EpochMs, Mark[]>();
  for (const mark of marks) {
    const timeMs = intervalStart(mark.timeMs, widthMs);
    bars.set(timeMs, [...(bars.get(timeMs) ?? []), { ...mark, timeMs }]);
  }
  return [...bars.values()].flatMap((all) => all.sort((a, b) => b.usd - a.usd).slice(0, MAX_PER_BAR));
}

export function observedMarks(events: readonly StoredLiquidation[]): Mark[] {
  return events.map(({ venue, atMs, eventKey, side, price, notionalUsd }) => ({
    id: `observed-${venue}-${atMs}-${eventKey.replaceAll(" ", "-")}`,
    timeMs: atMs,
    color: side === "long" ? "red" : "green",
    text: `Observed: ${formatUsd(notionalUsd)} of ${side}s liquidated on ${venue} at ${formatPrice(price)}, ${clockTime(atMs)}`,
    label: side === "long" ? "L" : "S",
    usd: notionalUsd,
  }));
}

/**
 * Levels that stood at the end of one column and lay within the next one's candle: the price went through them. Per column
 * the largest one, if it is larger than most levels of this map: what is large differs from coin to coin.
 */
export function sweptMarks(map: Pick<Heatmap, "columns" | "prices" | "cells" | "candles">): Mark[] {
  const sizes = map.cells.map((cell) => cell[2]);
  const minUsd = percentileOfMagnitudes(sizes, LARGE_SHARE);
  const largest = new Map<number, { level: number; usd: number }>();
  for (const [column, level, usd] of map.cells) {
    const candle = map.candles[column + 1];
    const low = map.prices[level];
    const high = map.prices[level + 1];
    if (candle === undefined || low === undefined || high === undefined) continue;
    const isInside = low >= candle[3] && high <= candle[2];
    if (isInside && usd >= minUsd && usd > (largest.get(column + 1)?.usd ?? 0)) largest.set(column + 1, { level, usd });
  }
  return [...largest].map(([column, { level, usd }]) => {
    const timeMs = map.columns[column] ?? 0;
    return {
      id: `swept-${timeMs}`,
      timeMs,
      color: "blue",
      text: `Estimated: the price swept a level of ${formatUsd(usd)} at ${formatPrice(map.prices[level] ?? 0)}`,
      label: "E",
      usd,
    };
  });
}

/** The moment itself: the mark stands at its bar. */
function clockTime(timeMs: EpochMs): string {
  return `${new Date(timeMs).toISOString().slice(11, 19)} UTC`;
}
