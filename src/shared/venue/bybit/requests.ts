// Requests to Bybit v5, category linear. Every request weighs one.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, windowOf, withQuery } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

const weight = 1;

export const request = requestsOf({
  tickers: ({ venueSymbol }) => ({ path: linear("tickers", { symbol: venueSymbol ?? undefined }), weight }),
  klines: (args) => {
    const limit = limitOf(args, 3, 1_000);
    const asked = windowOf(args, limit, MINUTE_MS);
    const query = { symbol: symbolOf(args), interval: "1", start: asked?.firstMs, end: asked?.lastMs, limit };
    return { path: linear("kline", query), weight };
  },
  "open-interest-history": (args) => {
    const limit = limitOf(args, 50, 200);
    const query = { symbol: symbolOf(args), intervalTime: "5min", ...window(args, limit, 5 * MINUTE_MS), limit };
    return { path: linear("open-interest", query), weight };
  },
  "funding-history": (args) => {
    const limit = limitOf(args, 50, 200);
    const query = { symbol: symbolOf(args), ...window(args, limit, HOUR_MS), limit };
    return { path: linear("funding/history", query), weight };
  },
  "order-book": (args) => {
    const query = { symbol: symbolOf(args), limit: limitOf(args, 500, 1_000) };
    return { path: linear("orderbook", query), weight };
  },
  trades: (args) => {
    const query = { symbol: symbolOf(args), limit: limitOf(args, 1_000, 1_000) };
    return { path: linear("recent-trade", query), weight };
  },
  "leverage-tiers": ({ venueSymbol }) => ({ path: linear("risk-limit", { symbol: venueSymbol ?? undefined }), weight }),
  instruments: () => ({ path: linear("instruments-info", { limit: 1_000 }), weight }),
});

function linear(name: string, query: Record<string, string | number | undefined>): string {
  return withQuery(`/v5/market/${name}`, { category: "linear", ...query });
}

/** Both ends or none: a start without an end is an error in some of these requests. Both are inclusive. */
function window(args: RequestArgs, limit: number, stepMs: number) {
  const asked = windowOf(args, limit, stepMs);
  return asked === null ? {} : { startTime: asked.firstMs, endTime: asked.lastMs };
}
