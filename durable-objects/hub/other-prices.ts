// What the other exchanges of a coin say its price is, now and in the minutes of a doubt.
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { DAY_MS, type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { HubState, PriceDoubt } from "./hub-state.ts";

/** Exchanges beside the one in question that must have a price: of two, nobody knows which is wrong. */
const WITNESSES = 2;
/** A witness's price counts while it is this young. */
const FRESH_MS = 2 * MINUTE_MS;
/** Witnesses that are farther from their own median contradict each other. */
const AGREE_WITHIN = 0.1;
/** As long as missing minutes may still come. */
const KEEP_MS = DAY_MS;

export interface Others {
  median: number;
  /** All of them are near it. */
  agree: boolean;
}

/** Null while too few others have a fresh price. */
export function medianOfOthers(state: HubState, venue: VenueId, now: EpochMs): Others | null {
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
  const median = prices.length % 2 === 1 ? upper : ((prices[middle - 1] ?? 0) + upper) / 2;
  return { median, agree: prices.every((price) => Math.abs(price / median - 1) <= AGREE_WITHIN) };
}

/**
 * Remembers the others' median for the minute of `now` and the one before, whose candle has just been told: history that
 * brings these minutes later is held against it.
 */
export function keepMedians(doubt: PriceDoubt, now: EpochMs, median: number): void {
  const minuteMs = intervalStart(now, MINUTE_MS);
  doubt.medians = (doubt.medians ?? []).filter(([at]) => at >= now - KEEP_MS && at !== minuteMs);
  if (!doubt.medians.some(([at]) => at === minuteMs - MINUTE_MS)) doubt.medians.push([minuteMs - MINUTE_MS, median]);
  doubt.medians.push([minuteMs, median]);
}
