// Requests to the dYdX v4 indexer. Each counts one of the address's hundred in ten seconds.
import { MINUTE_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, windowOf, withQuery } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

/** Rows an answer may have. */
export const MAX_ROWS = 1_000;

export const request = requestsOf({
  tickers: (args) => get("/v4/perpetualMarkets", { ticker: args.venueSymbol ?? undefined }),
  klines: (args) => {
    const limit = limitOf(args, 3, MAX_ROWS);
    return get(`/v4/candles/perpetualMarkets/${ticker(args)}`, { resolution: "1MIN", limit, ...span(args, limit) });
  },
  "funding-history": (args) =>
    get(`/v4/historicalFunding/${ticker(args)}`, {
      limit: limitOf(args, 24, MAX_ROWS),
      effectiveBeforeOrAt: args.toMs === undefined ? undefined : isoOf(args.toMs - 1),
    }),
  "order-book": (args) => get(`/v4/orderbooks/perpetualMarket/${ticker(args)}`, {}),
  trades: (args) => get(`/v4/trades/perpetualMarket/${ticker(args)}`, { limit: limitOf(args, MAX_ROWS, MAX_ROWS) }),
  "leverage-tiers": (args) => get("/v4/perpetualMarkets", { ticker: args.venueSymbol ?? undefined }),
  instruments: () => get("/v4/perpetualMarkets", {}),
});

function get(path: string, query: Record<string, string | number | undefined>) {
  return { path: withQuery(path, query), weight: 1 };
}

function ticker(args: RequestArgs): string {
  return encodeURIComponent(symbolOf(args));
}

/** The start is inclusive, the end exclusive. */
function span(args: RequestArgs, limit: number): { fromISO?: string; toISO?: string } {
  const asked = windowOf(args, limit, MINUTE_MS);
  return asked === null ? {} : { fromISO: isoOf(asked.firstMs), toISO: isoOf(asked.lastMs + 1) };
}

function isoOf(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
