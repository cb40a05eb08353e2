// GET /v5/market/open-interest and /v5/market/funding/history: newest first.
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../shared/time/clock.ts";
import { decimal, roundTo } from "../decimal.ts";
import { fundingBetween } from "../market/event-view.ts";
import { openInterestHistory } from "../market/open-interest-view.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { failure, isReply, limitOf, marketOf, success, timeOf } from "./envelope.ts";

const PERIODS: Record<string, number> = {
  "5min": 5 * MINUTE_MS,
  "15min": 15 * MINUTE_MS,
  "30min": 30 * MINUTE_MS,
  "1h": HOUR_MS,
  "4h": 4 * HOUR_MS,
  "1d": DAY_MS,
};

/** Pages by a cursor that names the time of the last row. */
export function openInterest(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const periodMs = PERIODS[request.query.get("intervalTime") ?? ""];
  if (periodMs === undefined) return failure(10001, "params error: intervalTime invalid", context);
  const limit = limitOf(request, 50, 200);
  const start = timeOf(request, "startTime") ?? 0;
  const end = Math.min(timeOf(request, "endTime") ?? context.now, cursorTime(request) - 1);

  const rows = openInterestHistory(market, start, end, periodMs, limit + 1, context.now);
  const page = rows.slice(0, limit);
  const oldest = page[page.length - 1];
  const more = rows.length > limit && oldest !== undefined;
  return success(
    {
      symbol: market.contract.venueSymbol,
      category: "linear",
      list: page.map((row) => ({
        openInterest: decimal(roundTo(row.openInterestBase * 2, 8), 8),
        singleOpenInterest: decimal(row.openInterestBase),
        timestamp: String(row.time),
      })),
      nextPageCursor: more ? `lastid%3D0%26lasttime%3D${oldest.time / SECOND_MS}` : "",
    },
    context,
  );
}

/** Time in a cursor, which clients send back encoded once or twice; far in the future without one. */
function cursorTime(request: WireRequest): number {
  const found = /lasttime(?:=|%3D)(\d+)/.exec(request.query.get("cursor") ?? "");
  return found === null ? Number.MAX_SAFE_INTEGER : Number(found[1]) * SECOND_MS;
}

export function fundingHistory(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const start = timeOf(request, "startTime");
  const end = timeOf(request, "endTime");
  if (start !== null && end === null) {
    return failure(10001, "params error: endTime is required when startTime is passed", context);
  }
  const charges = fundingBetween(market, (start ?? 0) - 1, end ?? context.now, context.now);
  const list = charges
    .slice(-limitOf(request, 200, 200))
    .reverse()
    .map((charge) => ({
      symbol: market.contract.venueSymbol,
      fundingRate: decimal(roundTo(charge.fundingRate, 8)),
      fundingRateTimestamp: String(charge.time),
    }));
  return success({ category: "linear", list }, context);
}
