// Requests to Bitget USDT futures: v3 where only it has the kind or says more, else v2. Limits are per endpoint, most
// of them 20 a second; here they share one budget of 20, so an endpoint that allows 10 weighs 2.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, windowOf, withQuery } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

const weight = 1;

export const request = requestsOf({
  tickers: () => ({ path: v2("tickers", {}), weight }),
  "open-interest": (args) => ({ path: v2("open-interest", { symbol: symbolOf(args) }), weight }),
  klines: (args) => {
    const limit = limitOf(args, 3, 1_000);
    return {
      path: v2("candles", { symbol: symbolOf(args), granularity: "1m", ...window(args, limit), limit }),
      weight,
    };
  },
  "funding-rate": (args) => ({ path: v2("current-fund-rate", { symbol: symbolOf(args) }), weight }),
  // pages by number, newest first: a window is served from the newest rows as far as they reach
  "funding-history": (args) => {
    const asked = windowOf(args, limitOf(args, 100, 100), HOUR_MS);
    const pageSize = asked === null ? limitOf(args, 20, 100) : 100;
    return { path: v2("history-fund-rate", { symbol: symbolOf(args), pageSize }), weight };
  },
  "order-book": (args) => {
    const query = { symbol: symbolOf(args), precision: "scale0", limit: "max" };
    return { path: v2("merge-depth", query), weight };
  },
  "taker-volume": (args) => ({
    path: withQuery("/api/v2/mix/market/taker-buy-sell", { symbol: symbolOf(args), period: "5m" }),
    weight: 20,
  }),
  "liquidation-orders": (args) => {
    const query = { symbol: args.venueSymbol ?? undefined, limit: limitOf(args, 100, 100) };
    return { path: v3("liquidations", query), weight: 4 };
  },
  "leverage-tiers": (args) => ({ path: v2("query-position-lever", { symbol: symbolOf(args) }), weight: 2 }),
  instruments: () => ({ path: v3("instruments", {}), weight }),
});

function v2(name: string, query: Record<string, string | number | undefined>): string {
  return withQuery(`/api/v2/mix/market/${name}`, { productType: "usdt-futures", ...query });
}

function v3(name: string, query: Record<string, string | number | undefined>): string {
  return withQuery(`/api/v3/market/${name}`, { category: "USDT-FUTURES", ...query });
}

/** Rows open on whole minutes, so a millisecond less at the end makes it exclusive whichever way the venue counts it. */
function window(args: RequestArgs, limit: number): { startTime?: number; endTime?: number } {
  const asked = windowOf(args, limit, MINUTE_MS);
  return asked === null ? {} : { startTime: asked.firstMs, endTime: asked.lastMs };
}
