// GET /fapi/v1/klines and the taker statistics made from the same rows.
import { DAY_MS, intervalStart } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import { type CandleView, candlesBetween, newestCandles } from "../market/view.ts";
import { jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { invalidInterval, invalidParameter } from "./errors.ts";
import { isReply, KLINE_INTERVALS, marketOf, STATISTICS_PERIODS, windowOf } from "./parameters.ts";

/** `[openTime, o, h, l, c, volume, closeTime, quoteVolume, trades, takerBuyBase, takerBuyQuote, "0"]`, oldest first. */
export function klines(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const intervalMs = KLINE_INTERVALS[request.query.get("interval") ?? ""];
  if (intervalMs === undefined) return invalidInterval();
  const window = windowOf(request, context, 500, 1500);
  if (isReply(window)) return window;

  const { startMs, endMs, limit } = window;
  const candles =
    startMs === null
      ? newestCandles(market, endMs, intervalMs, limit, context.now)
      : candlesBetween(
          market,
          startMs,
          // a row more than asked for costs nothing, a year of minutes does
          Math.min(endMs, Math.max(startMs, market.startMs) + intervalMs * (limit + 1)),
          intervalMs,
          context.now,
        ).slice(0, limit);
  return jsonReply(candles.map((candle) => klineRow(candle, intervalMs, market.contract.pricePlaces)));
}

function klineRow(candle: CandleView, intervalMs: number, places: number): (number | string)[] {
  const volume = candle.volumeBase ?? 0;
  // the row has no way to say "unknown": half of the volume claims no direction
  const takerBuy = candle.takerBuyBase ?? Number((volume / 2).toFixed(8));
  const turnover = candle.turnover ?? 0;
  const takerShare = volume === 0 ? 0 : takerBuy / volume;
  return [
    candle.openTime,
    decimal(candle.open, places),
    decimal(candle.high, places),
    decimal(candle.low, places),
    decimal(candle.close, places),
    decimal(volume, 3),
    candle.openTime + intervalMs - 1,
    turnover.toFixed(5),
    Math.ceil(turnover / 2_500),
    decimal(takerBuy, 3),
    (turnover * takerShare).toFixed(5),
    "0",
  ];
}

/** GET /futures/data/takerlongshortRatio: closed periods of the last 30 days, oldest first; empty where the side is unknown. */
export function takerRatio(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const periodMs = STATISTICS_PERIODS[request.query.get("period") ?? ""];
  if (periodMs === undefined) return invalidParameter("period");
  const window = windowOf(request, context, 30, 500);
  if (isReply(window)) return window;

  const oldest = Math.max(window.startMs ?? 0, context.now - 30 * DAY_MS);
  const lastClosed = intervalStart(context.now, periodMs) - periodMs;
  const rows = newestCandles(market, Math.min(window.endMs, lastClosed), periodMs, window.limit, context.now)
    .filter((candle) => candle.openTime >= oldest && candle.closed && candle.takerBuyBase !== null)
    .map((candle) => {
      const buy = candle.takerBuyBase as number;
      const sell = Number(((candle.volumeBase ?? 0) - buy).toFixed(8));
      return {
        buySellRatio: (sell > 0 ? buy / sell : 1).toFixed(4),
        sellVol: decimal(sell, 4),
        buyVol: decimal(buy, 4),
        timestamp: candle.openTime,
      };
    });
  return jsonReply(rows);
}
