// Candles and prices that a market shows at a market time. Every function takes `now` and returns nothing that happened later.
import { type EpochMs, intervalStart, MINUTE_MS } from "../../shared/time/clock.ts";
import { roundTo, roundToStep } from "../decimal.ts";
import type { Market } from "./market.ts";
import { minuteOf, read, slotOf } from "./minutes.ts";
import { extremesBetween, pathOf, priceAt } from "./path.ts";

export interface CandleView {
  openTime: EpochMs;
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number | null;
  takerBuyBase: number | null;
  /** Volume times the price it was traded at, quote currency. */
  turnover: number | null;
  closed: boolean;
}

export interface Quote {
  lastPrice: number;
  markPrice: number;
  indexPrice: number;
  /** Running estimate of the next charge, null when the source has none. */
  fundingRate: number | null;
  nextFundingTime: EpochMs;
}

// volumes are sums of many minutes: eight places hold every exchange's step and no binary tail
const VOLUME_PLACES = 8;
const SIGNIFICANT_DIGITS = 14;

/** True while the exchange lists the market: from its first minute on. */
export function isListed(market: Market, now: EpochMs): boolean {
  return now >= market.startMs;
}

/** The time up to which a market moves: `now`, or its end when that was before. */
export function marketNow(market: Market, now: EpochMs): EpochMs {
  return market.endMs === null ? now : Math.min(now, market.endMs);
}

interface MinutePart {
  open: number;
  high: number;
  low: number;
  close: number;
  /** Share of the minute that has passed. */
  share: number;
}

