// What follows from parameters, venue and symbol alone: computed once and shared by all models of that market.
import { allowedWeights, tierDistances } from "../margin/tier-distance.ts";
import type { SymbolId, VenueId } from "../market/symbol.ts";
import { createKernel, type Kernel } from "./kernel.ts";
import { BUCKET_WIDTH } from "./lattice.ts";
import { type FeedParams, feedParams, type ModelParams } from "./params.ts";

export interface Tables {
  /** Flow weight per tier, with the weight of tiers the venue does not offer moved to the highest it does. */
  weights: Float64Array;
  weightSum: number;
  /** `[side][tier]`. */
  kernels: readonly (readonly Kernel[])[];
  /** Distance entry to liquidation in buckets, `[side][tier]`; 0 for a tier that is not drawn. */
  distances: readonly Float64Array[];
  /** Whole buckets by which a topped-up position moves away, `[side][tier]`. */
  topUpShift: readonly Int32Array[];
  feed: FeedParams;
}

const cache = new WeakMap<ModelParams, Map<string, Tables>>();

/** Returns the tables of one market under one parameter set. */
export function tablesFor(params: ModelParams, venue: VenueId, symbol: SymbolId): Tables {
  const known = cache.get(params) ?? new Map<string, Tables>();
  cache.set(params, known);
  const key = `${venue}:${symbol}`;
  const tables = known.get(key) ?? buildTables(params, venue, symbol);
  known.set(key, tables);
  return tables;
}

function buildTables(params: ModelParams, venue: VenueId, symbol: SymbolId): Tables {
  const tiers = tierDistances(venue, symbol);
  const feed = feedParams(params, venue, symbol);
  const weights = Float64Array.from(allowedWeights(feed.flowWeights ?? params.flowWeights, tiers));
  const bySide = [tiers.map((t) => t.longDistance), tiers.map((t) => t.shortDistance)];
  return {
    weights,
    weightSum: weights.reduce((a, b) => a + b, 0),
    kernels: bySide.map((side) => side.map((distance, tier) => createKernel(tier, distance, params))),
    distances: bySide.map((side) => Float64Array.from(side, (distance) => distance / BUCKET_WIDTH)),
    topUpShift: bySide.map((side) =>
      Int32Array.from(side, (distance) => Math.round((params.topUpWidening * distance) / BUCKET_WIDTH)),
    ),
    feed,
  };
}
