// Bitget answers: `{code, msg, requestTime, data}`, https://www.bitget.com/api-doc/common/intro.
import type { Market } from "../market/market.ts";
import { marketNow } from "../market/view.ts";
import { integerParameter, jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";

export function success(data: unknown, context: WireContext): WireReply {
  return jsonReply({ code: "00000", msg: "success", requestTime: context.stampMs, data });
}

export function failure(code: string, msg: string, context: WireContext, status = 400): WireReply {
  return jsonReply({ code, msg, requestTime: context.stampMs, data: null }, status);
}

export function isReply(value: object): value is WireReply {
  return "status" in value;
}

/** Refuses a request that does not name the product, by `productType` (v2) or `category` (v3). */
export function productFault(request: WireRequest, context: WireContext): WireReply | null {
  const product = request.query.get("productType") ?? request.query.get("category");
  if (product?.toLowerCase() === "usdt-futures") return null;
  return failure("400172", "Parameter verification failed", context);
}

/** Finds the market a request names. */
export function marketOf(request: WireRequest, context: WireContext): Market | WireReply {
  const symbol = request.query.get("symbol");
  const market = context.markets.find((candidate) => candidate.contract.venueSymbol === symbol);
  return market ?? failure("40034", `Parameter ${symbol ?? "symbol"} does not exist`, context);
}

export function limitOf(request: WireRequest, name: string, standard: number, maximum: number): number {
  const limit = integerParameter(request.query, name, standard) ?? standard;
  return Math.min(maximum, Math.max(1, limit));
}

/** The exchange's time of a market's state, as text. */
export function stamp(market: Market, context: WireContext): string {
  const time = marketNow(market, context.now);
  return String(time === context.now ? context.stampMs : time);
}
