// OKX v5 SWAP, REST: https://www.okx.com/docs-v5/en/
import type { Handler, WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { candles, historyCandles, takerVolume } from "./candles.ts";
import { notFound, success } from "./envelope.ts";
import { liquidationOrders } from "./liquidations.ts";
import { openInterest, openInterestHistory } from "./open-interest.ts";
import { fundingRate, fundingRateHistory, indexTickers, markPrice } from "./prices.ts";
import { books, instruments, positionTiers } from "./reference.ts";

const ROUTES: Record<string, Handler> = {
  "/api/v5/public/time": (_request, context) => success([{ ts: String(context.stampMs) }]),
  "/api/v5/public/open-interest": openInterest,
  "/api/v5/rubik/stat/contracts/open-interest-history": openInterestHistory,
  "/api/v5/rubik/stat/taker-volume-contract": takerVolume,
  "/api/v5/market/candles": candles,
  "/api/v5/market/history-candles": historyCandles,
  "/api/v5/market/index-tickers": indexTickers,
  "/api/v5/market/books": books,
  "/api/v5/public/mark-price": markPrice,
  "/api/v5/public/funding-rate": fundingRate,
  "/api/v5/public/funding-rate-history": fundingRateHistory,
  "/api/v5/public/liquidation-orders": liquidationOrders,
  "/api/v5/public/position-tiers": positionTiers,
  "/api/v5/public/instruments": instruments,
};

export function answerOkx(request: WireRequest, context: WireContext): WireReply {
  const handler = request.method === "GET" ? ROUTES[request.path] : undefined;
  return handler === undefined ? notFound() : handler(request, context);
}
