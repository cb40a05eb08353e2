// Bybit v5 wraps every answer, errors too, in HTTP 200: https://bybit-exchange.github.io/docs/v5/error.
import type { Market } from "../market/market.ts";
import { integerParameter, jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";

export function success(result: object, context: WireContext): WireReply {
  return jsonReply({ retCode: 0, retMsg: "OK", result, retExtInfo: {}, time: context.stampMs });
}

export function failure(retCode: number, retMsg: string, context: WireContext): WireReply {
  return jsonReply({ retCode, retMsg, result: {}, retExtInfo: {}, time: context.stampMs });
}

export function isReply(value: object): value is WireReply {
  return "status" in value;
}

/** Refuses any category but the one played here. */
export function checkCategory(request: WireRequest, context: WireContext): WireReply | null {
  return request.query.get("category") === "linear" ? null : failure(10001, "params error: category invalid", context);
}

/** Finds the market a request names. */
export function marketOf(request: WireRequest, context: WireContext): Market | WireReply {
  const wrong = checkCategory(request, context);
  if (wrong !== null) return wrong;
  const symbol = request.query.get("symbol");
  const market = context.markets.find((candidate) => candidate.contract.venueSymbol === symbol);
  return market ?? failure(10001, "params error: symbol invalid", context);
}

/** The market named, or all when none is. */
export function marketsOf(request: WireRequest, context: WireContext): readonly Market[] | WireReply {
  const wrong = checkCategory(request, context);
  if (wrong !== null) return wrong;
  const symbol = request.query.get("symbol");
  if (symbol === null || symbol === "") return context.markets;
  const market = marketOf(request, context);
  return isReply(market) ? market : [market];
}

/** Reads a limit and cuts it to the maximum. */
export function limitOf(request: WireRequest, standard: number, maximum: number): number {
  const limit = integerParameter(request.query, "limit", standard) ?? standard;
  return Math.min(maximum, Math.max(1, limit));
}

/** Reads a time in ms, or null when absent. */
export function timeOf(request: WireRequest, name: string): number | null {
  const time = integerParameter(request.query, name, -1);
  return time === null || time < 0 ? null : time;
}
