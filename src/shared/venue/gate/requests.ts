// Requests to Gate USDT futures. Every request weighs one. Times are seconds, both ends inclusive.
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, windowOf, withQuery } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

const weight = 1;

export const request = requestsOf({
  tickers: () => ({ path: usdt("tickers", {}), weight }),
  "contract-stats": (args) => {
    const limit = limitOf(args, 30, 100);
    const from = windowOf(args, limit, 5 * MINUTE_MS)?.firstMs;
    const query = { contract: symbolOf(args), interval: "5m", from: from === undefined ? from : up(from), limit };
    return { path: usdt("contract_stats", query), weight };
  },
  // a window and a number of rows exclude each other
  klines: (args) => {
    const limit = limitOf(args, 3, 2_000);
    const rows = between(args, limit, MINUTE_MS) ?? { limit };
    return { path: usdt("candlesticks", { contract: symbolOf(args), interval: "1m", ...rows }), weight };
  },
  "funding-rate": (args) => ({ path: `/api/v4/futures/usdt/contracts/${encodeURIComponent(symbolOf(args))}`, weight }),
  "funding-history": (args) => {
    const limit = limitOf(args, 100, 1_000);
    const query = { contract: symbolOf(args), ...between(args, limit, HOUR_MS), limit };
    return { path: usdt("funding_rate", query), weight };
  },
  "order-book": (args) => {
    const query = { contract: symbolOf(args), limit: limitOf(args, 300, 300), with_id: "true" };
    return { path: usdt("order_book", query), weight };
  },
  "liquidation-orders": (args) => {
    const limit = limitOf(args, 1_000, 1_000);
    const query = { contract: args.venueSymbol ?? undefined, ...between(args, 60, MINUTE_MS), limit };
    return { path: usdt("liq_orders", query), weight };
  },
  "leverage-tiers": (args) => ({ path: usdt("risk_limit_tiers", { contract: symbolOf(args) }), weight }),
  instruments: () => ({ path: usdt("contracts", {}), weight }),
});

function usdt(name: string, query: Record<string, string | number | undefined>): string {
  return withQuery(`/api/v4/futures/usdt/${name}`, query);
}

function between(args: RequestArgs, limit: number, stepMs: number): { from: number; to: number } | null {
  const asked = windowOf(args, limit, stepMs);
  return asked === null ? null : { from: up(asked.firstMs), to: Math.floor(asked.lastMs / SECOND_MS) };
}

/** The first whole second inside a window. */
function up(timeMs: number): number {
  return Math.ceil(timeMs / SECOND_MS);
}
