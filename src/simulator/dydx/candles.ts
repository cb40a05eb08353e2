// GET /v4/candles/perpetualMarkets/{ticker}: newest first, the running candle included, `toISO` exclusive.
import { DAY_MS, HOUR_MS, intervalStart, MINUTE_MS } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { openInterestHistory } from "../market/open-interest-view.ts";
import { type CandleView, newestCandles } from "../market/view.ts";
import { jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { isReply, limitOf, refused, timeOf } from "./question.ts";

const RESOLUTIONS: Record<string, number> = {
  "1MIN": MINUTE_MS,
  "5MINS": 5 * MINUTE_MS,
  "15MINS": 15 * MINUTE_MS,
  "30MINS": 30 * MINUTE_MS,
  "1HOUR": HOUR_MS,
  "4HOURS": 4 * HOUR_MS,
  "1DAY": DAY_MS,
};

export function candles(market: Market, request: WireRequest, context: WireContext): WireReply {
  const resolution = request.query.get("resolution") ?? "";
  const intervalMs = RESOLUTIONS[resolution];
  if (intervalMs === undefined)
    return refused("resolution must be a valid Candle Resolution, one of 1MIN,5MINS,15MINS");
  const limit = limitOf(request);
  const from = timeOf(request, "fromISO");
  const to = timeOf(request, "toISO");
  if (isReply(limit)) return limit;
  if (isReply(from)) return from;
  if (isReply(to)) return to;
  const last = Math.min(to === null ? context.now : to - 1, context.now);
  const shown = newestCandles(market, last, intervalMs, limit, context.now).filter(
    (candle) => from === null || candle.openTime >= intervalStart(from + intervalMs - 1, intervalMs),
  );
  const rows = shown.reverse().map((candle) => row(market, candle, resolution, context.now));
  return jsonReply({ candles: rows });
}

function row(market: Market, candle: CandleView, resolution: string, now: number): object {
  const { pricePlaces, venueSymbol } = market.contract;
  const price = (value: number) => decimal(value, pricePlaces);
  const [start] = openInterestHistory(market, candle.openTime, candle.openTime, MINUTE_MS, 1, now);
  return {
    startedAt: new Date(candle.openTime).toISOString(),
    ticker: venueSymbol,
    resolution,
    low: price(candle.low),
    high: price(candle.high),
    open: price(candle.open),
    close: price(candle.close),
    baseTokenVolume: decimal(candle.volumeBase ?? 0),
    usdVolume: decimal(candle.turnover ?? 0),
    trades: Math.ceil((candle.turnover ?? 0) / 4_000),
    // unknown in the first minute of a market
    ...(start === undefined ? {} : { startingOpenInterest: decimal(start.openInterestBase) }),
    orderbookMidPriceOpen: price(candle.open),
    orderbookMidPriceClose: price(candle.close),
  };
}
