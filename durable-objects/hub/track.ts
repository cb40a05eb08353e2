// What a hub knows of one exchange before the model does: which minutes are complete, which wait, what is running.
// Everything here follows from the batches alone, so that the journal rebuilds it.

import { assertNever } from "../../src/shared/error/assert.ts";
import type { Bar } from "../../src/shared/market/bar.ts";
import type { MissingRange, ObservationBatch, TimeRange } from "../../src/shared/market/batch.ts";
import type { Minute } from "../../src/shared/market/minute.ts";
import type { Candle, Liquidation, Observation, OpenInterest } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { VenueStatus } from "../../src/shared/market/venue-status.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";

/** Minutes a poll may lag behind before history is asked for: the newest candle is often late by one. */
const LAG_MINUTES = 3;
/** Candles kept that lie beyond a gap: four days of minutes. */
const EARLY_LIMIT = 5_760;
/** Age of the sample before a history's first minute that the history still starts from: the coarsest step on offer. */
const START_SAMPLE_MS = 5 * MINUTE_MS;
/** Liquidation reports remembered to recognise a repeated one. */
const SEEN_LIQUIDATIONS = 400;

export interface RunningPrice {
  minuteMs: EpochMs;
  open: number;
  high: number;
  low: number;
  close: number;
}

/** Open interest as an exchange told it; `shortBase` where the sides differ, `base` then being the longs'. */
export interface OpenInterestPoint {
  at: EpochMs;
  base: number;
  shortBase?: number;
}

/** One figure for both sides: their mean where they differ. */
export function pointBase(point: OpenInterestPoint): number {
  return (point.base + (point.shortBase ?? point.base)) / 2;
}

/** Plain data: it is part of the hub's snapshot as JSON. */
export interface VenueTrack {
  venue: VenueId;
  status: VenueStatus;
  /** `sentAt` of the newest batch, and of the newest that completed a minute. */
  heardAt: EpochMs;
  progressAt: EpochMs;
  /** Exchange time of the newest observation; null before the first. */
  observedAt: EpochMs | null;
  /** The same of its prices and candles alone; absent before the first. */
  pricedAt?: EpochMs;
  /** First minute that is neither complete nor known to be missing; null before the first candle. */
  nextMinuteMs: EpochMs | null;
  /** First minute ever asked for. */
  historyFromMs: EpochMs | null;
  /** Complete minutes that the model has not seen, oldest first, without holes. */
  ready: Minute[];
  /** Closed candles beyond a hole, by start. */
  early: Candle[];
  /** Open interest by time, oldest first; only what a coming minute may need. */
  openInterest: OpenInterestPoint[];
  lastOpenInterest: OpenInterestPoint | null;
  /** Candle of the running minute, if the exchange gives one. */
  openCandle: Candle | null;
  /** Mark price of the running minute as polled: used where there is no open candle. */
  running: RunningPrice | null;
  /** Rates by the time at which they are charged, not yet passed. */
  funding: { at: EpochMs; rate: number }[];
  /** Reported liquidations per minute not yet complete, USD; null until the feed reported one. */
  liquidations: { minuteMs: EpochMs; longUsd: number; shortUsd: number }[] | null;
  seenLiquidations: string[];
  /** Observations that came too late for their minute. */
  lateCount: number;
}

export function createTrack(venue: VenueId, batch: { sentAt: EpochMs; status: VenueStatus }): VenueTrack {
  return {
    venue,
    status: batch.status,
    heardAt: batch.sentAt,
    progressAt: batch.sentAt,
    observedAt: null,
    nextMinuteMs: null,
    historyFromMs: null,
    ready: [],
    early: [],
    openInterest: [],
    lastOpenInterest: null,
    openCandle: null,
    running: null,
    funding: [],
    liquidations: null,
    seenLiquidations: [],
    lateCount: 0,
  };
}

