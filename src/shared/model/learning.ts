// Online Gamma–Poisson learning: what an exchange reports of its liquidations moves, slowly and within bounds, how much of a
// tier's swept value is expected to be reported. Per tier k: reported ≈ Σ_k θ_k·S_k + floor, S_k = share × swept USD.
// Belief in θ_k is a Gamma with mean 1 before evidence (α⁰ = β⁰ = n0·E[S_k]/φ); each minute and side adds r_k·Y/φ to α and
// S_k/φ to β, r_k = θ_k·S_k/Λ, and evidence fades by ζ = 1 − 1/(minutes in 30 days). Sums are kept in USD and divided by the
// overdispersion φ when read: the same belief for a constant φ, and its early estimates do not weigh minutes differently.
// Nothing here changes the book: a θ scales expected figures, never the conserved size.
import { type EpochMs, HOUR_MS } from "../time/clock.ts";
import { TIER_COUNT } from "./book.ts";

/** Evidence fades over this many minutes. */
const WINDOW_MINUTES = 30 * 24 * 60;
const FORGETTING = 1 - 1 / WINDOW_MINUTES;
/** The prior weighs as much as this many minutes of evidence: 300 hours. */
const PRIOR_MINUTES = 300 * 60;
/** No θ leaves these. */
const LEAST = 0.25;
const MOST = 4;
/** Tiers below 25x are swept rarely: half or one and a half times at most, until enough sweeps were seen. */
const FAR_TIERS = 2;
const FAR_LEAST = 0.5;
const FAR_MOST = 1.5;
/** Independent sweeps that make a tier's evidence its own. */
export const SWEEPS_TO_LEARN = 20;
/** A minute counts as a sweep of a tier when it took more than this share of the tier's size. */
const SWEEP_SHARE = 0.01;
/** Sweeps within an hour of each other are one. */
const SWEEP_APART_MS = HOUR_MS;
/** More than a whole market's open interest: no minute of any exchange reports as much, USD. */
const ABSURD_USD = 1e12;

/** Plain data, part of a hub's snapshot as JSON. All sums fade. */
export interface Learning {
  /** Informative minutes. */
  minutes: number;
  /** Σ r_k·Y and Σ S_k, USD in the units of the feed, per tier in the order of TIERS. */
  reportedUsd: number[];
  sweptUsd: number[];
  /** Independent sweeps per tier, and when the last one was counted. */
  sweeps: number[];
  lastSweepMs: (EpochMs | null)[];
  /** Σ (Y − Λ)² and Σ Λ: their ratio is the overdispersion φ, USD. */
  squaredErrors: number;
  expectedUsd: number;
}

/** One side of one minute. */
export interface LearnedSide {
  /** Swept value per tier times the feed's share, USD. */
  tierUsd: readonly number[];
  /** Share of each tier's size that the minute took, 0 to 1. */
  takenShare: readonly number[];
  floorUsd: number;
  /** What the exchange reported, USD. */
  reportedUsd: number;
}

export interface TierBelief {
  /** How much more (or less) than assumed is reported of this tier's swept value. */
  theta: number;
  /** √α/β: one standard deviation of the belief, at most the span of its bounds; null before any evidence. */
  uncertainty: number | null;
  source: "assumed" | "learned";
  /** Independent sweeps seen in the fading window. */
  sweeps: number;
}

export function createLearning(): Learning {
  const zeros = () => Array.from({ length: TIER_COUNT }, () => 0);
  return {
    minutes: 0,
    reportedUsd: zeros(),
    sweptUsd: zeros(),
    sweeps: zeros(),
    lastSweepMs: Array.from({ length: TIER_COUNT }, () => null),
    squaredErrors: 0,
    expectedUsd: 0,
  };
}