/** The part of a minute that is visible at `now`, or null when nothing is. */
function minutePart(market: Market, minute: number, now: EpochMs): { slot: number; part: MinutePart } | null {
  const slot = slotOf(market.minutes, minute);
  const elapsed = now - minute * MINUTE_MS;
  if (slot < 0 || elapsed < 0) return null;
  const { open, high, low, close } = market.minutes;
  const o = open[slot] as number;
  const h = high[slot] as number;
  const l = low[slot] as number;
  const c = close[slot] as number;
  if (elapsed >= MINUTE_MS) return { slot, part: { open: o, high: h, low: l, close: c, share: 1 } };
  const share = elapsed / MINUTE_MS;
  const path = pathOf(o, h, l, c);
  const step = market.contract.priceStep;
  const reached = extremesBetween(path, 0, share);
  const last = clamp(roundToStep(priceAt(path, share), step), l, h);
  // rounding may not leave the minute's own range, nor the open outside the candle
  const part = {
    open: o,
    high: Math.max(o, last, clamp(roundToStep(reached.high, step), l, h)),
    low: Math.min(o, last, clamp(roundToStep(reached.low, step), l, h)),
    close: share === 0 ? o : last,
    share,
  };
  return { slot, part };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Which prices a candle is made of: trades, or the mark price where the source knows it. */
export type PriceKind = "last" | "mark";

/** Candle of an interval as far as it has come at `now`; null when no minute of it is known. */
export function candleAt(
  market: Market,
  openTime: EpochMs,
  intervalMs: number,
  now: EpochMs,
  kind: PriceKind = "last",
): CandleView | null {
  if (intervalMs === MINUTE_MS && isWithheld(market, openTime)) return null;
  const until = Math.min(openTime + intervalMs, now + 1);
  let candle: CandleView | null = null;
  for (let minute = minuteOf(openTime); minute * MINUTE_MS < until; minute++) {
    const visible = minutePart(market, minute, now);
    if (visible === null) continue;
    const { slot } = visible;
    const part = kind === "mark" ? markPart(market, slot, visible.part) : visible.part;
    const volume = shareOf(read(market.minutes.volumeBase, slot), part.share);
    const taker = shareOf(read(market.minutes.takerBuyBase, slot), part.share);
    const turnover = volume === null ? null : (volume * (part.open + part.high + part.low + part.close)) / 4;
    if (candle === null) {
      candle = {
        openTime,
        open: part.open,
        high: part.high,
        low: part.low,
        close: part.close,
        volumeBase: volume,
        takerBuyBase: taker,
        turnover,
        closed: now >= openTime + intervalMs,
      };
      continue;
    }
    candle.high = Math.max(candle.high, part.high);
    candle.low = Math.min(candle.low, part.low);
    candle.close = part.close;
    candle.volumeBase = sum(candle.volumeBase, volume);
    candle.takerBuyBase = sum(candle.takerBuyBase, taker);
    candle.turnover = sum(candle.turnover, turnover);
  }
  if (candle === null) return null;
  candle.volumeBase = rounded(candle.volumeBase);
  candle.takerBuyBase = rounded(candle.takerBuyBase);
  candle.turnover = rounded(candle.turnover);
  return candle;
}

function isWithheld({ withheld }: Market, openTime: EpochMs): boolean {
  return withheld !== undefined && withheld.fromMs <= openTime && openTime < withheld.toMs;
}

/** Keeps a traded price inside what the mark price did in that minute. */
function markPart(market: Market, slot: number, part: MinutePart): MinutePart {
  const low = read(market.minutes.markLow, slot) ?? part.low;
  const high = read(market.minutes.markHigh, slot) ?? part.high;
  return {
    open: clamp(part.open, low, high),
    high: clamp(part.high, low, high),
    low: clamp(part.low, low, high),
    close: clamp(part.close, low, high),
    share: part.share,
  };
}

function shareOf(value: number | null, share: number): number | null {
  return value === null ? null : share === 1 ? value : roundTo(value * share, VOLUME_PLACES);
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function rounded(value: number | null): number | null {
  // the digits beyond are noise of the addition when the volume is in hundreds of millions
  return value === null ? null : Number(roundTo(value, VOLUME_PLACES).toPrecision(SIGNIFICANT_DIGITS));
}

/** Candles whose open time lies in `[fromMs, toMs]`, oldest first, the running one included. */
export function candlesBetween(
  market: Market,
  fromMs: EpochMs,
  toMs: EpochMs,
  intervalMs: number,
  now: EpochMs,
  kind: PriceKind = "last",
): CandleView[] {
  const first = Math.max(fromMs, market.minutes.first * MINUTE_MS - intervalMs + MINUTE_MS);
  const candles: CandleView[] = [];
  const start = Math.ceil(first / intervalMs) * intervalMs;
  const last = Math.min(toMs, lastVisibleMs(market, now));
  for (let openTime = start; openTime <= last; openTime += intervalMs) {
    const candle = candleAt(market, openTime, intervalMs, now, kind);
    if (candle !== null) candles.push(candle);
  }
  return candles;
}

/** The newest `limit` candles that open at or before `toMs`, oldest first. */
export function newestCandles(
  market: Market,
  toMs: EpochMs,
  intervalMs: number,
  limit: number,
  now: EpochMs,
  kind: PriceKind = "last",
): CandleView[] {
  const candles: CandleView[] = [];
  const firstMs = market.minutes.first * MINUTE_MS;
  let openTime = intervalStart(Math.min(toMs, lastVisibleMs(market, now)), intervalMs);
  for (; candles.length < limit && openTime + intervalMs > firstMs; openTime -= intervalMs) {
    const candle = candleAt(market, openTime, intervalMs, now, kind);
    if (candle !== null) candles.push(candle);
  }
  return candles.reverse();
}

/** Open time of the newest minute that has begun. */
function lastVisibleMs(market: Market, now: EpochMs): EpochMs {
  return Math.min(intervalStart(now, MINUTE_MS), (market.minutes.end - 1) * MINUTE_MS);
}

/** Newest known minute at or before `now`. */
function newestMinute(market: Market, now: EpochMs): { slot: number; part: MinutePart; minute: number } | null {
  for (let minute = minuteOf(lastVisibleMs(market, now)); minute >= market.minutes.first; minute--) {
    const visible = minutePart(market, minute, now);
    if (visible !== null) return { ...visible, minute };
  }
  return null;
}

/** Prices and funding at `now`; null before the market's first minute. */
export function quoteAt(market: Market, now: EpochMs): Quote | null {
  const newest = newestMinute(market, now);
  if (newest === null) return null;
  const { slot, part } = newest;
  const mark = markPart(market, slot, part).close;
  const premium = read(market.minutes.premium, slot);
  const interval = market.contract.fundingIntervalMs;
  return {
    lastPrice: part.close,
    markPrice: mark,
    indexPrice: premium === null ? mark : roundTo(mark / (1 + premium), market.contract.pricePlaces + 2),
    fundingRate: read(market.minutes.fundingRate, slot),
    nextFundingTime: intervalStart(now, interval) + interval,
  };
}
