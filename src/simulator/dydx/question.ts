// Parameters of the dYdX indexer, and how it refuses them.
import type { EpochMs } from "../../shared/time/clock.ts";
import { integerParameter, jsonReply, type WireReply, type WireRequest } from "../server/wire.ts";

const MAX_ROWS = 1_000;

export function refused(msg: string, status = 400): WireReply {
  return jsonReply({ errors: [{ msg }] }, status);
}

export function isReply(value: WireReply | number | null): value is WireReply {
  return typeof value === "object" && value !== null;
}

/** Rows asked for: 1 to 1,000, all by default. */
export function limitOf(request: WireRequest): number | WireReply {
  const limit = integerParameter(request.query, "limit", MAX_ROWS);
  if (limit !== null && limit >= 1 && limit <= MAX_ROWS) return limit;
  return refused(`limit must be a positive integer that is not greater than max: ${MAX_ROWS}`);
}

/** A time in ISO-8601, or null when absent. */
export function timeOf(request: WireRequest, name: string): EpochMs | null | WireReply {
  const text = request.query.get(name);
  if (text === null) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? refused(`${name} must be valid ISO8601`) : time;
}
