// The liquidation map of one model as plain data: what `replay --dump-map` writes.
import { TIERS } from "../market/filter.ts";
import { SIDES } from "./book.ts";
import { bucketLow, centrePrices } from "./lattice.ts";
import type { Model } from "./state.ts";
import { AGE_CLASSES, addProfile, occupiedRange, openInterestBase, sideTotals } from "./views.ts";

export interface MapLevel {
  bucket: number;
  /** Lower bound of the bucket. */
  price: number;
  longBase: number;
  shortBase: number;
  /** Base size at the bucket's centre price. */
  longUsd: number;
  shortUsd: number;
  /** Only tiers that hold something here. */
  byTier: Record<string, { longBase: number; shortBase: number }>;
}

export interface MapDump {
  /** End of the bar, ms UTC. */
  asOf: number;
  modelVersion: string;
  exchange: string;
  symbol: string;
  price: number;
  openInterestBase: number;
  reservoir: { longBase: number; shortBase: number };
  levels: MapLevel[];
}

/** Returns the map of a model with a book, non-empty levels in order of price; null without one. */
export function dumpMap(model: Model): MapDump | null {
  const { book } = model;
  if (book === null) return null;
  const range = occupiedRange(model) ?? { lowBucket: 0, highBucket: 0 };
  const count = range.highBucket - range.lowBucket;
  const centres = centrePrices(range.lowBucket, count);
  const profiles = TIERS.map((tier) =>
    SIDES.map((side) => {
      const profile = new Float64Array(count);
      addProfile(model, { side, tiers: [tier], ages: AGE_CLASSES }, profile, range.lowBucket);
      return profile;
    }),
  );
  const levels: MapLevel[] = [];
  for (let i = 0; i < count; i++) {
    const level: MapLevel = {
      bucket: range.lowBucket + i,
      price: bucketLow(range.lowBucket + i),
      longBase: 0,
      shortBase: 0,
      longUsd: 0,
      shortUsd: 0,
      byTier: {},
    };
    for (const [k, tier] of TIERS.entries()) {
      const longBase = profiles[k]![0]![i]!;
      const shortBase = profiles[k]![1]![i]!;
      if (longBase + shortBase > 0) level.byTier[tier] = { longBase, shortBase };
      level.longBase += longBase;
      level.shortBase += shortBase;
    }
    level.longUsd = level.longBase * centres[i]!;
    level.shortUsd = level.shortBase * centres[i]!;
    if (level.longBase + level.shortBase > 0) levels.push(level);
  }
  return {
    asOf: book.endTime,
    modelVersion: model.version,
    exchange: model.venue,
    symbol: model.symbol,
    price: book.lastClose,
    openInterestBase: openInterestBase(model) ?? 0,
    reservoir: {
      longBase: sideTotals(model, "long").reservoirBase,
      shortBase: sideTotals(model, "short").reservoirBase,
    },
    levels,
  };
}
