// order: observed liquidations, newest first. Stored are sums per minute, exchange and side, and each row says so.
import type { Context } from "hono";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { largeObservedMinutes, type ObservedMinute } from "../../store/observed-liquidations.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { success } from "./envelope.ts";
import { pairOf, toCoin, toVenue } from "./names.ts";
import { numberIn, readParameters, required, timeMs } from "./parameters.ts";

const MAX_ROWS = 200;
const REACH_MS = 7 * DAY_MS;
const MOST_USD = 1e12;

export async function orderRows(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["exchange", "symbol", "min_liquidation_amount", "start_time", "end_time"]);
  const venue = toVenue(required("exchange", query.exchange), config);
  const symbol = toCoin(required("symbol", query.symbol), config, venue);
  const minUsd = numberIn("min_liquidation_amount", query.min_liquidation_amount ?? "0", 0, MOST_USD);
  const now = config.clock.now();
  const toMs = query.end_time === undefined ? now : timeMs("end_time", query.end_time);
  const askedMs = query.start_time === undefined ? now - REACH_MS : timeMs("start_time", query.start_time);
  const fromMs = Math.max(askedMs, now - REACH_MS);
  const minutes = await largeObservedMinutes(context.env.DB, {
    symbol,
    venues: [venue],
    minUsd,
    fromMs,
    toMs,
    limit: MAX_ROWS,
  });
  const rows = minutes.flatMap((minute) => rowsOf(minute, symbol, minUsd)).slice(0, MAX_ROWS);
  return success(context, rows, {
    estimated: false,
    as_of: now,
    min_liquidation_amount: minUsd,
    from_ms: fromMs,
    to_ms: toMs,
    granularity: "each row is the sum of one minute and side, at the minute's close: single orders are not stored",
  });
}

/** `side`: 1 = buy orders, which close shorts; 2 = sell orders, which close longs. */
function rowsOf(minute: ObservedMinute, symbol: SymbolId, minUsd: number) {
  const common = {
    exchange_name: minute.venue.toUpperCase(),
    symbol: pairOf(minute.venue, symbol),
    base_asset: symbol,
    price: minute.close,
    time: minute.minuteMs,
  };
  const sides = [
    { side: 2, usd_value: minute.longUsd, liquidated_side: "long" },
    { side: 1, usd_value: minute.shortUsd, liquidated_side: "short" },
  ];
  return sides
    .filter(({ usd_value }) => usd_value > 0 && usd_value >= minUsd)
    .map((side) => ({ ...common, ...side, sum_of_ms: MINUTE_MS }));
}
