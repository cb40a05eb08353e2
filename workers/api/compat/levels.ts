// Price levels of the liquidation map: fine buckets added up to levels of 0.2 %.
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import { exp } from "../../../src/shared/num/exp.ts";
import { log } from "../../../src/shared/num/log.ts";
import { roundPrice } from "../heatmap/grid.ts";

const BUCKET = 0.0005;
const BUCKETS_PER_LEVEL = 4;

export interface PriceLevel {
  /** Lower price of the level. */
  price: number;
  longUsd: number;
  shortUsd: number;
}

/** Levels that are not empty, ascending; whole USD. */
export function priceLevels(fine: Levels): PriceLevel[] {
  const levels = new Map<number, PriceLevel>();
  for (let i = 0; i < fine.long.length; i++) {
    const index = Math.floor((fine.first + i) / BUCKETS_PER_LEVEL);
    const level = levels.get(index) ?? { price: levelPrice(index), longUsd: 0, shortUsd: 0 };
    level.longUsd += fine.long[i] ?? 0;
    level.shortUsd += fine.short[i] ?? 0;
    levels.set(index, level);
  }
  return [...levels.values()]
    .map((level) => ({ ...level, longUsd: Math.round(level.longUsd), shortUsd: Math.round(level.shortUsd) }))
    .filter((level) => level.longUsd > 0 || level.shortUsd > 0);
}

export interface Pain {
  below: { price: number; usd: number } | null;
  above: { price: number; usd: number } | null;
}

/** The largest level of longs below the price and of shorts above it. */
export function maxPain(levels: readonly PriceLevel[], price: number): Pain {
  const here = levelPrice(Math.floor(log(price) / BUCKET / BUCKETS_PER_LEVEL));
  let below: Pain["below"] = null;
  let above: Pain["above"] = null;
  for (const level of levels) {
    if (level.price < here && level.longUsd > (below?.usd ?? 0)) below = { price: level.price, usd: level.longUsd };
    if (level.price > here && level.shortUsd > (above?.usd ?? 0)) above = { price: level.price, usd: level.shortUsd };
  }
  return { below, above };
}

function levelPrice(index: number): number {
  return roundPrice(exp(index * BUCKETS_PER_LEVEL * BUCKET));
}
