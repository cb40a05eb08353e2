// One cell in words, for the read-out and the live region.

import { formatDistance, formatPrice, formatTime, formatUsd } from "../../shared/display/format.ts";
import { cellUsd, priceOfRow, sideOfCell, timeOfSlot } from "../../shared/display/grid.ts";
import type { Cursor } from "../grid/cursor.ts";
import { usdBetween } from "../grid/levels.ts";
import { grid, map, price } from "./store.ts";

export interface CellFacts {
  time: string;
  level: string;
  distance: string | null;
  usd: string;
  side: "longs" | "shorts" | null;
  /** Size between the current price and the level now, on the way there. */
  onTheWay: string | null;
}

/** Figures of a cell, or null where the map has none. */
export function cellFacts(cursor: Cursor): CellFacts | null {
  const shown = grid.value;
  if (shown === null || cursor.row < 0 || cursor.row >= shown.rows) return null;
  const low = priceOfRow(shown, cursor.row);
  const high = priceOfRow(shown, cursor.row + 1);
  const side = sideOfCell(shown, cursor.slot, cursor.row);
  const usd = cellUsd(shown, cursor.slot, cursor.row);
  const now = price.value;
  const between = map.value === null || now === null ? null : usdBetween(map.value.levels, now, low);
  return {
    time: formatTime(timeOfSlot(shown, cursor.slot)),
    level: `${formatPrice(low)} – ${formatPrice(high)}`,
    distance: now === null ? null : formatDistance(Math.sqrt(low * high) / now - 1),
    usd: usd === 0 ? (shown.signed ? "no change" : "nothing") : formatUsd(usd, shown.signed),
    side: usd === 0 || side === null ? null : side === "long" ? "longs" : "shorts",
    onTheWay: between === null || between === 0 ? null : formatUsd(between, shown.signed),
  };
}

export function describeCell(cursor: Cursor): string {
  const facts = cellFacts(cursor);
  if (facts === null) return "Outside the map.";
  const { time, level, distance, usd, side } = facts;
  return `${time}, ${level}${distance === null ? "" : `, ${distance} from the price`}: ${usd}${side === null ? "" : ` in ${side}`}.`;
}
