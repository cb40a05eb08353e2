// Requests to OKX v5. Limits are per endpoint in windows of 2 seconds; here they share one budget of 40,
// so an endpoint that allows 20 weighs 2.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, windowOf, withQuery } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

/** `/market/candles` reaches this many of the latest bars; older ones are at `/market/history-candles`. */
const RECENT_ROWS = 1_440;
/** What `/market/history-candles` serves at least; the recent address allows 300. */
const CANDLE_ROWS = 100;

export const request = requestsOf({
  "open-interest": () => ({ path: "/api/v5/public/open-interest?instType=SWAP", weight: 2 }),
  "mark-price": () => ({ path: "/api/v5/public/mark-price?instType=SWAP", weight: 4 }),
  "index-tickers": () => ({ path: "/api/v5/market/index-tickers?quoteCcy=USDT", weight: 2 }),
  klines: candles,
  "open-interest-history": (args) => ({ path: statistics("contracts/open-interest-history", args), weight: 4 }),
  "taker-volume": (args) => ({ path: `${statistics("taker-volume-contract", args)}&unit=0`, weight: 8 }),
  "funding-rate": (args) => ({
    path: withQuery("/api/v5/public/funding-rate", { instId: symbolOf(args) }),
    weight: 4,
  }),
  "funding-history": (args) => {
    const limit = limitOf(args, 100, 100);
    const query = { instId: symbolOf(args), ...between(args, limit, HOUR_MS), limit };
    return { path: withQuery("/api/v5/public/funding-rate-history", query), weight: 4 };
  },
  "order-book": (args) => {
    const query = { instId: symbolOf(args), sz: limitOf(args, 400, 400) };
    return { path: withQuery("/api/v5/market/books", query), weight: 1 };
  },
  "liquidation-orders": (args) => {
    const limit = limitOf(args, 100, 100);
    const family = { instFamily: familyOf(symbolOf(args)), ...between(args, limit, MINUTE_MS), limit };
    const query = { instType: "SWAP", state: "filled", ...family };
    return { path: withQuery("/api/v5/public/liquidation-orders", query), weight: 1 };
  },
  "leverage-tiers": (args) => {
    const query = { instType: "SWAP", tdMode: "isolated", instFamily: familyOf(symbolOf(args)) };
    return { path: withQuery("/api/v5/public/position-tiers", query), weight: 4 };
  },
  instruments: () => ({ path: "/api/v5/public/instruments?instType=SWAP", weight: 2 }),
});

/** Without a window the latest bars; a window goes to the recent address only when it is known to reach that far. */
function candles(args: RequestArgs) {
  const window = between(args, limitOf(args, 3, CANDLE_ROWS), MINUTE_MS);
  const { fromMs, nowMs } = args;
  const within = fromMs !== undefined && nowMs !== undefined && fromMs >= nowMs - (RECENT_ROWS - 1) * MINUTE_MS;
  const recent = window.after === undefined || within;
  const query = { instId: symbolOf(args), bar: "1m", ...window, limit: limitOf(args, 3, CANDLE_ROWS) };
  return recent
    ? { path: withQuery("/api/v5/market/candles", query), weight: 1 }
    : { path: withQuery("/api/v5/market/history-candles", query), weight: 2 };
}

function statistics(name: string, args: RequestArgs): string {
  const limit = limitOf(args, 30, 100);
  const query = { instId: symbolOf(args), period: "5m", ...beginEnd(args, limit), limit };
  return withQuery(`/api/v5/rubik/stat/${name}`, query);
}

/** `after` asks for rows older than a time, `before` for newer ones: together, from above the start to below the end. */
function between(args: RequestArgs, limit: number, stepMs: number): { before?: number; after?: number } {
  const asked = windowOf(args, limit, stepMs);
  return asked === null ? {} : { before: asked.firstMs - 1, after: asked.lastMs + 1 };
}

/** The statistics do not say whether their ends are inclusive; rows lie on whole steps, so a millisecond makes it equal. */
function beginEnd(args: RequestArgs, limit: number): { begin?: number; end?: number } {
  const asked = windowOf(args, limit, 5 * MINUTE_MS);
  return asked === null ? {} : { begin: asked.firstMs - 1, end: asked.lastMs };
}

/** `BTC-USDT-SWAP` → `BTC-USDT`. */
function familyOf(venueSymbol: string): string {
  return venueSymbol.replace(/-SWAP$/, "");
}