/** Takes a batch in: complete minutes are appended to `ready`. Repeated and late observations change nothing twice. */
export function observe(track: VenueTrack, batch: ObservationBatch, historyMs: number): void {
  track.status = batch.status;
  track.heardAt = Math.max(track.heardAt, batch.sentAt);
  const candles: Candle[] = [];
  for (const observation of batch.observations) {
    if (observation.kind === "candle") candles.push(observation);
    else observeOne(track, observation);
    // an exchange's clock may run ahead; what it says is no younger than when we heard it
    const at = Math.min(observation.exchangeTime, observation.receivedAt);
    if (at > (track.observedAt ?? 0)) track.observedAt = at;
    const isPrice = observation.kind === "candle" || observation.kind === "markPrice";
    if (isPrice && at > (track.pricedAt ?? 0)) track.pricedAt = at;
  }
  track.openInterest.sort((a, b) => a.at - b.at);
  candles.sort((a, b) => a.openTime - b.openTime);
  const before = track.nextMinuteMs;
  if (track.nextMinuteMs === null && candles.length > 0) {
    track.historyFromMs = intervalStart(batch.sentAt - historyMs, MINUTE_MS);
    track.nextMinuteMs = track.historyFromMs;
  }
  for (const candle of candles) observeCandle(track, candle);
  if (batch.history !== null) completeRange(track, batch.history.range, batch.history.missing);
  drain(track, batch.history?.range.toMs ?? 0);
  if (track.nextMinuteMs !== before) track.progressAt = track.heardAt;
}

/** Minutes to fetch from history, or null: a hole before an early candle, or a lag of more than three minutes. */
export function needs(track: VenueTrack, now: EpochMs): TimeRange | null {
  const from = track.nextMinuteMs;
  if (from === null) return null;
  const firstEarly = track.early[0];
  if (firstEarly !== undefined) return { fromMs: from, toMs: firstEarly.openTime };
  const closedTo = intervalStart(now, MINUTE_MS);
  return closedTo - from > LAG_MINUTES * MINUTE_MS ? { fromMs: from, toMs: closedTo } : null;
}

function observeOne(track: VenueTrack, observation: Exclude<Observation, Candle>): void {
  switch (observation.kind) {
    case "openInterest": {
      const point = toPoint(observation);
      if (track.nextMinuteMs === null || point.at > track.nextMinuteMs - START_SAMPLE_MS)
        track.openInterest.push(point);
      if (track.openInterest.length > EARLY_LIMIT) track.openInterest.shift();
      if (track.lastOpenInterest === null || point.at >= track.lastOpenInterest.at) track.lastOpenInterest = point;
      return;
    }
    case "markPrice":
      observeMark(track, observation.exchangeTime, observation.markPrice);
      return;
    case "fundingRate": {
      track.funding = track.funding.filter((stamp) => stamp.at !== observation.fundingTime);
      track.funding.push({ at: observation.fundingTime, rate: observation.fundingRate });
      return;
    }
    case "liquidation":
      observeLiquidation(track, observation);
      return;
    case "openInterestValue":
    case "indexPrice":
    case "depth":
    case "takerVolume":
      // no input of the model: hub/context.ts keeps them
      return;
    default:
      assertNever(observation);
  }
}

function toPoint({ exchangeTime: at, openInterestBase: base, shortOpenInterestBase }: OpenInterest): OpenInterestPoint {
  return shortOpenInterestBase === undefined ? { at, base } : { at, base, shortBase: shortOpenInterestBase };
}

function observeMark(track: VenueTrack, at: EpochMs, price: number): void {
  const minuteMs = intervalStart(at, MINUTE_MS);
  const running = track.running;
  if (running === null || running.minuteMs < minuteMs) {
    track.running = { minuteMs, open: price, high: price, low: price, close: price };
  } else if (running.minuteMs === minuteMs) {
    running.high = Math.max(running.high, price);
    running.low = Math.min(running.low, price);
    running.close = price;
  }
}

function observeLiquidation(track: VenueTrack, report: Liquidation): void {
  const key = `${report.exchangeTime}|${report.side}|${report.price}|${report.sizeBase}`;
  if (track.seenLiquidations.includes(key)) return;
  track.seenLiquidations.push(key);
  if (track.seenLiquidations.length > SEEN_LIQUIDATIONS) track.seenLiquidations.shift();
  const minuteMs = intervalStart(report.exchangeTime, MINUTE_MS);
  if (track.nextMinuteMs !== null && minuteMs < track.nextMinuteMs) {
    track.lateCount += 1;
    return;
  }
  track.liquidations ??= [];
  let minute = track.liquidations.find((entry) => entry.minuteMs === minuteMs);
  if (minute === undefined) {
    minute = { minuteMs, longUsd: 0, shortUsd: 0 };
    track.liquidations.push(minute);
  }
  if (report.side === "long") minute.longUsd += report.notionalUsd;
  else minute.shortUsd += report.notionalUsd;
}

