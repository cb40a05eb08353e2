// Batches as feeds send them, for tests of hubs: one constructed market, the same on every run.
import type { MissingRange, ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { Candle, Liquidation, MarkPrice, Observation, OpenInterest } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { VenueStatus } from "../../src/shared/market/venue-status.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";

/** 2026-01-01T00:00:00Z: start of a day, so of a column of every width. */
export const DAY0 = 1_767_225_600_000;

export const LIVE: VenueStatus = { state: "live", reason: null, sinceMs: DAY0 };
export const BLOCKED: VenueStatus = { state: "blocked", reason: "HTTP 451 from this place", sinceMs: DAY0 };

/** Price of the constructed market at any time: slow and fast swings of a few percent. */
export function priceAt(time: EpochMs): number {
  const minutes = (time - DAY0) / MINUTE_MS;
  return 60_000 * (1 + 0.02 * Math.sin(minutes / 37) + 0.006 * Math.sin(minutes / 5.3));
}

/** Open interest of an exchange at any time, base coin. */
export function openInterestAt(venue: VenueId, time: EpochMs): number {
  const minutes = (time - DAY0) / MINUTE_MS;
  const size = { binance: 9_000, bybit: 5_000, okx: 3_000, hyperliquid: 2_000, bitget: 1_800, gate: 1_500 }[venue];
  return size * (1 + 0.03 * Math.sin(minutes / 11 + size));
}

function stamped(venue: VenueId, exchangeTime: EpochMs) {
  return { venue, symbol: "BTC", exchangeTime, receivedAt: exchangeTime + 40 };
}

export function candle(venue: VenueId, openTime: EpochMs, change: Partial<Candle> = {}): Candle {
  const closeTime = openTime + MINUTE_MS;
  const [open, close] = [priceAt(openTime), priceAt(closeTime)];
  return {
    ...stamped(venue, closeTime - 1),
    kind: "candle",
    openTime,
    intervalMs: MINUTE_MS,
    open,
    high: Math.max(open, close) * 1.0004,
    low: Math.min(open, close) * 0.9996,
    close,
    volumeBase: 40,
    takerBuyBase: 18,
    closed: true,
    ...change,
  };
}

export function openInterest(venue: VenueId, at: EpochMs, openInterestBase = openInterestAt(venue, at)): OpenInterest {
  return { ...stamped(venue, at), kind: "openInterest", openInterestBase, openInterestUsd: null };
}

export function markPrice(venue: VenueId, at: EpochMs, price = priceAt(at)): MarkPrice {
  return { ...stamped(venue, at), kind: "markPrice", markPrice: price, indexPrice: null };
}

export function fundingRate(venue: VenueId, at: EpochMs, fundingTime: EpochMs, rate: number): Observation {
  return { ...stamped(venue, at), kind: "fundingRate", fundingRate: rate, intervalMs: 8 * 3_600_000, fundingTime };
}

export function liquidation(venue: VenueId, at: EpochMs, change: Partial<Liquidation> = {}): Liquidation {
  return {
    ...stamped(venue, at),
    kind: "liquidation",
    side: "long",
    price: 59_000,
    priceKind: "bankruptcy",
    sizeBase: 1,
    notionalUsd: 59_000,
    ...change,
  };
}

export function batch(
  venue: VenueId,
  sentAt: EpochMs,
  observations: Observation[],
  change: Partial<ObservationBatch> = {},
): ObservationBatch {
  return { venue, symbol: "BTC", sentAt, status: LIVE, observations, history: null, ...change };
}

/** The batch of a feed in good health five seconds after a minute's end. */
export function closedMinute(venue: VenueId, minuteMs: EpochMs, change: Partial<ObservationBatch> = {}) {
  const endMs = minuteMs + MINUTE_MS;
  const observations = [candle(venue, minuteMs), openInterest(venue, endMs - 2_000), markPrice(venue, endMs + 4_000)];
  return batch(venue, endMs + 5_000, observations, change);
}

/** Nothing but how the exchange is doing. */
export function noNews(venue: VenueId, sentAt: EpochMs, status: VenueStatus) {
  return batch(venue, sentAt, [], { status });
}

/** The answer to a request for history: all minutes of the range but the missing ones, open interest every five minutes. */
export function historyAnswer(
  venue: VenueId,
  sentAt: EpochMs,
  range: TimeRange,
  missing: MissingRange[] = [],
): ObservationBatch {
  const observations: Observation[] = [];
  for (let at = range.fromMs; at < range.toMs; at += MINUTE_MS) {
    if (missing.some((part) => part.fromMs <= at && at < part.toMs)) continue;
    observations.push(candle(venue, at));
    if ((at + MINUTE_MS) % (5 * MINUTE_MS) === 0) observations.push(openInterest(venue, at + MINUTE_MS));
  }
  return batch(venue, sentAt, observations, { history: { range, missing } });
}
