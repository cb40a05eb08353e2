// Distances from price to liquidation: of real positions, and of what the map holds.
import { TIERS } from "../market/filter.ts";
import type { Side } from "../market/symbol.ts";
import { bucketCentre, bucketIndex } from "../model/lattice.ts";
import type { Model } from "../model/model.ts";
import { AGE_CLASSES, addProfile, sideTotals } from "../model/views.ts";

export interface RealPosition {
  side: Side;
  sizeBase: number;
  /** |liquidation price − price| / price; null: it has no liquidation price. */
  distance: number | null;
}

/** Distance and size, in no order. */
export type Weighted = { distance: number; size: number }[];

export const QUANTILE_SHARES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

export interface DistanceRow {
  side: Side;
  /** Quantiles of distance within reach of the map, percent of the price: weighted by size, and each position once. */
  bySize: number[];
  byCount: number[] | null;
  /** Share of the side's size within 3, 10 and 40 % of the price. */
  within3: number;
  within10: number;
  within40: number;
}

export interface DistanceReport {
  /** Name of the recording that the map ran through, its length, and the positions' number. */
  tape: string;
  bars: number;
  days: number;
  positions: number;
  rejected: number;
  real: DistanceRow[];
  map: DistanceRow[];
}

/** Further away the map draws no longs. */
const REACH = 0.4;
const REACH_BUCKETS = 1_024;

/** Parses side, size and dist of positions; a row without size or side is counted and left out. */
export function parsePositions(text: string): { positions: RealPosition[]; rejected: number } | { error: string } {
  const [head = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const names = head.split(",");
  const missing = ["side", "size", "dist"].find((name) => !names.includes(name));
  if (missing !== undefined) return { error: `no column ${missing}` };
  const positions: RealPosition[] = [];
  let rejected = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    const cells = line.split(",");
    const cell = (name: string) => cells[names.indexOf(name)] ?? "";
    const side = cell("side").toLowerCase();
    const sizeBase = Number(cell("size"));
    const distance = cell("dist") === "" ? null : Number(cell("dist"));
    const usable = sizeBase > 0 && Number.isFinite(sizeBase) && (distance === null || distance > 0);
    if (usable && (side === "long" || side === "short")) positions.push({ side, sizeBase, distance });
    else rejected += 1;
  }
  return { positions, rejected };
}

export function realDistances(positions: readonly RealPosition[], side: Side): DistanceRow {
  const own = positions.filter((position) => position.side === side);
  const placed = own.flatMap(({ distance, sizeBase }) => (distance === null ? [] : [{ distance, size: sizeBase }]));
  const total = own.reduce((sum, { sizeBase }) => sum + sizeBase, 0);
  const each = placed.map(({ distance }) => ({ distance, size: 1 }));
  return { ...row(side, placed, total), byCount: quantilesWithin(each) };
}

/** Of a map at a price. */
export function mapDistances(model: Model, side: Side, price: number): DistanceRow {
  const first = bucketIndex(price) - REACH_BUCKETS;
  const profile = new Float64Array(2 * REACH_BUCKETS);
  addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, profile, first);
  const placed = [...profile].flatMap((size, i) =>
    size > 0 ? [{ distance: Math.abs(bucketCentre(first + i) / price - 1), size }] : [],
  );
  const { drawnBase, reservoirBase } = sideTotals(model, side);
  return { ...row(side, placed, drawnBase + reservoirBase), byCount: null };
}

function row(side: Side, placed: Weighted, total: number): Omit<DistanceRow, "byCount"> {
  const within = (reach: number) =>
    placed.reduce((sum, { distance, size }) => (distance <= reach ? sum + size : sum), 0) / total;
  return {
    side,
    bySize: quantilesWithin(placed),
    within3: within(0.03),
    within10: within(0.1),
    within40: within(REACH),
  };
}

/** Quantiles, percent, of what lies within reach. */
function quantilesWithin(all: Weighted): number[] {
  const sorted = all.filter(({ distance }) => distance <= REACH).sort((a, b) => a.distance - b.distance);
  const total = sorted.reduce((sum, { size }) => sum + size, 0);
  return QUANTILE_SHARES.map((share) => {
    let passed = 0;
    const found = sorted.find(({ size }) => {
      passed += size;
      return passed >= share * total;
    });
    return 100 * (found?.distance ?? Number.NaN);
  });
}