function observeCandle(track: VenueTrack, candle: Candle): void {
  if (candle.intervalMs !== MINUTE_MS || track.nextMinuteMs === null) return;
  if (!candle.closed) {
    if (track.openCandle === null || candle.openTime >= track.openCandle.openTime) track.openCandle = candle;
    return;
  }
  if (candle.openTime < track.nextMinuteMs) return;
  const before = track.early.findLastIndex((other) => other.openTime <= candle.openTime);
  if (track.early[before]?.openTime !== candle.openTime) track.early.splice(before + 1, 0, candle);
  if (track.early.length > EARLY_LIMIT) track.early.shift();
}

/** Marks the minutes of a fetched range that have no candle as missing, up to the range's end. */
function completeRange(track: VenueTrack, range: TimeRange, missing: readonly MissingRange[]): void {
  if (track.nextMinuteMs === null || range.fromMs > track.nextMinuteMs) return;
  while (track.nextMinuteMs < range.toMs) {
    drain(track, range.toMs);
    if (track.nextMinuteMs >= range.toMs) return;
    const minuteMs: EpochMs = track.nextMinuteMs;
    const why = missing.find((part) => part.fromMs <= minuteMs && minuteMs < part.toMs);
    const reason = why?.reason ?? "the exchange served no candle";
    track.ready.push({ type: "missing", minuteMs, reason, ...heardIn(track, minuteMs) });
    track.nextMinuteMs = minuteMs + MINUTE_MS;
  }
}

function heardIn(track: VenueTrack, minuteMs: EpochMs) {
  const point = track.openInterest.findLast(({ at }) => at > minuteMs && at <= minuteMs + MINUTE_MS);
  if (point === undefined) return {};
  const { base: heardOpenInterestBase, shortBase } = point;
  return { heardOpenInterestBase, ...(shortBase === undefined ? {} : { heardShortOpenInterestBase: shortBase }) };
}

/** Moves candles that follow without a hole to `ready`; those before `historyToMs` came with an answer, the rest were seen live. */
function drain(track: VenueTrack, historyToMs: EpochMs): void {
  let taken = 0;
  for (const candle of track.early) {
    if (track.nextMinuteMs === null || candle.openTime > track.nextMinuteMs) break;
    taken += 1;
    if (candle.openTime < track.nextMinuteMs) continue;
    track.ready.push(toMinute(track, candle, candle.openTime < historyToMs));
    track.nextMinuteMs += MINUTE_MS;
  }
  if (taken > 0) track.early.splice(0, taken);
}

function toMinute(track: VenueTrack, candle: Candle, fromHistory: boolean): Minute {
  const endMs = candle.openTime + MINUTE_MS;
  let ofMinute: OpenInterestPoint | null = null;
  let newest: OpenInterestPoint | null = null;
  let used = 0;
  for (const point of track.openInterest) {
    if (point.at > endMs) break;
    used += 1;
    newest = point;
    // a poll from before this minute says nothing about its end
    if (point.at > candle.openTime) ofMinute = point;
  }
  track.openInterest.splice(0, used);
  const charged = track.funding.find((stamp) => stamp.at >= candle.openTime && stamp.at < endMs);
  track.funding = track.funding.filter((stamp) => stamp.at >= endMs);
  const reported = track.liquidations?.find((entry) => entry.minuteMs === candle.openTime);
  if (track.liquidations !== null) {
    track.liquidations = track.liquidations.filter((entry) => entry.minuteMs > candle.openTime);
  }
  const feedReports = track.liquidations !== null && !fromHistory;
  const bar: Bar = {
    openTime: candle.openTime,
    intervalMs: MINUTE_MS,
    open: candle.open,
    high: candle.high,
    low: candle.low,
    close: candle.close,
    volumeBase: candle.volumeBase,
    takerBuyBase: candle.takerBuyBase,
    openInterestBase: ofMinute?.base ?? null,
    ...(ofMinute?.shortBase === undefined ? {} : { shortOpenInterestBase: ofMinute.shortBase }),
    markHigh: null,
    markLow: null,
    fundingRate: charged?.rate ?? null,
    observedLongUsd: reported?.longUsd ?? (feedReports ? 0 : null),
    observedShortUsd: reported?.shortUsd ?? (feedReports ? 0 : null),
  };
  const start = newest ?? track.lastOpenInterest;
  return {
    type: "bar",
    minuteMs: candle.openTime,
    bar,
    quality: { openInterestCarried: ofMinute === null, fromHistory },
    startOpenInterestBase: start?.base ?? null,
    ...(start?.shortBase === undefined ? {} : { startShortOpenInterestBase: start.shortBase }),
  };
}
