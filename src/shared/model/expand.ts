// A long bar as several short ones, along open → low → high → close when it rose, open → high → low → close when it fell.
// Each part walks an equal share of the path's log length; volume is split evenly and open interest is a straight line from
// the previous bar's, so a position can be opened and swept within one reported bar.
import type { Bar } from "../market/bar.ts";
import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";
import { MINUTE_MS } from "../time/clock.ts";

/** The model's longest step. */
const MAX_STEP_MS = 5 * MINUTE_MS;

/** Returns the parts in which the model takes a bar: itself, or equal parts of at most five minutes. */
export function modelSteps(
  bar: Bar,
  previousOpenInterestBase: number | null,
  previousShortBase: number | null = previousOpenInterestBase,
): readonly Bar[] {
  if (bar.intervalMs <= MAX_STEP_MS) return [bar];
  return expandBar(bar, Math.ceil(bar.intervalMs / MAX_STEP_MS), previousOpenInterestBase, previousShortBase);
}

/** Returns one-minute parts of a bar of whole minutes, as the exchange simulator plays it. */
export function minuteBars(bar: Bar, previousOpenInterestBase: number | null): readonly Bar[] {
  return expandBar(bar, Math.max(1, Math.round(bar.intervalMs / MINUTE_MS)), previousOpenInterestBase);
}

/**
 * Splits a bar into `count` parts (at least 1). The first opens and the last closes as the bar does, the extremes are
 * reached exactly. Without a previous open interest only the last part has one. Funding is charged on the last part.
 */
export function expandBar(
  bar: Bar,
  count: number,
  previousOpenInterestBase: number | null,
  previousShortBase: number | null = previousOpenInterestBase,
): Bar[] {
  if (count <= 1) return [bar];
  const turns =
    bar.close >= bar.open ? [bar.open, bar.low, bar.high, bar.close] : [bar.open, bar.high, bar.low, bar.close];
  const reached = cumulativeLength(turns);
  const total = reached[3] ?? 0;
  const parts: Bar[] = [];
  let open = bar.open;
  let walked = 0;
  for (let i = 1; i <= count; i++) {
    const target = i === count ? total : (total * i) / count;
    const close = i === count ? bar.close : clamp(priceAt(turns, reached, target), bar.low, bar.high);
    const inside = turns.filter((_, k) => k > 0 && k < 3 && between(reached[k] ?? 0, walked, target));
    const high = Math.max(open, close, ...inside);
    const low = Math.min(open, close, ...inside);
    const start = Math.round((bar.intervalMs * (i - 1)) / count);
    const end = Math.round((bar.intervalMs * i) / count);
    parts.push({
      openTime: bar.openTime + start,
      intervalMs: end - start,
      open,
      high,
      low,
      close,
      volumeBase: share(bar.volumeBase, count),
      takerBuyBase: share(bar.takerBuyBase, count),
      openInterestBase: onLine(previousOpenInterestBase, bar.openInterestBase, i, count),
      ...shortOnLine(previousShortBase, bar, i, count),
      ...markExtremes(bar, high, low),
      fundingRate: i === count ? bar.fundingRate : null,
      observedLongUsd: share(bar.observedLongUsd, count),
      observedShortUsd: share(bar.observedShortUsd, count),
    });
    open = close;
    walked = target;
  }
  return parts;
}

const share = (value: number | null, count: number): number | null => (value === null ? null : value / count);
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
const between = (x: number, low: number, high: number): boolean => x >= low && x <= high;

function onLine(from: number | null, to: number | null, i: number, count: number): number | null {
  if (to === null || i === count) return to;
  return from === null ? null : from + ((to - from) * i) / count;
}

function shortOnLine(from: number | null, bar: Bar, i: number, count: number): Pick<Bar, "shortOpenInterestBase"> {
  const short = onLine(from, bar.shortOpenInterestBase ?? null, i, count);
  return short === null ? {} : { shortOpenInterestBase: short };
}

function cumulativeLength(turns: readonly number[]): number[] {
  const lengths = [0];
  for (let k = 1; k < turns.length; k++)
    lengths.push((lengths[k - 1] ?? 0) + Math.abs(log((turns[k] ?? 1) / (turns[k - 1] ?? 1))));
  return lengths;
}

/** The price after walking `target` of the path. */
function priceAt(turns: readonly number[], reached: readonly number[], target: number): number {
  let leg = 1;
  while (leg < 3 && target > (reached[leg] ?? 0)) leg++;
  const from = turns[leg - 1] ?? 1;
  const to = turns[leg] ?? 1;
  const before = reached[leg - 1] ?? 0;
  const length = (reached[leg] ?? 0) - before;
  return length === 0 ? to : from * exp((log(to / from) * (target - before)) / length);
}

/** The mark price follows the path between its known extremes; the part that holds the bar's extreme holds the mark's. */
function markExtremes(bar: Bar, high: number, low: number): Pick<Bar, "markHigh" | "markLow"> {
  const { markHigh, markLow } = bar;
  if (markHigh === null || markLow === null) return { markHigh: null, markLow: null };
  return {
    markHigh: high === bar.high ? markHigh : clamp(high, markLow, markHigh),
    markLow: low === bar.low ? markLow : clamp(low, markLow, markHigh),
  };
}
