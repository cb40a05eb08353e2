// order: single liquidations as an exchange reported them, newest first.
import type { Context } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { liquidationFeedOf } from "../../../src/shared/market/liquidation-feed.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { DAY_MS } from "../../../src/shared/time/clock.ts";
import { loadLiquidations, type StoredLiquidation } from "../../store/liquidations.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { success } from "./envelope.ts";
import { pairOf, toCoin, toVenue } from "./names.ts";
import { numberIn, readParameters, refuseReversed, required, timeMs } from "./parameters.ts";

const MAX_ROWS = 200;
const REACH_MS = 7 * DAY_MS;
const MOST_USD = 1e12;

export async function orderRows(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["exchange", "symbol", "min_liquidation_amount", "start_time", "end_time"]);
  const venue = toVenue(query.exchange, config);
  const symbol = toCoin(required("symbol", query.symbol), config, [venue]);
  const minUsd = numberIn("min_liquidation_amount", query.min_liquidation_amount ?? "0", 0, MOST_USD);
  const now = config.clock.now();
  const toMs = query.end_time === undefined ? now : timeMs("end_time", query.end_time);
  const askedMs = query.start_time === undefined ? now - REACH_MS : timeMs("start_time", query.start_time);
  refuseReversed(askedMs, toMs);
  if (toMs < now - REACH_MS) {
    throw new ApiError("invalid-parameter", `end_time was ${toMs}, but orders reach back seven days`, {
      parameter: "end_time",
    });
  }
  const fromMs = Math.max(askedMs, now - REACH_MS);
  const events = await loadLiquidations(context.env.DB, {
    symbol,
    venues: [venue],
    side: null,
    minUsd,
    fromMs,
    toMs,
    after: null,
    limit: MAX_ROWS,
  });
  const rows = events.map((event) => rowOf(event, symbol));
  return success(context, rows, {
    estimated: false,
    as_of: now,
    min_liquidation_amount: minUsd,
    from_ms: fromMs,
    to_ms: toMs,
    feed: liquidationFeedOf(venue),
  });
}

/** `side`: 1 = buy orders, which close shorts; 2 = sell orders, which close longs. */
function rowOf(event: StoredLiquidation, symbol: SymbolId) {
  return {
    exchange_name: event.venue.toUpperCase(),
    symbol: pairOf(event.venue, symbol),
    base_asset: symbol,
    price: event.price,
    usd_value: event.notionalUsd,
    side: event.side === "long" ? 2 : 1,
    time: event.atMs,
    liquidated_side: event.side,
    price_kind: event.priceKind,
  };
}
