// OKX v5 answers: `{code, msg, data}`, https://www.okx.com/docs-v5/en/#error-code.
import type { Market } from "../market/market.ts";
import { integerParameter, jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";

export function success(data: readonly unknown[]): WireReply {
  return jsonReply({ code: "0", msg: "", data });
}

export function failure(code: string, msg: string, status = 200): WireReply {
  return jsonReply({ code, msg, data: [] }, status);
}

/** An unknown path: the code is a number and the data an object. */
export function notFound(): WireReply {
  const body = { code: 404, data: {}, detailMsg: "", error_code: "404", error_message: "Not Found", msg: "Not Found" };
  return jsonReply(body, 404);
}

export function isReply(value: object): value is WireReply {
  return "status" in value;
}

/** Finds the market a request names. */
export function marketOf(request: WireRequest, context: WireContext): Market | WireReply {
  const instId = request.query.get("instId");
  if (instId === null || instId === "") return failure("50014", "Parameter instId can not be empty", 400);
  const market = context.markets.find((candidate) => candidate.contract.venueSymbol === instId);
  return market ?? failure("51001", "Instrument ID does not exist");
}

/** Markets by `instType`, and by `instId`, `instFamily` or `uly` when one is given. */
export function marketsOf(request: WireRequest, context: WireContext): readonly Market[] | WireReply {
  const type = request.query.get("instType");
  if (type === null) return failure("50014", "Parameter instType can not be empty", 400);
  if (type !== "SWAP") return [];
  if (request.query.get("instId") !== null) {
    const market = marketOf(request, context);
    return isReply(market) ? market : [market];
  }
  const families = (request.query.get("instFamily") ?? request.query.get("uly"))?.split(",") ?? null;
  return context.markets.filter((market) => families === null || families.includes(familyOf(market)));
}

/** `BTC-USDT` of `BTC-USDT-SWAP`: the family, the underlying and the index are named alike. */
export function familyOf(market: Market): string {
  return market.contract.venueSymbol.replace(/-SWAP$/, "");
}

export function limitOf(request: WireRequest, standard: number, maximum: number): number {
  const limit = integerParameter(request.query, "limit", standard) ?? standard;
  return Math.min(maximum, Math.max(1, limit));
}

/** Reads a time in ms, or null when absent. */
export function timeOf(request: WireRequest, name: string): number | null {
  const time = integerParameter(request.query, name, -1);
  return time === null || time < 0 ? null : time;
}
