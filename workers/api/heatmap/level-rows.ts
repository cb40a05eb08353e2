// The rows of a liquidation map: price levels with their sizes, parts and bands.
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import { TIERS } from "../../../src/shared/market/filter.ts";
import { exp } from "../../../src/shared/num/exp.ts";
import { log } from "../../../src/shared/num/log.ts";
import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";
import type { LevelBand, LevelBands } from "./band.ts";
import { roundPrice } from "./grid.ts";

export interface LevelRow {
  price: number;
  longUsd: number;
  shortUsd: number;
  estimatedBand: { long: LevelBand; short: LevelBand } | null;
  byLeverage: Record<string, number>;
  byExchange: Record<string, number>;
}

/** Lower price of a level of `height` buckets, in a currency of `factor` per USD. */
export function levelPrice(level: number, height: number, factor = 1): number {
  const price = roundPrice(exp(level * height * BUCKET_WIDTH));
  return factor === 1 ? price : roundPrice(price * factor);
}

/** A row in another currency. */
export function convertedRow(row: LevelRow, factor: number): LevelRow {
  const sizes = (usd: Record<string, number>) =>
    Object.fromEntries(Object.entries(usd).map(([key, value]) => [key, Math.round(value * factor)]));
  return {
    price: roundPrice(row.price * factor),
    longUsd: Math.round(row.longUsd * factor),
    shortUsd: Math.round(row.shortUsd * factor),
    estimatedBand: row.estimatedBand && {
      long: convertedBand(row.estimatedBand.long, factor),
      short: convertedBand(row.estimatedBand.short, factor),
    },
    byLeverage: sizes(row.byLeverage),
    byExchange: sizes(row.byExchange),
  };
}

function convertedBand(band: LevelBand, factor: number): LevelBand {
  return {
    p10Usd: Math.round(band.p10Usd * factor),
    p50Usd: Math.round(band.p50Usd * factor),
    p90Usd: Math.round(band.p90Usd * factor),
  };
}

/** Price levels of `height` buckets, ascending, with their parts; empty ones are left out. */
export function levelRows(
  map: { total: Levels; byLeverage: Record<string, Levels>; byExchange: Record<string, Levels> },
  height: number,
  bands: LevelBands | null,
): LevelRow[] {
  const long = coarse(map.total.first, map.total.long, height);
  const short = coarse(map.total.first, map.total.short, height);
  const leverage = TIERS.flatMap((tier) => split(String(tier), map.byLeverage[String(tier)], height));
  const exchanges = Object.entries(map.byExchange).flatMap(([id, levels]) => split(id, levels, height));
  return [...new Set([...long.keys(), ...short.keys()])]
    .sort((a, b) => a - b)
    .map((level) => ({
      price: levelPrice(level, height),
      longUsd: Math.round(long.get(level) ?? 0),
      shortUsd: Math.round(short.get(level) ?? 0),
      estimatedBand: bands === null ? null : { long: bands.long(level), short: bands.short(level) },
      byLeverage: parts(leverage, level),
      byExchange: parts(exchanges, level),
    }))
    .filter((row) => row.longUsd !== 0 || row.shortUsd !== 0);
}

/** The rows of a map that is split by nothing. */
export function plainRows(total: Levels, height: number): Pick<LevelRow, "price" | "longUsd" | "shortUsd">[] {
  return levelRows({ total, byLeverage: {}, byExchange: {} }, height, null);
}

function coarse(first: number, usd: Float64Array, height: number): Map<number, number> {
  const levels = new Map<number, number>();
  for (let i = 0; i < usd.length; i++) {
    const value = usd[i] ?? 0;
    if (value === 0) continue;
    const level = Math.floor((first + i) / height);
    levels.set(level, (levels.get(level) ?? 0) + value);
  }
  return levels;
}

function split(key: string, levels: Levels | undefined, height: number) {
  if (levels === undefined) return [];
  return [{ key, long: coarse(levels.first, levels.long, height), short: coarse(levels.first, levels.short, height) }];
}

function parts(list: ReturnType<typeof split>, level: number): Record<string, number> {
  return Object.fromEntries(
    list.flatMap(({ key, long, short }) => {
      const usd = Math.round((long.get(level) ?? 0) + (short.get(level) ?? 0));
      return usd === 0 ? [] : [[key, usd]];
    }),
  );
}

/** Sums outward from the price: longs downward, shorts upward; ascending by price. */
export function cumulative(rows: readonly LevelRow[], price: number | null) {
  if (price === null) return [];
  const here = Math.floor(log(price) / BUCKET_WIDTH);
  const above = rows.filter((row) => Math.floor(log(row.price) / BUCKET_WIDTH) >= here);
  const below = rows.filter((row) => !above.includes(row)).reverse();
  let longUsd = 0;
  let shortUsd = 0;
  const down = below.map((row) => {
    longUsd += row.longUsd;
    return { price: row.price, longUsd, shortUsd: 0 };
  });
  const up = above.map((row) => {
    shortUsd += row.shortUsd;
    return { price: row.price, longUsd: 0, shortUsd };
  });
  return [...down.reverse(), ...up];
}