/** Takes one observed minute in. Its prediction comes from what was believed before it, so it can only change later ones. */
export function learn(learning: Learning, minuteMs: EpochMs, sides: readonly LearnedSide[]): void {
  if (!sides.every(isUsable)) return;
  fade(learning);
  const beliefs = thetas(learning);
  learning.minutes += 1;
  for (const side of sides) {
    const parts = side.tierUsd.map((usd, k) => (beliefs[k] ?? 1) * usd);
    const expected = parts.reduce((a, b) => a + b, side.floorUsd);
    if (!(expected > 0)) continue;
    learning.squaredErrors += (side.reportedUsd - expected) ** 2;
    learning.expectedUsd += expected;
    for (const [k, part] of parts.entries()) {
      learning.reportedUsd[k]! += (part / expected) * side.reportedUsd;
      learning.sweptUsd[k]! += side.tierUsd[k] ?? 0;
    }
  }
  keepWithinBounds(learning);
  countSweeps(learning, minuteMs, sides);
}

/** The factor of each tier, in the order of TIERS; 1 = as assumed. */
export function thetas(learning: Learning): number[] {
  return learning.sweptUsd.map((_, k) => theta(learning, k));
}

export function beliefs(learning: Learning): TierBelief[] {
  const dispersionUsd = learning.expectedUsd > 0 ? learning.squaredErrors / learning.expectedUsd : 0;
  return learning.sweptUsd.map((swept, k) => {
    const prior = priorUsd(learning, k);
    const alpha = prior + (learning.reportedUsd[k] ?? 0);
    const beta = prior + swept;
    const sweeps = learning.sweeps[k] ?? 0;
    return {
      theta: theta(learning, k),
      uncertainty:
        swept > 0 && dispersionUsd > 0 ? Math.min(MOST - LEAST, Math.sqrt(alpha * dispersionUsd) / beta) : null,
      // the evidence must weigh more than the prior, and not be one crash
      source: sweeps >= SWEEPS_TO_LEARN && swept >= prior ? "learned" : "assumed",
      sweeps,
    };
  });
}

/** n0 · E[S_k]. */
function priorUsd(learning: Learning, tier: number): number {
  return learning.minutes > 0 ? (PRIOR_MINUTES * (learning.sweptUsd[tier] ?? 0)) / learning.minutes : 0;
}

function theta(learning: Learning, tier: number): number {
  const swept = learning.sweptUsd[tier] ?? 0;
  if (!(swept > 0)) return 1;
  const prior = priorUsd(learning, tier);
  const [least, most] = bounds(learning, tier);
  return Math.min(most, Math.max(least, (prior + (learning.reportedUsd[tier] ?? 0)) / (prior + swept)));
}

function bounds(learning: Learning, tier: number): readonly [number, number] {
  const isFar = tier < FAR_TIERS && (learning.sweeps[tier] ?? 0) < SWEEPS_TO_LEARN;
  return isFar ? [FAR_LEAST, FAR_MOST] : [LEAST, MOST];
}

function fade(learning: Learning): void {
  learning.minutes *= FORGETTING;
  learning.squaredErrors *= FORGETTING;
  learning.expectedUsd *= FORGETTING;
  for (let k = 0; k < TIER_COUNT; k++) {
    learning.reportedUsd[k]! *= FORGETTING;
    learning.sweptUsd[k]! *= FORGETTING;
    learning.sweeps[k]! *= FORGETTING;
  }
}

/** Evidence beyond the bound is not kept: an absurd minute must not hold θ at the bound for a month. */
function keepWithinBounds(learning: Learning): void {
  for (let k = 0; k < TIER_COUNT; k++) {
    const prior = priorUsd(learning, k);
    const most = MOST * (prior + learning.sweptUsd[k]!) - prior;
    learning.reportedUsd[k] = Math.min(learning.reportedUsd[k]!, most);
  }
}

function countSweeps(learning: Learning, minuteMs: EpochMs, sides: readonly LearnedSide[]): void {
  for (let k = 0; k < TIER_COUNT; k++) {
    if (!sides.some((side) => (side.takenShare[k] ?? 0) > SWEEP_SHARE)) continue;
    const last = learning.lastSweepMs[k] ?? null;
    if (last !== null && minuteMs - last < SWEEP_APART_MS) continue;
    learning.sweeps[k]! += 1;
    learning.lastSweepMs[k] = minuteMs;
  }
}

function isUsable({ tierUsd, floorUsd, reportedUsd }: LearnedSide): boolean {
  return [...tierUsd, floorUsd, reportedUsd].every((usd) => usd >= 0 && usd < ABSURD_USD);
}
