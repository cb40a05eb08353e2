// Bitget USDT futures, REST v2 and v3: https://www.bitget.com/api-doc/contract/intro
import type { Handler, WireContext, WireReply, WireRequest } from "../server/wire.ts";
import { candles, takerBuySell } from "./candles.ts";
import { failure, productFault, success } from "./envelope.ts";
import { liquidations } from "./liquidations.ts";
import { currentFundRate, historyFundRate, openInterest, tickers } from "./prices.ts";
import { instruments, mergeDepth, positionLever } from "./reference.ts";

const PRODUCT_ROUTES: Record<string, Handler> = {
  "/api/v2/mix/market/tickers": tickers,
  "/api/v2/mix/market/open-interest": openInterest,
  "/api/v2/mix/market/candles": candles,
  "/api/v2/mix/market/current-fund-rate": currentFundRate,
  "/api/v2/mix/market/history-fund-rate": historyFundRate,
  "/api/v2/mix/market/merge-depth": mergeDepth,
  "/api/v2/mix/market/query-position-lever": positionLever,
  "/api/v3/market/instruments": instruments,
  "/api/v3/market/liquidations": liquidations,
};
/** Requests that name no product. */
const OTHER_ROUTES: Record<string, Handler> = {
  "/api/v2/public/time": (_request, context) => success({ serverTime: String(context.stampMs) }, context),
  "/api/v2/mix/market/taker-buy-sell": takerBuySell,
};

export function answerBitget(request: WireRequest, context: WireContext): WireReply {
  const other = OTHER_ROUTES[request.path];
  const handler = other ?? PRODUCT_ROUTES[request.path];
  if (request.method !== "GET" || handler === undefined) {
    return failure("40404", "Request URL NOT FOUND", context, 404);
  }
  const fault = other === undefined ? productFault(request, context) : null;
  return fault ?? handler(request, context);
}
