// Requests to GMX: candles, prices and lists from the keeper API, the state of all pools and trades from the newer one.
import { MINUTE_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, withQuery } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

const NEWER_API = "https://arbitrum.gmxapi.io";
/** Candles an answer may have. */
export const MAX_CANDLES = 10_000;

export const request = requestsOf({
  tickers: () => ({ path: "/v1/markets/tickers", host: NEWER_API, weight: 1 }),
  "open-interest": () => ({ path: "/markets/info", weight: 1 }),
  "markets-info": () => ({ path: "/markets/info", weight: 1 }),
  "mark-price": () => ({ path: "/prices/tickers", weight: 1 }),
  klines: (args) => ({
    path: withQuery("/prices/candles", { tokenSymbol: symbolOf(args), period: "1m", limit: candlesBack(args) }),
    weight: 1,
  }),
  "liquidation-orders": () => ({
    path: "/v1/trades/search",
    host: NEWER_API,
    weight: 1,
    body: JSON.stringify({
      forAllAccounts: true,
      orderEventCombinations: [{ eventName: "OrderExecuted", orderType: 7 }],
    }),
  }),
  instruments: () => ({ path: "/markets", weight: 1 }),
  tokens: () => ({ path: "/tokens", weight: 1 }),
});

/** Candles always end now: an older window is had by asking for everything since it began. */
function candlesBack(args: RequestArgs): number {
  const { fromMs, nowMs } = args;
  if (fromMs === undefined || nowMs === undefined) return limitOf(args, 3, MAX_CANDLES);
  const back = Math.ceil((nowMs - fromMs) / MINUTE_MS) + 1;
  return Math.max(1, Math.min(back, MAX_CANDLES));
}
