// What a reader's own leverage weights mean for a map: a factor per exchange and tier.
import { type MapFilter, TIERS, type TierWeights } from "../market/filter.ts";
import type { SymbolId, VenueId } from "../market/symbol.ts";
import { feedParams, type ModelParams } from "./params.ts";

/**
 * Returns w'/w per tier, in the order of TIERS. A tier the model gives no weight holds nothing that could be scaled.
 * Where an exchange allows less leverage, what was moved to its highest tier is scaled with that tier.
 */
export function weightFactors(params: ModelParams, venue: VenueId, symbol: SymbolId, weights: TierWeights): number[] {
  const own = feedParams(params, venue, symbol).flowWeights ?? params.flowWeights;
  return TIERS.map((tier, k) => {
    const wanted = weights[tier];
    const model = own[k] ?? 0;
    if (wanted === undefined) return 1;
    return model > 0 ? wanted / model : 0;
  });
}

/**
 * Returns what is wrong when a reader's weights and the model's of the tiers not named are more than one whole together, for
 * any exchange and symbol; null when they are not.
 */
export function excessOf(
  weights: TierWeights,
  params: ModelParams,
  { venues, symbols }: { venues: readonly VenueId[]; symbols: readonly SymbolId[] },
): string | null {
  for (const venue of venues) {
    for (const symbol of symbols) {
      const own = feedParams(params, venue, symbol).flowWeights ?? params.flowWeights;
      const kept = TIERS.flatMap((tier, k) => (weights[tier] === undefined ? [{ tier, share: own[k] ?? 0 }] : []));
      const named = Object.values(weights).reduce((sum, share) => sum + share, 0);
      const sum = kept.reduce((total, { share }) => total + share, named);
      if (sum <= 1 + ROUNDING) continue;
      const listed = kept.map(({ tier, share }) => `${tier}:${share}`).join(",");
      return `add up to ${Number(sum.toFixed(6))} with the model's ${listed}, expected at most 1: name those tiers too`;
    }
  }
  return null;
}

/** A tenth of a millionth, for sums that are 1 in decimals. */
const ROUNDING = 1e-7;

/** A map without weights of its own, and how much it counts. */
export interface WeightedFilter {
  filter: MapFilter;
  factor: number;
}

/**
 * The maps that a filter is added up from: itself, or one per tier when it has weights; one per exchange and tier when the
 * exchanges' own weights differ.
 */
export function weightedFilters(
  filter: MapFilter,
  params: ModelParams,
  symbol: SymbolId,
  venues: readonly VenueId[],
): WeightedFilter[] {
  const { weights, ...plain } = filter;
  if (weights === undefined) return [{ filter, factor: 1 }];
  const tiers = filter.tiers ?? TIERS;
  const byVenue = (filter.venues ?? venues).map((venue) => ({
    venue,
    factors: weightFactors(params, venue, symbol, weights),
  }));
  const first = byVenue[0]?.factors ?? [];
  if (byVenue.every(({ factors }) => factors.join() === first.join())) {
    return tiers.map((tier) => ({ filter: { ...plain, tiers: [tier] }, factor: first[TIERS.indexOf(tier)] ?? 1 }));
  }
  return byVenue.flatMap(({ venue, factors }) =>
    tiers.map((tier) => ({
      filter: { ...plain, venues: [venue], tiers: [tier] },
      factor: factors[TIERS.indexOf(tier)] ?? 1,
    })),
  );
}
