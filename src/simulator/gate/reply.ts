// Gate answers: data without an envelope, errors as `{label, message}`; times in seconds.
import { type EpochMs, SECOND_MS } from "../../shared/time/clock.ts";
import { roundTo } from "../decimal.ts";
import type { Market } from "../market/market.ts";
import { integerParameter, jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";

export function failure(label: string, message: string, status = 400): WireReply {
  return jsonReply({ label, message }, status);
}

export function isReply(value: object): value is WireReply {
  return "status" in value;
}

/** Finds the market of a contract's name. */
export function marketNamed(name: string | null, context: WireContext): Market | WireReply {
  if (name === null) return failure("MISSING_REQUIRED_PARAM", "Missing required parameter: contract");
  const market = context.markets.find((candidate) => candidate.contract.venueSymbol === name);
  return market ?? failure("CONTRACT_NOT_FOUND", `contract ${name} not found`);
}

export function marketOf(request: WireRequest, context: WireContext): Market | WireReply {
  return marketNamed(request.query.get("contract"), context);
}

export function limitOf(request: WireRequest, standard: number, maximum: number): number {
  const limit = integerParameter(request.query, "limit", standard) ?? standard;
  return Math.min(maximum, Math.max(1, limit));
}

/** The ends of a window in ms, both inclusive, or null where the request leaves them out. */
export function windowOf(request: WireRequest): { from: EpochMs | null; to: EpochMs | null } {
  const end = (name: string) => {
    const seconds = integerParameter(request.query, name, -1) ?? -1;
    return seconds < 0 ? null : seconds * SECOND_MS;
  };
  return { from: end("from"), to: end("to") };
}

export function seconds(time: EpochMs): number {
  return Math.floor(time / SECOND_MS);
}

/** Coins as contracts. */
export function contractsOf(market: Market, sizeBase: number): number {
  return roundTo(sizeBase / market.contract.contractValue, 8);
}
