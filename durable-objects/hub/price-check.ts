// A price far from what all other exchanges say is not a market move: it is kept out until the exchange has insisted.
import type { MissingRange, ObservationBatch } from "../../src/shared/market/batch.ts";
import type { Observation } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { HubState, PriceDoubt } from "./hub-state.ts";

/** Perpetuals of one coin stay within a few percent even in a crash; 2025-10-10 saw more for minutes, see release. */
const APART = 0.1;
/** Exchanges beside the one in question that must have a price: of two, nobody knows which is wrong. */
const WITNESSES = 2;
/** A witness's price counts while it is this young. */
const FRESH_MS = 2 * MINUTE_MS;
/** Only what claims to be now is compared with now. */
const NOW_MS = 5 * MINUTE_MS;
/** Release: an exchange that stays apart this long has a price of its own. */
const RELEASE_MS = 5 * MINUTE_MS;

/** The batch without prices that cannot be true. Notes in `state.priceDoubts` what was kept out. */
export function withBelievedPrices(state: HubState, batch: ObservationBatch): ObservationBatch {
  const median = medianOfOthers(state, batch.venue, batch.sentAt);
  if (median === null) return batch;
  state.priceDoubts ??= {};
  const doubts = state.priceDoubts;
  const doubt: PriceDoubt = doubts[batch.venue] ?? { sinceMs: null, count: 0, last: null };
  const refused: MissingRange[] = [];
  let isApart = false;
  let isNear = false;
  const observations = batch.observations.filter((one) => {
    const price = priceNow(one, batch.sentAt);
    if (price === null) return true;
    if (Math.abs(price / median - 1) <= APART) {
      isNear = true;
      return true;
    }
    isApart = true;
    doubt.sinceMs ??= batch.sentAt;
    if (batch.sentAt - doubt.sinceMs >= RELEASE_MS) return true;
    doubt.count += 1;
    doubt.last = { price, median, at: batch.sentAt };
    if (one.kind === "candle" && one.closed) {
      const reason = `price ${price} was not believed beside ${median} elsewhere`;
      refused.push({ fromMs: one.openTime, toMs: one.openTime + one.intervalMs, reason });
    }
    return false;
  });
  // history speaks of minutes before: it ends no doubt about now
  if (isNear && !isApart && batch.history === null) doubt.sinceMs = null;
  if (doubt.count > 0 || doubt.sinceMs !== null) doubts[batch.venue] = doubt;
  if (observations.length === batch.observations.length) return batch;
  const { history } = batch;
  return {
    ...batch,
    observations,
    history: history === null ? null : { ...history, missing: [...refused, ...history.missing] },
  };
}

function priceNow(one: Observation, now: EpochMs): number | null {
  if (one.kind === "markPrice") return now - one.exchangeTime <= NOW_MS ? one.markPrice : null;
  if (one.kind === "candle") return now - one.openTime <= NOW_MS ? one.close : null;
  return null;
}

function medianOfOthers(state: HubState, venue: VenueId, now: EpochMs): number | null {
  const prices: number[] = [];
  for (const { track } of state.venues.values()) {
    const { running, openCandle } = track;
    if (track.venue === venue || now - track.heardAt > FRESH_MS) continue;
    const price = running?.close ?? openCandle?.close;
    const at = running?.minuteMs ?? openCandle?.openTime ?? 0;
    if (price !== undefined && now - at <= FRESH_MS) prices.push(price);
  }
  if (prices.length < WITNESSES) return null;
  prices.sort((a, b) => a - b);
  const middle = prices.length >> 1;
  const upper = prices[middle] ?? 0;
  return prices.length % 2 === 1 ? upper : ((prices[middle - 1] ?? 0) + upper) / 2;
}
