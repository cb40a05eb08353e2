// From the models' books to the layers of a column: every single filter's map, added over exchanges on the one lattice.
import { TIERS } from "../../src/shared/market/filter.ts";
import type { Side } from "../../src/shared/market/symbol.ts";
import { TIER_WIDTHS } from "../../src/shared/model/book.ts";
import { addProfile, type Model, toUsd } from "../../src/shared/model/model.ts";
import { encodeColumns } from "../../src/shared/tile/column-codec.ts";
import { AGE_CLASSES, LAYERS } from "../../src/shared/tile/layer.ts";
import { encodeLayerColumn, type LayerColumn } from "../../src/shared/tile/layer-column.ts";

const SIDES: readonly Side[] = ["long", "short"];
const HALF_WINDOW = Math.max(...TIER_WIDTHS) / 2;

/** USD per bucket of both sides; index 0 is bucket `first` of the profile that owns it. */
interface Sides {
  long: Float64Array;
  short: Float64Array;
}

/** All layers of the column that ends at `endMs`, in the order of LAYERS; exchanges without a model are empty. */
export function encodeLayers(models: readonly Model[], endMs: number): LayerColumn[] {
  const { first, length } = window(models);
  const layers = new Map(LAYERS.map((key): [string, Sides] => [key, emptySides(length)]));
  for (const model of models) {
    forEachPart(model, (side, tier, age, low, usd) => {
      const at = low - first;
      for (const key of ["total", `exchange-${model.venue}`, `leverage-${tier}`, `age-${age}`]) {
        const layer = layers.get(key)?.[side];
        if (layer !== undefined)
          for (let i = 0; i < usd.length; i++) layer[at + i] = (layer[at + i] ?? 0) + (usd[i] ?? 0);
      }
    });
  }
  return LAYERS.map((key) => {
    const sides = layers.get(key) ?? emptySides(0);
    return encodeLayerColumn(endMs, first, sides.long, sides.short);
  });
}

/** Position of a combination in a cross column. */
export function crossIndex(tier: number, age: number): number {
  return tier * AGE_CLASSES.length + age;
}

/** Everything one exchange holds, per tier and age class: what a combination of filters is added up from. */
export function encodeCross(model: Model, startMs: number): Uint8Array {
  const columns: LayerColumn[] = Array.from({ length: TIERS.length * AGE_CLASSES.length }, () => ({
    startMs,
    base: 0,
    long: { low: 0, codes: new Uint8Array(0) },
    short: { low: 0, codes: new Uint8Array(0) },
  }));
  const sides = new Map<number, { low: number } & Sides>();
  forEachPart(model, (side, tier, age, low, usd) => {
    const index = crossIndex(TIERS.indexOf(tier), AGE_CLASSES.indexOf(age));
    const both = sides.get(index) ?? { low, ...emptySides(usd.length) };
    both[side].set(usd);
    sides.set(index, both);
  });
  for (const [index, both] of sides) columns[index] = encodeLayerColumn(startMs, both.low, both.long, both.short);
  return encodeColumns(columns);
}

/** Calls `take` with each non-empty (side, tier, age class) of a model: USD per bucket from bucket `low`. */
export function forEachPart(
  model: Model,
  take: (
    side: Side,
    tier: (typeof TIERS)[number],
    age: (typeof AGE_CLASSES)[number],
    low: number,
    usd: Float64Array,
  ) => void,
): void {
  if (model.book === null) return;
  const { center } = model.book;
  TIERS.forEach((tier, t) => {
    const width = TIER_WIDTHS[t] ?? 0;
    const low = center - width / 2;
    for (const age of AGE_CLASSES) {
      for (const side of SIDES) {
        const usd = new Float64Array(width);
        addProfile(model, { side, tiers: [tier], ages: [age] }, usd, low);
        toUsd(usd, low);
        take(side, tier, age, low, usd);
      }
    }
  });
}

function window(models: readonly Model[]): { first: number; length: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { book } of models) {
    if (book === null) continue;
    low = Math.min(low, book.center - HALF_WINDOW);
    high = Math.max(high, book.center + HALF_WINDOW);
  }
  return high > low ? { first: low, length: high - low } : { first: 0, length: 0 };
}

function emptySides(length: number): Sides {
  return { long: new Float64Array(length), short: new Float64Array(length) };
}
