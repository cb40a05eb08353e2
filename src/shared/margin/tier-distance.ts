// Distance from entry to liquidation for drawn size whose position size is unknown.
// Tier L takes the highest-notional bracket that still allows L, at its floor: rate m − D / floor. A tier that the venue
// does not offer, or that would be liquidated at entry, is not allowed; its weight goes to the highest allowed tier.
import { TIERS, type Tier } from "../market/filter.ts";
import type { SymbolId, VenueId } from "../market/symbol.ts";
import { log } from "../num/log.ts";
import type { Bracket } from "./bracket.ts";
import { bracketTable, FALLBACK_RATE } from "./brackets/table.ts";
import { liquidationPrice } from "./liquidation-price.ts";
import { VENUE_RULES, type VenueRule } from "./venue-rule.ts";

export interface TierDistance {
  tier: Tier;
  allowed: boolean;
  /** Effective maintenance rate, fraction. */
  maintenanceMarginRate: number;
  /** −ln(liquidation price / entry) of a long; 0 when not allowed. */
  longDistance: number;
  /** ln(liquidation price / entry) of a short; 0 when not allowed. */
  shortDistance: number;
}

/** Returns the distances of the five drawn tiers, in the order of TIERS. */
export function tierDistances(venue: VenueId, symbol: SymbolId): TierDistance[] {
  const rule = VENUE_RULES[venue];
  const { brackets } = bracketTable(venue, symbol);
  return TIERS.map((tier) => {
    const rate = effectiveRate(brackets, tier, rule);
    const off = { tier, allowed: false, maintenanceMarginRate: rate ?? 0, longDistance: 0, shortDistance: 0 };
    if (rate === null) return off;
    const price = (side: "long" | "short") =>
      liquidationPrice(
        { side, contractKind: "linear", entryPrice: 1, leverage: tier, creditPerBase: 0 },
        { maintenanceMarginRate: rate, feeRate: rule.feeRate, valuedAt: rule.valuedAt },
      );
    const longDistance = -log(price("long"));
    const shortDistance = log(price("short"));
    if (!(longDistance > 0 && shortDistance > 0)) return off;
    return { tier, allowed: true, maintenanceMarginRate: rate, longDistance, shortDistance };
  });
}

/** The rate of the last bracket that allows `leverage`, net of its deduction; null when none does. */
function effectiveRate(brackets: readonly Bracket[], leverage: number, rule: VenueRule): number | null {
  let last = -1;
  for (let i = 0; i < brackets.length; i++) {
    const bracket = brackets[i];
    if (bracket !== undefined && bracket.maxLeverage >= leverage) last = i;
  }
  const bracket = brackets[last];
  if (bracket === undefined) return null;
  const deducted = rule.deduction && bracket.floor > 0 ? bracket.maintenanceAmount / bracket.floor : 0;
  const rate = bracket.maintenanceMarginRate - deducted;
  // a table that breaks off says nothing about lower leverage: there the brackets are higher
  const brokenOff = last === brackets.length - 1 && bracket.cap !== null && bracket.maxLeverage > leverage;
  return brokenOff ? Math.max(rate, FALLBACK_RATE) : rate;
}

/** Moves the weight of tiers that are not allowed to the highest allowed one; without any, all weights are 0. */
export function allowedWeights(weights: readonly number[], distances: readonly TierDistance[]): number[] {
  let highest = -1;
  let homeless = 0;
  const out = distances.map((distance, k) => {
    const weight = weights[k] ?? 0;
    if (distance.allowed) highest = k;
    else homeless += weight;
    return distance.allowed ? weight : 0;
  });
  return out.map((weight, k) => (k === highest ? weight + homeless : weight));
}
