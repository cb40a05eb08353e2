// Open interest, now and in the last 30 days: one side, base coin.
import { DAY_MS } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import { openInterestAt, openInterestHistory } from "../market/open-interest-view.ts";
import { jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { invalidParameter } from "./errors.ts";
import { isReply, marketOf, STATISTICS_PERIODS, windowOf } from "./parameters.ts";

/** GET /fapi/v1/openInterest. Empty text while the source has none: the field cannot be left out. */
export function openInterest(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const found = openInterestAt(market, context.now);
  return jsonReply({
    symbol: market.contract.venueSymbol,
    openInterest: found === null ? "" : decimal(found.openInterestBase, market.contract.sizePlaces),
    time: found === null || found.time === context.now ? context.stampMs : found.time,
  });
}

/** GET /futures/data/openInterestHist: the newest rows of the window, oldest first. */
export function openInterestHist(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const periodMs = STATISTICS_PERIODS[request.query.get("period") ?? ""];
  if (periodMs === undefined) return invalidParameter("period");
  const window = windowOf(request, context, 30, 500);
  if (isReply(window)) return window;

  const oldest = Math.max(window.startMs ?? 0, context.now - 30 * DAY_MS);
  const rows = openInterestHistory(market, oldest, window.endMs, periodMs, window.limit, context.now).reverse();
  return jsonReply(
    rows.map((row) => ({
      symbol: market.contract.venueSymbol,
      sumOpenInterest: decimal(row.openInterestBase, 8),
      sumOpenInterestValue: (row.openInterestBase * row.price).toFixed(8),
      CMCCirculatingSupply: "0",
      timestamp: row.time,
    })),
  );
}
