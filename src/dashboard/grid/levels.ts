// The liquidation map as a list: the largest levels, what lies between them and the price, and the whole reach.

export interface MapLevel {
  price: number;
  longUsd: number;
  shortUsd: number;
  byLeverage: Record<string, number>;
  byExchange: Record<string, number>;
}

export interface RankedLevel {
  side: "long" | "short";
  price: number;
  usd: number;
  /** Fraction from the current price, negative below. */
  distance: number;
  level: MapLevel;
}

/** Returns the `count` largest levels by magnitude, each side of a level counted apart. Sides that are zero are left out. */
export function largestLevels(levels: readonly MapLevel[], price: number, count: number): RankedLevel[] {
  const ranked: RankedLevel[] = [];
  for (const level of levels) {
    const distance = level.price / price - 1;
    if (level.longUsd !== 0) ranked.push({ side: "long", price: level.price, usd: level.longUsd, distance, level });
    if (level.shortUsd !== 0) ranked.push({ side: "short", price: level.price, usd: level.shortUsd, distance, level });
  }
  return ranked.sort((a, b) => Math.abs(b.usd) - Math.abs(a.usd) || a.price - b.price).slice(0, count);
}

/** How far apart the levels of one side are that stand in a list: neighbours of a hump are one place to look at. */
export const APART = 0.01;

/** The `count` largest levels, each side's at least `APART` of the price from any larger one of that side. */
export function largestPeaks(levels: readonly MapLevel[], price: number, count: number): RankedLevel[] {
  const peaks: RankedLevel[] = [];
  for (const each of largestLevels(levels, price, Number.POSITIVE_INFINITY)) {
    if (peaks.length === count) break;
    const isNear = peaks.some(
      (peak) => peak.side === each.side && Math.abs(peak.price - each.price) < APART * Math.min(peak.price, each.price),
    );
    if (!isNear) peaks.push(each);
  }
  return peaks;
}

/** USD between the current price and a target: longs on the way down, shorts on the way up. */
export function usdBetween(levels: readonly MapLevel[], price: number, target: number): number {
  let sum = 0;
  for (const level of levels) {
    if (target < price && level.price < price && level.price >= target) sum += level.longUsd;
    if (target > price && level.price > price && level.price <= target) sum += level.shortUsd;
  }
  return sum;
}
