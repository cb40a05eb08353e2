// Is an open interest believable? Pure: what was seen before is handed in, what to remember is handed back.
import type { OpenInterest } from "../../../src/shared/market/observation.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";

/** What an exchange said about one symbol so far. */
export interface InterestMemory {
  /** Newest believed sample. */
  base: number;
  at: EpochMs;
  /** Largest volume of one minute among recent candles, base; null while no candle told any. */
  minuteVolumeBase: number | null;
  /** A value that was not believed and keeps coming; null while all is well. */
  insists: { base: number; sinceMs: EpochMs; samples: number } | null;
  /** The USD figure kept contradicting a steady open interest: it is the figure that changed its meaning. */
  isUsdIgnored: boolean;
}

export type InterestJudgement = { reason: string | null; memory: InterestMemory | null };

/** Mark and last price, two clocks, rounding: the two figures of one payload never differ by a fifth. */
const USD_TOLERANCE = 0.2;
/** A smaller change is never doubted: the model clips what exceeds the volume. */
const JUMP_SHARE = 0.3;
/** Times the volume there can have been: both are sampled at different moments. */
const VOLUME_TIMES = 3;
/** Older samples say nothing about a jump. */
const MEMORY_MS = 30 * MINUTE_MS;
/** Release: this many samples in a row, over this time, that agree with each other, are the new truth. */
const RELEASE_SAMPLES = 6;
const RELEASE_MS = 5 * MINUTE_MS;
const RELEASE_SPREAD = 0.1;
/** No coin has so many units open: PEPE-like coins are near 1e14. */
const ABSURD_BASE = 1e17;

/** `price` is the newest price of the same exchange, or null. */
export function judgeInterest(
  sample: OpenInterest,
  price: number | null,
  memory: InterestMemory | null,
): InterestJudgement {
  const { openInterestBase: base, receivedAt } = sample;
  const none = impossibleInterest(base);
  if (none !== null) return { reason: none, memory };
  const recent = memory !== null && receivedAt - memory.at <= MEMORY_MS ? memory : null;
  const unit = unitDoubt(sample, price);
  const jump = recent === null ? null : jumpDoubt(sample, recent);
  // both figures are against it, or nothing is known yet: no number of repetitions makes a wrong unit right
  if (unit !== null && (jump !== null || recent === null)) return { reason: unit, memory };
  const isUsdIgnored = unit !== null && recent?.isUsdIgnored === true;
  const volume = memory?.minuteVolumeBase ?? null;
  const fresh = { base, at: receivedAt, minuteVolumeBase: volume, insists: null, isUsdIgnored };
  const reason = isUsdIgnored ? null : (unit ?? jump);
  if (reason === null || recent === null) return { reason: null, memory: fresh };
  const insists = insisting(recent.insists, base, receivedAt);
  if (insists.samples >= RELEASE_SAMPLES && receivedAt - insists.sinceMs >= RELEASE_MS) {
    return { reason: null, memory: { ...fresh, isUsdIgnored: unit !== null } };
  }
  return { reason, memory: { ...recent, insists } };
}

/** Why a size cannot be, or null. */
export function impossibleInterest(base: number): string | null {
  return base > 0 && base < ABSURD_BASE ? null : `open interest was ${base}`;
}

/** Why coins and the payload's own USD figure contradict each other at a price, or null. */
export function unitDoubt(
  { openInterestBase: base, openInterestUsd: usd }: OpenInterest,
  price: number | null,
): string | null {
  if (usd === null || price === null || Math.abs((base * price) / usd - 1) <= USD_TOLERANCE) return null;
  return `${base} coins at ${price} are ${Math.round(base * price)} USD, the payload says ${usd} USD`;
}

function jumpDoubt({ openInterestBase: base, receivedAt }: OpenInterest, memory: InterestMemory): string | null {
  const minutes = Math.max(1, (receivedAt - memory.at) / MINUTE_MS);
  const possible = memory.minuteVolumeBase === null ? 0 : VOLUME_TIMES * memory.minuteVolumeBase * minutes;
  if (Math.abs(base - memory.base) <= Math.max(JUMP_SHARE * memory.base, possible)) return null;
  return `open interest went from ${memory.base} to ${base} within ${Math.round(minutes)} min`;
}

function insisting(
  before: InterestMemory["insists"],
  base: number,
  at: EpochMs,
): NonNullable<InterestMemory["insists"]> {
  const agrees = before !== null && Math.abs(base / before.base - 1) <= RELEASE_SPREAD;
  return agrees ? { base, sinceMs: before.sinceMs, samples: before.samples + 1 } : { base, sinceMs: at, samples: 1 };
}
