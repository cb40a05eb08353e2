// GET /market/candles, /market/history-candles and the taker volume made from the same rows: newest first.
import type { EpochMs } from "../../shared/time/clock.ts";
import { MINUTE_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { minuteOf } from "../market/minutes.ts";
import { type CandleView, candleAt } from "../market/view.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { type BarLength, barLength } from "./bars.ts";
import { failure, isReply, limitOf, marketOf, success, timeOf } from "./envelope.ts";

/** Rows that the short endpoint and the statistics reach back. */
const LATEST_ROWS = 1440;

export function candles(request: WireRequest, context: WireContext): WireReply {
  return candleList(request, context, LATEST_ROWS, true);
}

/** Reaches as far back as the market does; closed bars only. */
export function historyCandles(request: WireRequest, context: WireContext): WireReply {
  return candleList(request, context, Number.POSITIVE_INFINITY, false);
}

/** Rows `[ts, o, h, l, c, contracts, base, quote, confirm]`. */
function candleList(request: WireRequest, context: WireContext, reachRows: number, withOpen: boolean): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const length = barLength(request.query.get("bar") ?? "1m");
  if (length === null) return failure("51000", "Parameter bar error", 400);
  const limit = limitOf(request, 100, 300);
  // `after` asks for older rows, `before` for newer ones
  const after = timeOf(request, "after") ?? Number.MAX_SAFE_INTEGER;
  const before = timeOf(request, "before") ?? -1;
  const rows = newestFirst(
    market,
    length,
    context.now,
    { after, before, limit, reachRows },
    (candle) => withOpen || candle.closed,
  );
  const { pricePlaces, contractValue } = market.contract;
  return success(
    rows.map((candle) => [
      String(candle.openTime),
      ...[candle.open, candle.high, candle.low, candle.close].map((price) => decimal(price, pricePlaces)),
      decimal(roundTo((candle.volumeBase ?? 0) / contractValue, 8)),
      decimal(candle.volumeBase ?? 0),
      decimal(roundTo(candle.turnover ?? 0, 5)),
      candle.closed ? "1" : "0",
    ]),
  );
}

interface Wanted {
  after: EpochMs;
  before: EpochMs;
  limit: number;
  reachRows: number;
}

function newestFirst(
  market: Market,
  length: BarLength,
  now: EpochMs,
  wanted: Wanted,
  keep: (candle: CandleView) => boolean,
): CandleView[] {
  const { intervalMs, offsetMs } = length;
  const startOf = (time: EpochMs) => Math.floor((time - offsetMs) / intervalMs) * intervalMs + offsetMs;
  const newest = startOf(now);
  const oldest = Math.max(newest - (wanted.reachRows - 1) * intervalMs, market.minutes.first * MINUTE_MS - intervalMs);
  const rows: CandleView[] = [];
  let openTime = Math.min(newest, startOf(Math.min(wanted.after - 1, now)), startOf(lastMinuteMs(market)));
  for (; rows.length < wanted.limit && openTime >= oldest && openTime > wanted.before; openTime -= intervalMs) {
    const candle = candleAt(market, openTime, intervalMs, now);
    if (candle !== null && keep(candle)) rows.push(candle);
  }
  return rows;
}

function lastMinuteMs(market: Market): EpochMs {
  return Math.max(market.minutes.end - 1, minuteOf(market.startMs)) * MINUTE_MS;
}

/** GET /rubik/stat/taker-volume-contract: `[ts, sell, buy]` of closed periods; empty where the side is unknown. */
export function takerVolume(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const length = barLength(request.query.get("period") ?? "5m");
  if (length === null) return failure("51000", "Parameter period error", 400);
  const unit = request.query.get("unit") ?? "1";
  const limit = limitOf(request, 100, 100);
  const after = (timeOf(request, "end") ?? context.now) + 1;
  const before = (timeOf(request, "begin") ?? 0) - 1;
  const rows = newestFirst(
    market,
    length,
    context.now,
    { after, before, limit, reachRows: LATEST_ROWS },
    (candle) => candle.closed && candle.takerBuyBase !== null,
  );
  return success(
    rows.map((candle) => {
      const buy = candle.takerBuyBase as number;
      const sell = (candle.volumeBase ?? 0) - buy;
      return [String(candle.openTime), inUnit(sell, candle), inUnit(buy, candle)];
    }),
  );

  /** Unit 0 is coins, 1 contracts, 2 USD. */
  function inUnit(sizeBase: number, candle: CandleView): string {
    const factor = unit === "0" ? 1 : unit === "2" ? candle.close : 1 / (market as Market).contract.contractValue;
    return decimal(roundTo(sizeBase * factor, 8));
  }
}
