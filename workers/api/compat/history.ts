// history and aggregated-history: observed liquidations per interval, oldest first.
import type { Context } from "hono";
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import { DAY_MS } from "../../../src/shared/time/clock.ts";
import { firstMinuteMs } from "../../store/reach.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { refuseBefore } from "../http/reach.ts";
import { success } from "./envelope.ts";
import { knownIntervals, REPORTED } from "./known-intervals.ts";
import { toCoin, toVenue, toVenueList } from "./names.ts";
import {
  FIRST_MONDAY_MS,
  INTERVAL_NAMES,
  INTERVALS_MS,
  numberIn,
  oneOf,
  type Parameters,
  readParameters,
  refuseReversed,
  required,
  timeMs,
} from "./parameters.ts";

const MAX_ROWS = 1_000;
/** Minutes are added up per answer: at most this many days of them. */
const MAX_SPAN_MS = 92 * DAY_MS;
const SPAN = ["interval", "limit", "start_time", "end_time"] as const;

/** Figures are strings here, and numbers in `aggregated-history`: as clients expect. */
export async function pairHistory(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["exchange", "symbol", ...SPAN]);
  const venue = toVenue(query.exchange, config);
  const symbol = toCoin(required("symbol", query.symbol), config, [venue]);
  const { rows, meta } = await history(context, { symbol, venues: [venue], query });
  return success(
    context,
    rows.map(({ time, longUsd, shortUsd }) => ({
      time,
      long_liquidation_usd: longUsd.toFixed(2),
      short_liquidation_usd: shortUsd.toFixed(2),
    })),
    meta,
  );
}

export async function coinHistory(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["exchange_list", "symbol", ...SPAN]);
  const venues = toVenueList(query.exchange_list, config);
  const symbol = toCoin(required("symbol", query.symbol), config, venues);
  const { rows, meta } = await history(context, { symbol, venues, query });
  return success(
    context,
    rows.map(({ time, longUsd, shortUsd }) => ({
      time,
      aggregated_long_liquidation_usd: longUsd,
      aggregated_short_liquidation_usd: shortUsd,
    })),
    meta,
  );
}

async function history(
  context: Context<ApiEnv>,
  asked: { symbol: SymbolId; venues: VenueId[]; query: Parameters<(typeof SPAN)[number]> },
) {
  const { symbol, venues, query } = asked;
  const now = configOf(context.env).clock.now();
  const interval = oneOf("interval", required("interval", query.interval, INTERVAL_NAMES), INTERVAL_NAMES);
  const intervalMs = INTERVALS_MS[interval];
  const limit = numberIn("limit", query.limit ?? String(MAX_ROWS), 1, MAX_ROWS);
  const offsetMs = interval === "1w" ? FIRST_MONDAY_MS : 0;
  const align = (time: number) => time - ((time - offsetMs) % intervalMs);
  const endMs = query.end_time === undefined ? now : Math.min(now, timeMs("end_time", query.end_time));
  const startMs = query.start_time === undefined ? 0 : timeMs("start_time", query.start_time);
  refuseReversed(startMs, endMs);
  const availableFromMs = await firstMinuteMs(context.env.DB, { symbol, venues });
  refuseBefore("end_time", endMs, availableFromMs);
  // the newest `limit` rows of the span
  const fromMs = align(Math.max(startMs, endMs - (limit - 1) * intervalMs, endMs - MAX_SPAN_MS));
  const span = { symbol, venues, fromMs, toMs: align(endMs) + intervalMs };
  const rows = await knownIntervals(context.env.DB, { ...span, intervalMs, align });
  const meta = {
    estimated: false,
    as_of: now,
    from_ms: fromMs,
    available_from_ms: availableFromMs,
    exchanges: venues.filter((venue) => rows.some((row) => row.venues.includes(venue))),
    reported: REPORTED,
  };
  return { rows: rows.slice(-limit), meta };
}
