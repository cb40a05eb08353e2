// Open interest in contracts, coins and USD: now for all contracts, and the latest 1,440 periods of one.
import { decimal, roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { openInterestHistory as historyOf, openInterestAt } from "../market/open-interest-view.ts";
import { quoteAt } from "../market/view.ts";
import type { WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { barLength } from "./bars.ts";
import { failure, isReply, limitOf, marketOf, marketsOf, success, timeOf } from "./envelope.ts";

const LATEST_ROWS = 1440;

export function openInterest(request: WireRequest, context: WireContext): WireReply {
  const markets = marketsOf(request, context);
  if (isReply(markets)) return markets;
  // a contract whose open interest the source does not know yet has no row
  return success(
    markets.flatMap((market) => {
      const found = openInterestAt(market, context.now);
      const quote = quoteAt(market, context.now);
      if (found === null || quote === null) return [];
      const [oi, oiCcy, oiUsd] = inUnits(market, found.openInterestBase, quote.markPrice);
      const ts = String(found.time === context.now ? context.stampMs : found.time);
      return [{ instId: market.contract.venueSymbol, instType: "SWAP", oi, oiCcy, oiUsd, ts }];
    }),
  );
}

export function openInterestHistory(request: WireRequest, context: WireContext): WireReply {
  const market = marketOf(request, context);
  if (isReply(market)) return market;
  const length = barLength(request.query.get("period") ?? "5m");
  if (length === null) return failure("51000", "Parameter period error", 400);
  const limit = limitOf(request, 100, 100);
  const begin = timeOf(request, "begin") ?? 0;
  const end = timeOf(request, "end") ?? context.now;
  const oldest = Math.max(begin, context.now - LATEST_ROWS * length.intervalMs);
  return success(
    historyOf(market, oldest, end, length.intervalMs, limit, context.now).map((row) => [
      String(row.time),
      ...inUnits(market, row.openInterestBase, row.price),
    ]),
  );
}

function inUnits(market: Market, openInterestBase: number, price: number): [string, string, string] {
  return [
    decimal(roundTo(openInterestBase / market.contract.contractValue, 8)),
    decimal(openInterestBase),
    decimal(roundTo(openInterestBase * price, 8)),
  ];
}
