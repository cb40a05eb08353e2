// Requests to Binance USD-M futures: addresses and weights.
import { MINUTE_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, windowOf, withQuery } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

/**
 * Two groups have limits of their own beside the 2,400 a minute: `/futures/data` 1,000 requests in 5 minutes, the two of
 * funding 500. They weigh what keeps them within those: 2,400 ÷ 200 and 2,400 ÷ 100.
 */
const STATISTICS_WEIGHT = 12;
const FUNDING_WEIGHT = 24;

const STATISTICS_STEP_MS = 5 * MINUTE_MS;

export const request = requestsOf({
  "open-interest": (args) => ({ path: withQuery("/fapi/v1/openInterest", { symbol: symbolOf(args) }), weight: 1 }),
  "open-interest-history": (args) => ({
    path: statistics("/futures/data/openInterestHist", args),
    weight: STATISTICS_WEIGHT,
  }),
  "taker-volume": (args) => ({
    path: statistics("/futures/data/takerlongshortRatio", args),
    weight: STATISTICS_WEIGHT,
  }),
  klines: (args) => {
    const limit = limitOf(args, 3, 1_500);
    const query = { symbol: symbolOf(args), interval: "1m", limit, ...window(args, limit, MINUTE_MS) };
    return { path: withQuery("/fapi/v1/klines", query), weight: klineWeight(limit) };
  },
  "premium-index": ({ venueSymbol }) => ({
    path: withQuery("/fapi/v1/premiumIndex", { symbol: venueSymbol ?? undefined }),
    weight: venueSymbol === null ? 10 : 1,
  }),
  "funding-history": (args) => {
    const limit = limitOf(args, 100, 1_000);
    const query = { symbol: symbolOf(args), limit, ...window(args, limit, 60 * MINUTE_MS) };
    return { path: withQuery("/fapi/v1/fundingRate", query), weight: FUNDING_WEIGHT };
  },
  "funding-info": () => ({ path: "/fapi/v1/fundingInfo", weight: FUNDING_WEIGHT }),
  "order-book": (args) => {
    const limit = bookLimit(limitOf(args, 1_000, 1_000));
    return { path: withQuery("/fapi/v1/depth", { symbol: symbolOf(args), limit }), weight: bookWeight(limit) };
  },
  instruments: () => ({ path: "/fapi/v1/exchangeInfo", weight: 1 }),
});

/** 1, 2, 5 or 10 for fewer than 100, fewer than 500, at most 1,000 and more rows. */
function klineWeight(limit: number): number {
  if (limit < 100) return 1;
  if (limit < 500) return 2;
  return limit <= 1_000 ? 5 : 10;
}

const BOOK_LIMITS = [5, 10, 20, 50, 100, 500, 1_000];

/** The venue takes these depths only: the smallest that holds what is wanted. */
function bookLimit(wanted: number): number {
  return BOOK_LIMITS.find((limit) => limit >= wanted) ?? 1_000;
}

function bookWeight(limit: number): number {
  if (limit <= 50) return 2;
  if (limit <= 100) return 5;
  return limit <= 500 ? 10 : 20;
}

function statistics(path: string, args: RequestArgs): string {
  const limit = limitOf(args, 30, 500);
  const query = { symbol: symbolOf(args), period: "5m", limit, ...window(args, limit, STATISTICS_STEP_MS) };
  return withQuery(path, query);
}

/** Both ends are inclusive here. */
function window(args: RequestArgs, limit: number, stepMs: number) {
  const asked = windowOf(args, limit, stepMs);
  return asked === null ? {} : { startTime: asked.firstMs, endTime: asked.lastMs };
}
