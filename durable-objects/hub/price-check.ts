// A price far from what all other exchanges say is not a market move: it is kept out. An exchange that stays a little
// apart has a price of its own; one that is grossly apart is wrong for as long as the others agree.
import type { MissingRange, ObservationBatch } from "../../src/shared/market/batch.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { HubState, PriceDoubt } from "./hub-state.ts";
import { keepMedians, medianOfOthers, type Others } from "./other-prices.ts";

/** Perpetuals of one coin stay within a few percent even in a crash; 2025-10-10 saw more for minutes, see release. */
const APART = 0.1;
/** No premium that lasted was ever so large: a wrong unit, a wrong contract or a feed of something else. */
const GROSS = 0.2;
/** Only what claims to be now is compared with now. */
const NOW_MS = 5 * MINUTE_MS;
/** Release: an exchange that stays apart this long has a price of its own. */
const RELEASE_MS = 5 * MINUTE_MS;
/** Within the longest history no coin moves by as much as a wrong unit is off. */
const PAST_TIMES = 10;

/** What a price is held against: the others' median now, that of its own minute under a doubt, or now's from long after. */
interface Reference {
  median: number;
  of: "now" | "minute" | "past";
}

/**
 * The batch without prices that cannot be true, degraded while there are any. Notes in `state.priceDoubts` what was kept
 * out.
 */
export function withBelievedPrices(state: HubState, batch: ObservationBatch): ObservationBatch {
  const others = medianOfOthers(state, batch.venue, batch.sentAt);
  const known = state.priceDoubts?.[batch.venue];
  if (others === null && known === undefined) return batch;
  state.priceDoubts ??= {};
  const doubt: PriceDoubt = known ?? { sinceMs: null, count: 0, last: null };
  const minutes = new Map(doubt.medians);
  const refused: MissingRange[] = [];
  const seen = { apart: false, near: false, withheld: false };
  const observations = batch.observations.filter((one) => {
    const price = priceOf(one);
    const reference = price === null ? null : referenceOf(one, others, minutes, batch.sentAt);
    if (price === null || reference === null) return true;
    if (reference.of === "now") {
      const isNear = Math.abs(price / reference.median - 1) <= APART;
      seen[isNear ? "near" : "apart"] = true;
      if (!isNear) doubt.sinceMs ??= batch.sentAt;
    }
    if (isBelieved(price, reference, others, batch.sentAt - (doubt.sinceMs ?? batch.sentAt))) return true;
    if (reference.of === "now") seen.withheld = true;
    doubt.count += 1;
    doubt.last = { price, median: reference.median, at: batch.sentAt };
    if (one.kind === "candle" && one.closed) {
      refused.push({ fromMs: one.openTime, toMs: one.openTime + one.intervalMs, reason: inWords(doubt) });
    }
    return false;
  });
  // history speaks of minutes before: it ends no doubt about now
  if (seen.near && !seen.apart && batch.history === null) doubt.sinceMs = null;
  if (others === null) doubt.isWithheld = false;
  else if ((seen.apart || seen.near) && batch.history === null) doubt.isWithheld = seen.withheld;
  if (doubt.isWithheld === true && others !== null) keepMedians(doubt, batch.sentAt, others.median);
  if (doubt.count > 0 || doubt.sinceMs !== null) state.priceDoubts[batch.venue] = doubt;
  return rewritten(batch, observations, refused, doubt);
}

function rewritten(
  batch: ObservationBatch,
  observations: Observation[],
  refused: readonly MissingRange[],
  doubt: PriceDoubt,
): ObservationBatch {
  const status = doubt.isWithheld === true ? degraded(batch, doubt) : batch.status;
  if (observations.length === batch.observations.length && status === batch.status) return batch;
  const { history } = batch;
  const missing = history === null ? [] : [...refused, ...history.missing];
  return { ...batch, status, observations, history: history === null ? null : { ...history, missing } };
}

/** An exchange that answers is degraded while its price is kept out; one that does not says why itself. */
function degraded({ status, sentAt }: ObservationBatch, doubt: PriceDoubt): ObservationBatch["status"] {
  if (status.state !== "live" && status.state !== "degraded") return status;
  const sinceMs = status.state === "degraded" ? status.sinceMs : (doubt.sinceMs ?? sentAt);
  return { state: "degraded", reason: inWords(doubt), sinceMs };
}

function inWords({ last }: PriceDoubt): string {
  const short = (price = 0) => Number(price.toPrecision(7));
  return `price ${short(last?.price)} was not believed beside ${short(last?.median)} elsewhere`;
}

function isBelieved(price: number, { median, of }: Reference, others: Others | null, apartForMs: number): boolean {
  const ratio = price / median;
  switch (of) {
    case "now": {
      const isGross = Math.abs(ratio - 1) > GROSS && others?.agree === true;
      return Math.abs(ratio - 1) <= APART || (apartForMs >= RELEASE_MS && !isGross);
    }
    case "minute":
      return Math.abs(ratio - 1) <= GROSS;
    case "past":
      return ratio < PAST_TIMES && ratio > 1 / PAST_TIMES;
  }
}

function priceOf(one: Observation): number | null {
  if (one.kind === "markPrice") return one.markPrice;
  return one.kind === "candle" ? one.close : null;
}

function referenceOf(
  one: Observation,
  others: Others | null,
  minutes: ReadonlyMap<EpochMs, number>,
  now: EpochMs,
): Reference | null {
  const at = one.kind === "candle" ? one.openTime : one.exchangeTime;
  if (now - at <= NOW_MS) return others === null ? null : { median: others.median, of: "now" };
  if (one.kind !== "candle") return null;
  const then = minutes.get(intervalStart(at, MINUTE_MS));
  if (then !== undefined) return { median: then, of: "minute" };
  return others === null ? null : { median: others.median, of: "past" };
}
