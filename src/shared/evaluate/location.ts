// Where inside the swept range liquidations happened: recorded events with prices against what the map held there before
// the bar, and against an even spread over the range, which is what the path alone says.
import type { Bar } from "../market/bar.ts";
import { TIERS } from "../market/filter.ts";
import type { Side } from "../market/symbol.ts";
import { bucketCentre, bucketIndex } from "../model/lattice.ts";
import type { Model } from "../model/model.ts";
import { AGE_CLASSES, addProfile } from "../model/views.ts";
import { log } from "../num/log.ts";
import type { PricedLiquidation } from "./events.ts";
import { mean } from "./scale.ts";
import type { Watcher } from "./scoring-rows.ts";

/** Of the model, or of an even spread over the range. */
export interface LocationScore {
  /** Share of events in each fifth of the profile's own distribution, from where price came to where it turned; even = 0.2 each. */
  fifths: number[];
  /** Largest difference of that distribution from an even one, 0 to 1. */
  unevenness: number;
  /** Mean |centroid − events' centroid|, and mean Wasserstein distance, percent of the price; per bar and side. */
  centroidPercent: number;
  wassersteinPercent: number;
}

export interface Location {
  symbol: string;
  /** Share of the price between order price and liquidation price, taken off each event. */
  shift: number;
  /** Events after the warm-up; of those inside their bar's range; and, for comparison, as many without the shift. */
  events: number;
  inside: number;
  insideUnshifted: number;
  /** Bars × sides with an event and with something in the map. */
  cases: number;
  model: LocationScore;
  even: LocationScore;
}

interface Case {
  /** Share of the range's profile per bucket, from where price came. */
  profile: Float64Array;
  /** Events by bucket of the range, and how much. */
  events: { at: number; usd: number }[];
  priceStep: number;
}

/** Profiles are kept this far around the price. */
const REACH_BUCKETS = 400;

/**
 * Returns a watcher for a replay and the score of what it saw. `shift`: maintenance margin of a small position, by which an
 * order price lies beyond the price that triggered it. Events before `fromMs` are left out.
 */
export function watchLocation(
  symbol: string,
  events: readonly PricedLiquidation[],
  shift: number,
  fromMs: number,
): { watch: Watcher; result(): Location } {
  const own = events.filter((event) => event.symbol === symbol && event.timeMs >= fromMs);
  const cases: Case[] = [];
  let before: { first: number; long: Float64Array; short: Float64Array } | null = null;
  const counts = { events: 0, inside: 0, insideUnshifted: 0 };

  const watch: Watcher = (model, bar) => {
    const here = own.filter(({ timeMs }) => timeMs >= bar.openTime && timeMs < bar.openTime + bar.intervalMs);
    if (before !== null && here.length > 0) {
      for (const side of ["long", "short"] as const) {
        const found = caseOf(
          before[side],
          before.first,
          bar,
          side,
          here.filter((event) => event.side === side),
          shift,
          counts,
        );
        if (found !== null) cases.push(found);
      }
    }
    before = standing(model, bar.close);
  };
  const result = (): Location => ({
    symbol,
    shift,
    ...counts,
    cases: cases.length,
    model: scoreCases(cases),
    even: scoreCases(cases.map((one) => ({ ...one, profile: one.profile.map(() => 1 / one.profile.length) }))),
  });
  return { watch, result };
}

function standing(model: Model, price: number): { first: number; long: Float64Array; short: Float64Array } {
  const first = bucketIndex(price) - REACH_BUCKETS;
  const of = (side: Side) => {
    const into = new Float64Array(2 * REACH_BUCKETS);
    addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, into, first);
    return into;
  };
  return { first, long: of("long"), short: of("short") };
}

/** One side of one bar: from its open to the extreme that hurts the side. */
function caseOf(
  sizes: Float64Array,
  first: number,
  bar: Bar,
  side: Side,
  events: readonly PricedLiquidation[],
  shift: number,
  counts: { events: number; inside: number; insideUnshifted: number },
): Case | null {
  if (events.length === 0) return null;
  const start = bucketIndex(bar.open);
  const end = bucketIndex(side === "long" ? bar.low : bar.high);
  const length = Math.abs(end - start) + 1;
  const sign = side === "long" ? -1 : 1;
  const at = (price: number) => sign * (bucketIndex(price) - start);
  const within = (i: number) => i >= 0 && i < length;
  const placed: Case["events"] = [];
  for (const { bankruptcyPrice, usd } of events) {
    const i = at(side === "long" ? bankruptcyPrice / (1 - shift) : bankruptcyPrice / (1 + shift));
    counts.events += 1;
    if (within(at(bankruptcyPrice))) counts.insideUnshifted += 1;
    if (!within(i)) continue;
    counts.inside += 1;
    placed.push({ at: i, usd });
  }
  const profile = Float64Array.from({ length }, (_, i) => sizes[start + sign * i - first] ?? 0);
  const total = profile.reduce((a, b) => a + b, 0);
  if (placed.length === 0 || !(total > 0)) return null;
  const priceStep = log(bucketCentre(start + 1) / bucketCentre(start));
  return { profile: profile.map((size) => size / total), events: placed, priceStep };
}

function scoreCases(cases: readonly Case[]): LocationScore {
  const places = cases
    .flatMap(({ profile, events }) => events.map(({ at }) => shareUpTo(profile, at)))
    .sort((a, b) => a - b);
  const fifths = [0, 1, 2, 3, 4].map(
    (k) => places.filter((place) => Math.min(4, Math.floor(5 * place)) === k).length / places.length,
  );
  const gaps = places.map((place, i) =>
    Math.max(Math.abs(place - i / places.length), Math.abs(place - (i + 1) / places.length)),
  );
  const distances = cases.map((one) => distancesOf(one));
  return {
    fifths,
    unevenness: Math.max(0, ...gaps),
    centroidPercent: mean(distances.map(({ centroid }) => centroid)),
    wassersteinPercent: mean(distances.map(({ moved }) => moved)),
  };
}

/** Share of the profile that price had reached at the middle of a bucket. */
function shareUpTo(profile: Float64Array, at: number): number {
  return profile.slice(0, at).reduce((a, b) => a + b, 0) + (profile[at] ?? 0) / 2;
}

function distancesOf({ profile, events, priceStep }: Case): { centroid: number; moved: number } {
  const total = events.reduce((sum, { usd }) => sum + usd, 0);
  const real = new Float64Array(profile.length);
  for (const { at, usd } of events) real[at] = (real[at] ?? 0) + usd / total;
  let centroid = 0;
  let ahead = 0;
  let moved = 0;
  for (const [i, share] of profile.entries()) {
    const difference = share - (real[i] ?? 0);
    centroid += difference * i;
    ahead += difference;
    moved += Math.abs(ahead);
  }
  return { centroid: 100 * priceStep * Math.abs(centroid), moved: 100 * priceStep * moved };
}
