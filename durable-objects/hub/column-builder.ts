// From the models' books to the layers of a column: every single filter's map, added over exchanges on the one lattice.
import { TIERS } from "../../src/shared/market/filter.ts";
import type { Side } from "../../src/shared/market/symbol.ts";
import { type Book, rowIndex, sideIndex, TIER_WIDTHS } from "../../src/shared/model/book.ts";
import { addProfile, type Model, toUsd } from "../../src/shared/model/model.ts";
import { AGE_CLASS_SLOTS } from "../../src/shared/model/views.ts";
import { encodeColumns } from "../../src/shared/tile/column-codec.ts";
import { AGE_CLASSES, LAYERS } from "../../src/shared/tile/layer.ts";
import { encodeLayerColumn, type LayerColumn } from "../../src/shared/tile/layer-column.ts";

const SIDES: readonly Side[] = ["long", "short"];
const WIDEST = Math.max(...TIER_WIDTHS);

const TOTAL = LAYERS.indexOf("total");
const TIER_LAYERS = TIERS.map((tier) => LAYERS.indexOf(`leverage-${tier}`));
const AGE_LAYERS = AGE_CLASSES.map((age) => LAYERS.indexOf(`age-${age}`));

/** All layers of the column that ends at `endMs`, in the order of LAYERS; exchanges without a model are empty. */
export function encodeLayers(models: readonly Model[], endMs: number): LayerColumn[] {
  const { first, length } = windowOf(models);
  const usd = { long: layerArrays(length, 0), short: layerArrays(length, 1) };
  for (const model of models) {
    const venueLayer = LAYERS.indexOf(`exchange-${model.venue}`);
    forEachPart(model, (side, tier, age, low, part) => {
      const from = low - first;
      for (const layer of [TOTAL, TIER_LAYERS[tier] ?? TOTAL, AGE_LAYERS[age] ?? TOTAL, venueLayer]) {
        const into = usd[side][layer];
        if (into !== undefined) add(part, into, from);
      }
    });
  }
  return LAYERS.map((_, i) => encodeLayerColumn(endMs, first, usd.long[i] ?? EMPTY, usd.short[i] ?? EMPTY));
}

/** Position of a combination in a cross column; indices into TIERS and AGE_CLASSES. */
export function crossIndex(tier: number, age: number): number {
  return tier * AGE_CLASSES.length + age;
}

/** Everything one exchange holds, per tier and age class: what a combination of filters is added up from. */
export function encodeCross(model: Model, startMs: number): Uint8Array {
  const parts = Array.from({ length: TIERS.length * AGE_CLASSES.length }, () => ({
    long: { low: 0, usd: EMPTY },
    short: { low: 0, usd: EMPTY },
  }));
  forEachPart(model, (side, tier, age, low, usd) => {
    const part = parts[crossIndex(tier, age)];
    if (part !== undefined) part[side] = { low, usd: usd.slice() };
  });
  return encodeColumns(
    parts.map(({ long, short }): LayerColumn => {
      const low = Math.min(long.low, short.low);
      const length = Math.max(long.low + long.usd.length, short.low + short.usd.length) - low;
      return encodeLayerColumn(startMs, low, shifted(long, low, length), shifted(short, low, length));
    }),
  );
}

/** Calls `take` with each non-empty (side, tier, age class) of a model: USD per bucket from bucket `low`; copy it to keep it. */
function forEachPart(
  model: Model,
  take: (side: Side, tier: number, age: number, low: number, usd: Float64Array) => void,
): void {
  const { book } = model;
  if (book === null) return;
  for (const side of SIDES) {
    for (const [t, tier] of TIERS.entries()) {
      for (const [a, age] of AGE_CLASSES.entries()) {
        const range = occupied(book, side, t, AGE_CLASS_SLOTS[age]);
        if (range === null) continue;
        const usd = part.subarray(0, range.high - range.low).fill(0);
        addProfile(model, { side, tiers: [tier], ages: [age] }, usd, range.low);
        toUsd(usd, range.low);
        take(side, t, a, range.low, usd);
      }
    }
  }
}

function occupied(
  book: Book,
  side: Side,
  tier: number,
  [youngest, oldest]: readonly [number, number],
): { low: number; high: number } | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let slot = youngest; slot <= oldest; slot++) {
    const row = rowIndex(slot, sideIndex(side), tier);
    const rowLow = book.rowLow[row] ?? 0;
    const rowHigh = book.rowHigh[row] ?? 0;
    if (rowLow === rowHigh) continue;
    low = Math.min(low, rowLow);
    high = Math.max(high, rowHigh);
  }
  return high > low ? { low, high } : null;
}

function windowOf(models: readonly Model[]): { first: number; length: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { book } of models) {
    if (book === null) continue;
    low = Math.min(low, book.center - WIDEST / 2);
    high = Math.max(high, book.center + WIDEST / 2);
  }
  return high > low ? { first: low, length: high - low } : { first: 0, length: 0 };
}

function add(from: Float64Array, into: Float64Array, at: number): void {
  for (let i = 0; i < from.length; i++) into[at + i] = (into[at + i] as number) + (from[i] as number);
}

function shifted({ low, usd }: { low: number; usd: Float64Array }, first: number, length: number): Float64Array {
  if (usd.length === 0) return EMPTY;
  const moved = new Float64Array(length);
  moved.set(usd, low - first);
  return moved;
}

// working memory, reused by every column: a history of weeks builds thousands
const EMPTY = new Float64Array(0);
const part = new Float64Array(WIDEST);
let arrays: [Float64Array[], Float64Array[]] = [[], []];

function layerArrays(length: number, side: 0 | 1): Float64Array[] {
  if (arrays[side][0]?.length !== length) {
    const fresh = () => LAYERS.map(() => new Float64Array(length));
    arrays = [fresh(), fresh()];
  }
  return arrays[side].map((array) => array.fill(0));
}
