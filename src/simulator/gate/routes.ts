// Gate USDT futures, REST: https://www.gate.io/docs/developers/apiv4/#futures
import { type Handler, jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { candlesticks, contractStats } from "./history.ts";
import { contract, contracts, fundingRate, tickers } from "./prices.ts";
import { liqOrders, orderBook, riskLimitTiers } from "./reference.ts";
import { failure } from "./reply.ts";

const BASE = "/api/v4/futures/usdt";
const ROUTES: Record<string, Handler> = {
  "/api/v4/spot/time": (_request, context) => jsonReply({ server_time: context.stampMs }),
  [`${BASE}/tickers`]: tickers,
  [`${BASE}/contracts`]: contracts,
  [`${BASE}/contract_stats`]: contractStats,
  [`${BASE}/candlesticks`]: candlesticks,
  [`${BASE}/funding_rate`]: fundingRate,
  [`${BASE}/order_book`]: orderBook,
  [`${BASE}/liq_orders`]: liqOrders,
  [`${BASE}/risk_limit_tiers`]: riskLimitTiers,
};

export function answerGate(request: WireRequest, context: WireContext): WireReply {
  const one = request.path.startsWith(`${BASE}/contracts/`) ? contract : undefined;
  const handler = request.method === "GET" ? (ROUTES[request.path] ?? one) : undefined;
  return handler === undefined ? failure("NOT_FOUND", "Not found", 404) : handler(request, context);
}
