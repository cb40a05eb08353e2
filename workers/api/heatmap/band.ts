// The uncertainty band of a map's levels, from the tiers of one answer.
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import { type Mode, TIERS } from "../../../src/shared/market/filter.ts";
import { type Band, bandOf } from "../../../src/shared/model/ensemble.ts";

export interface LevelBand {
  p10Usd: number;
  p50Usd: number;
  p90Usd: number;
}

export interface LevelBands {
  long(level: number): LevelBand;
  short(level: number): LevelBand;
}

/** `height`: buckets per level; `priceBucket`: the price as a fractional bucket of the lattice. */
export function levelBands(
  byLeverage: Readonly<Record<string, Levels>>,
  height: number,
  priceBucket: number,
  mode: Mode,
): LevelBands {
  const drawn = Object.values(byLeverage).filter(({ long }) => long.length > 0);
  const first = Math.floor(Math.min(...drawn.map((levels) => levels.first)) / height);
  const last = Math.floor(Math.max(...drawn.map((levels) => levels.first + levels.long.length)) / height);
  const length = drawn.length === 0 ? 0 : last - first + 1;
  const read = (side: "long" | "short"): Band => {
    const tiers = TIERS.map((tier) => {
      const levels = new Float64Array(length);
      const source = byLeverage[String(tier)];
      if (source === undefined) return levels;
      for (const [i, usd] of source[side].entries()) {
        const level = Math.floor((source.first + i) / height) - first;
        levels[level] = (levels[level] ?? 0) + usd;
      }
      return levels;
    });
    return bandOf(tiers, priceBucket / height - first, mode);
  };
  const at = (band: Band) => (level: number) => ({
    p10Usd: Math.round(band.p10[level - first] ?? 0),
    p50Usd: Math.round(band.p50[level - first] ?? 0),
    p90Usd: Math.round(band.p90[level - first] ?? 0),
  });
  return { long: at(read("long")), short: at(read("short")) };
}
