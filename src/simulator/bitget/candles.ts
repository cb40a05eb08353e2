// GET /candles, oldest first, and the five-minute taker volume made from the same rows.
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { newestCandles } from "../market/view.ts";
import { integerParameter, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { failure, isReply, limitOf, marketOf, success } from "./envelope.ts";

const LENGTHS: Record<string, number> = {
  "1m": MINUTE_MS,
  "3m": 3 * MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1H": HOUR_MS,
  "4H": 4 * HOUR_MS,
  "1Dutc": DAY_MS,
};
const REACH_MS = 30 * DAY_MS;

/** Rows `[ts, o, h, l, c, base, quote]`. */
export function candles(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const length = LENGTHS[request.query.get("granularity") ?? ""];
  if (length === undefined) return failure("400172", "Parameter verification failed", context);
  const { start, end } = ends(request, context);
  const rows = newestCandles(market, end, length, limitOf(request, "limit", 100, 1_000), context.now);
  const { pricePlaces } = market.contract;
  return success(
    rows
      .filter((candle) => candle.openTime >= start)
      .map((candle) => [
        String(candle.openTime),
        ...[candle.open, candle.high, candle.low, candle.close].map((price) => decimal(price, pricePlaces)),
        decimal(candle.volumeBase ?? 0),
        decimal(roundTo(candle.turnover ?? 0, 5)),
      ]),
    context,
  );
}

function ends(request: WireRequest, context: WireContext): { start: EpochMs; end: EpochMs } {
  const oldest = context.now - REACH_MS;
  const start = integerParameter(request.query, "startTime", oldest) ?? oldest;
  const end = integerParameter(request.query, "endTime", context.now) ?? context.now;
  return { start: Math.max(start, oldest), end: Math.min(end, context.now) };
}

/** Closed periods only; empty where the side is unknown. */
export function takerBuySell(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const length = LENGTHS[request.query.get("period") ?? "5m"];
  if (length === undefined) return failure("400172", "Parameter verification failed", context);
  const rows = newestCandles(market, context.now, length, 31, context.now);
  return success(
    rows.flatMap(({ openTime, closed, takerBuyBase, volumeBase }) => {
      if (!closed || takerBuyBase === null) return [];
      const buyVolume = decimal(takerBuyBase);
      const sellVolume = decimal(roundTo((volumeBase ?? 0) - takerBuyBase, 8));
      return [{ buyVolume, sellVolume, ts: String(openTime) }];
    }),
    context,
  );
}
