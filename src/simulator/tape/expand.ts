// Minutes of a coarser bar: equal shares of the path open → low → high → close (rising) or open → high → low → close
// (falling), measured in log distance. Put together again they give exactly the bar.
import type { Bar } from "../../shared/market/bar.ts";
import { MINUTE_MS } from "../../shared/time/clock.ts";
import { roundTo } from "../decimal.ts";
import { extremesBetween, pathOf, priceAt } from "../market/path.ts";

export interface ExpandedMinute {
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number | null;
  takerBuyBase: number | null;
  openInterestBase: number | null;
}

// places kept of interpolated figures: finer than any exchange's step
const PLACES = 8;

/**
 * Returns the minutes of a bar. `openInterestBefore` is the open interest at its start, or null: without it only the last
 * minute knows its open interest, which is all the bar says.
 */
export function expandBar(bar: Bar, openInterestBefore: number | null): ExpandedMinute[] {
  const count = Math.max(1, Math.round(bar.intervalMs / MINUTE_MS));
  const path = pathOf(bar.open, bar.high, bar.low, bar.close);
  const minutes: ExpandedMinute[] = [];
  let open = bar.open;
  for (let i = 0; i < count; i++) {
    const last = i === count - 1;
    const close = last ? bar.close : within(bar, roundTo(priceAt(path, (i + 1) / count), PLACES));
    const reached = extremesBetween(path, i / count, (i + 1) / count);
    minutes.push({
      open,
      high: Math.max(open, close, within(bar, roundTo(reached.high, PLACES))),
      low: Math.min(open, close, within(bar, roundTo(reached.low, PLACES))),
      close,
      volumeBase: share(bar.volumeBase, i, count),
      takerBuyBase: share(bar.takerBuyBase, i, count),
      openInterestBase: last
        ? bar.openInterestBase
        : between(openInterestBefore, bar.openInterestBase, (i + 1) / count),
    });
    open = close;
  }
  return minutes;
}

function within(bar: Bar, price: number): number {
  return Math.min(bar.high, Math.max(bar.low, price));
}

/** Part `i` of `count` equal parts, rounded so that the parts add up to the total. */
function share(total: number | null, i: number, count: number): number | null {
  if (total === null) return null;
  return roundTo(roundTo((total * (i + 1)) / count, PLACES) - roundTo((total * i) / count, PLACES), PLACES);
}

function between(from: number | null, to: number | null, position: number): number | null {
  return from === null || to === null ? null : roundTo(from + (to - from) * position, PLACES);
}
