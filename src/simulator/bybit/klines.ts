// GET /v5/market/kline and /v5/market/mark-price-kline: newest first, no taker side.
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import { candlesBetween, newestCandles, type PriceKind } from "../market/view.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { failure, isReply, limitOf, marketOf, success, timeOf } from "./envelope.ts";

const INTERVALS: Record<string, number> = {
  "1": MINUTE_MS,
  "3": 3 * MINUTE_MS,
  "5": 5 * MINUTE_MS,
  "15": 15 * MINUTE_MS,
  "30": 30 * MINUTE_MS,
  "60": HOUR_MS,
  "120": 2 * HOUR_MS,
  "240": 4 * HOUR_MS,
  "360": 6 * HOUR_MS,
  "720": 12 * HOUR_MS,
  D: DAY_MS,
};

/** Rows `[start, o, h, l, c, volume, turnover]`; mark price rows end after the close. */
export function kline(request: WireRequest, context: WireContext, kind: PriceKind): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const intervalMs = INTERVALS[request.query.get("interval") ?? ""];
  if (intervalMs === undefined) return failure(10001, "params error: interval invalid", context);
  const limit = limitOf(request, 200, 1000);
  const start = timeOf(request, "start");
  const end = timeOf(request, "end");

  // a start alone counts forward, an end counts back from there
  const candles =
    start !== null && end === null
      ? candlesBetween(market, start, start + intervalMs * limit, intervalMs, context.now, kind).slice(0, limit)
      : newestCandles(market, end ?? context.now, intervalMs, limit, context.now, kind).filter(
          (candle) => start === null || candle.openTime >= start,
        );
  const { pricePlaces, sizePlaces } = market.contract;
  const list = candles.reverse().map((candle) => {
    const prices = [candle.open, candle.high, candle.low, candle.close].map((price) => decimal(price, pricePlaces));
    const row = [String(candle.openTime), ...prices];
    if (kind === "mark") return row;
    return [...row, decimal(candle.volumeBase ?? 0, sizePlaces), (candle.turnover ?? 0).toFixed(4)];
  });
  return success({ symbol: market.contract.venueSymbol, category: "linear", list }, context);
}
