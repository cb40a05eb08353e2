// Candlesticks and contract statistics, oldest first.
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { Market } from "../market/market.ts";
import { openInterestHistory } from "../market/open-interest-view.ts";
import { newestCandles } from "../market/view.ts";
import { jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { contractsOf, failure, isReply, limitOf, marketOf, seconds, windowOf } from "./reply.ts";

const LENGTHS: Record<string, number> = {
  "1m": MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1h": HOUR_MS,
  "4h": 4 * HOUR_MS,
  "1d": DAY_MS,
};
const MAX_ROWS = 2_000;
/** Bars older than this many are refused. */
const REACH_ROWS = 10_000;

/** A window and a number of rows exclude each other. */
export function candlesticks(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const length = LENGTHS[request.query.get("interval") ?? "5m"];
  if (length === undefined) return failure("INVALID_PARAM_VALUE", "invalid argument: interval");
  const { from, to } = windowOf(request);
  if (from !== null && request.query.get("limit") !== null) {
    return failure("INVALID_PARAM_VALUE", "limit is conflicting with from and to");
  }
  if (from !== null && from < context.now - REACH_ROWS * length) {
    return failure("INVALID_PARAM_VALUE", "Candlestick too long ago. Maximum 10000 points ago are allowed");
  }
  const limit = from === null ? limitOf(request, 100, MAX_ROWS) : MAX_ROWS;
  const rows = newestCandles(market, to ?? context.now, length, limit, context.now);
  const { pricePlaces } = market.contract;
  const price = (value: number) => decimal(value, pricePlaces);
  return jsonReply(
    rows
      .filter((candle) => candle.openTime >= (from ?? 0))
      .map((candle) => ({
        t: seconds(candle.openTime),
        v: contractsOf(market, candle.volumeBase ?? 0),
        c: price(candle.close),
        h: price(candle.high),
        l: price(candle.low),
        o: price(candle.open),
        sum: decimal(roundTo(candle.turnover ?? 0, 5)),
      })),
  );
}

/** The only exchange that publishes liquidation totals. Rows hold at `time`; totals are those of the period before it. */
export function contractStats(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const length = LENGTHS[request.query.get("interval") ?? "5m"];
  if (length === undefined) return failure("INVALID_PARAM_VALUE", "invalid argument: interval");
  const { now } = context;
  const limit = limitOf(request, 30, 100);
  const { from } = windowOf(request);
  // from a start on the rows after it, else the newest
  const until = from === null ? now : Math.min(now, from + (limit - 1) * length);
  const rows = openInterestHistory(market, from ?? 0, until, length, limit, now).reverse();
  return jsonReply(
    rows.map(({ time, openInterestBase, price }) => ({
      time: seconds(time),
      lsr_taker: 1,
      lsr_account: 1,
      ...totals(market, time - length, time, now),
      open_interest: contractsOf(market, openInterestBase),
      open_interest_usd: roundTo(openInterestBase * price, 4),
      mark_price: price,
      top_lsr_size: 1,
      top_lsr_account: 1,
    })),
  );
}

function totals(market: Market, afterMs: number, untilMs: number, now: number): object {
  const sums = { long: { base: 0, usd: 0 }, short: { base: 0, usd: 0 } };
  for (const { side, sizeBase, fillPrice } of liquidationsBetween(market, afterMs, untilMs, now)) {
    sums[side].base += sizeBase;
    sums[side].usd += sizeBase * fillPrice;
  }
  return {
    long_liq_size: contractsOf(market, sums.long.base),
    long_liq_amount: roundTo(sums.long.base, 8),
    long_liq_usd: roundTo(sums.long.usd, 4),
    short_liq_size: contractsOf(market, sums.short.base),
    short_liq_amount: roundTo(sums.short.base, 8),
    short_liq_usd: roundTo(sums.short.usd, 4),
  };
}
