// `candleSnapshot`: oldest first, the open candle included, no further back than the latest 5,000.
import { DAY_MS, HOUR_MS, intervalStart, MINUTE_MS } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import { candlesBetween } from "../market/view.ts";
import { jsonReply, type WireContext, type WireReply } from "../server/wire.ts";
import { marketOf, type Question, unreadable } from "./question.ts";

const INTERVALS: Record<string, number> = {
  "1m": MINUTE_MS,
  "3m": 3 * MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1h": HOUR_MS,
  "2h": 2 * HOUR_MS,
  "4h": 4 * HOUR_MS,
  "8h": 8 * HOUR_MS,
  "12h": 12 * HOUR_MS,
  "1d": DAY_MS,
};
const LATEST_CANDLES = 5000;

export function candleSnapshot(question: Question, context: WireContext): WireReply {
  const wanted = question["req"];
  if (typeof wanted !== "object" || wanted === null) return unreadable();
  const { coin, interval, startTime, endTime } = wanted as Question;
  const intervalMs = typeof interval === "string" ? INTERVALS[interval] : undefined;
  if (intervalMs === undefined || typeof startTime !== "number") return unreadable();
  const market = marketOf(coin, context);
  if (market === null) return jsonReply(null, 500);

  const until = typeof endTime === "number" ? endTime : context.now;
  const oldest = intervalStart(context.now, intervalMs) - (LATEST_CANDLES - 1) * intervalMs;
  // a candle belongs to the window when any part of it does
  const from = Math.max(intervalStart(startTime, intervalMs), oldest);
  const candles = candlesBetween(market, from, until, intervalMs, context.now);
  return jsonReply(
    candles.map((candle) => ({
      t: candle.openTime,
      T: candle.openTime + intervalMs - 1,
      s: market.contract.venueSymbol,
      i: interval,
      o: decimal(candle.open, 1),
      c: decimal(candle.close, 1),
      h: decimal(candle.high, 1),
      l: decimal(candle.low, 1),
      v: decimal(candle.volumeBase ?? 0, 1),
      n: Math.ceil((candle.turnover ?? 0) / 2_500),
    })),
  );
}
