// Requests to Hyperliquid: one address, the question in the body. History weighs one more per full 60 candles or 20 fundings.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { limitOf, symbolOf, windowOf } from "../query.ts";
import { requestsOf } from "../requests.ts";
import type { RequestArgs } from "../venue.ts";

const INFO = "/info";
const WEIGHT = 20;
const BOOK_WEIGHT = 2;
const CANDLES_PER_WEIGHT = 60;
const FUNDINGS_PER_WEIGHT = 20;
/** The venue keeps this many candles. */
const KEPT_CANDLES = 5_000;

export const request = requestsOf({
  "meta-and-asset-contexts": () => info({ type: "metaAndAssetCtxs" }, WEIGHT),
  klines: (args) => {
    const limit = limitOf(args, 3, KEPT_CANDLES);
    const asked = spanOf(args, limit, MINUTE_MS);
    const rows = asked.endTime === undefined ? KEPT_CANDLES : (asked.endTime + 1 - asked.startTime) / MINUTE_MS;
    const req = { coin: symbolOf(args), interval: "1m", ...asked };
    return info(
      { type: "candleSnapshot", req },
      WEIGHT + Math.floor(Math.min(rows, KEPT_CANDLES) / CANDLES_PER_WEIGHT),
    );
  },
  "funding-history": (args) => {
    const limit = limitOf(args, 24, 500);
    const question = { type: "fundingHistory", coin: symbolOf(args), ...spanOf(args, limit, HOUR_MS) };
    return info(question, WEIGHT + Math.floor(limit / FUNDINGS_PER_WEIGHT));
  },
  "order-book": (args) => info({ type: "l2Book", coin: symbolOf(args) }, BOOK_WEIGHT),
  trades: (args) => info({ type: "recentTrades", coin: symbolOf(args) }, WEIGHT),
  "leverage-tiers": () => info({ type: "meta" }, WEIGHT),
  instruments: () => info({ type: "meta" }, WEIGHT),
});

function info(question: object, weight: number) {
  return { path: INFO, body: JSON.stringify(question), weight };
}

/**
 * The start is mandatory here, so "the latest rows" need the time: without it everything kept is asked for, which is
 * right but heavy. Both ends are inclusive.
 */
function spanOf(args: RequestArgs, limit: number, stepMs: number): { startTime: number; endTime?: number } {
  const asked = windowOf(args, limit, stepMs);
  if (asked !== null) return { startTime: asked.firstMs, endTime: asked.lastMs };
  if (args.nowMs === undefined) return { startTime: 0 };
  return { startTime: Math.max(0, args.nowMs - limit * stepMs), endTime: args.nowMs };
}
