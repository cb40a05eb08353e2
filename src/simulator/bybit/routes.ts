// Bybit v5 linear, REST: https://bybit-exchange.github.io/docs/v5/market
import { type Handler, textReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { success } from "./envelope.ts";
import { fundingHistory, openInterest } from "./history.ts";
import { kline } from "./klines.ts";
import { instrumentsInfo, orderbook, recentTrade, riskLimit } from "./reference.ts";
import { tickers } from "./tickers.ts";

const ROUTES: Record<string, Handler> = {
  "/v5/market/time": (_request, context) =>
    success({ timeSecond: String(Math.floor(context.stampMs / 1000)), timeNano: `${context.stampMs}000000` }, context),
  "/v5/market/tickers": tickers,
  "/v5/market/kline": (request, context) => kline(request, context, "last"),
  "/v5/market/mark-price-kline": (request, context) => kline(request, context, "mark"),
  "/v5/market/open-interest": openInterest,
  "/v5/market/funding/history": fundingHistory,
  "/v5/market/orderbook": orderbook,
  "/v5/market/recent-trade": recentTrade,
  "/v5/market/risk-limit": riskLimit,
  "/v5/market/instruments-info": instrumentsInfo,
};

export function answerBybit(request: WireRequest, context: WireContext): WireReply {
  const handler = request.method === "GET" ? ROUTES[request.path] : undefined;
  if (handler === undefined) return textReply("404 page not found", 404, "text/plain");
  return handler(request, context);
}
