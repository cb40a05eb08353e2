// Parameters that Binance's market data requests share.
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../shared/time/clock.ts";
import type { Market } from "../market/market.ts";
import { integerParameter, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { invalidParameter, invalidSymbol, missingParameter } from "./errors.ts";

export const KLINE_INTERVALS: Record<string, number> = {
  "1m": MINUTE_MS,
  "3m": 3 * MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1h": HOUR_MS,
  "2h": 2 * HOUR_MS,
  "4h": 4 * HOUR_MS,
  "6h": 6 * HOUR_MS,
  "8h": 8 * HOUR_MS,
  "12h": 12 * HOUR_MS,
  "1d": DAY_MS,
};

export const STATISTICS_PERIODS: Record<string, number> = {
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1h": HOUR_MS,
  "2h": 2 * HOUR_MS,
  "4h": 4 * HOUR_MS,
  "6h": 6 * HOUR_MS,
  "12h": 12 * HOUR_MS,
  "1d": DAY_MS,
};

/** Finds the market a request names. */
export function marketOf(request: WireRequest, context: WireContext): Market | WireReply {
  const symbol = request.query.get("symbol");
  if (symbol === null || symbol === "") return missingParameter("symbol");
  return context.markets.find((market) => market.contract.venueSymbol === symbol) ?? invalidSymbol();
}

export function isReply(value: object): value is WireReply {
  return "status" in value;
}

export interface Window {
  startMs: number | null;
  endMs: number;
  limit: number;
}

/** Reads `startTime`, `endTime` and `limit`; a limit outside 1…`maximum` is refused. */
export function windowOf(
  request: WireRequest,
  context: WireContext,
  standard: number,
  maximum: number,
): Window | WireReply {
  const startMs = integerParameter(request.query, "startTime", -1);
  const endMs = integerParameter(request.query, "endTime", context.now);
  const limit = integerParameter(request.query, "limit", standard);
  if (startMs === null) return invalidParameter("startTime");
  if (endMs === null) return invalidParameter("endTime");
  if (limit === null || limit < 1 || limit > maximum) return invalidParameter("limit");
  return { startMs: startMs < 0 ? null : startMs, endMs, limit };
}
