// Requests and answers between the server and the exchanges it plays.
import type { EpochMs } from "../../shared/time/clock.ts";
import type { Market } from "../market/market.ts";

export interface WireRequest {
  method: string;
  /** Path below the exchange's prefix, without query. */
  path: string;
  query: URLSearchParams;
  body: string;
}

export interface WireContext {
  /** Market time: nothing later is served. */
  now: EpochMs;
  /** What the exchange prints as its own time: `now`, unless a fault bends its clock. */
  stampMs: EpochMs;
  /** Markets of this exchange that are listed at `now`. */
  markets: readonly Market[];
}

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type Handler = (request: WireRequest, context: WireContext) => WireReply;

export function jsonReply(value: unknown, status = 200, headers: Record<string, string> = {}): WireReply {
  return {
    status,
    headers: { "content-type": "application/json;charset=UTF-8", ...headers },
    body: JSON.stringify(value),
  };
}

export function textReply(body: string, status: number, contentType: string): WireReply {
  return { status, headers: { "content-type": contentType }, body };
}

/** Returns the integer value of a parameter, `fallback` when absent, or null when it is not an integer. */
export function integerParameter(query: URLSearchParams, name: string, fallback: number): number | null {
  const text = query.get(name);
  if (text === null || text === "") return fallback;
  return /^-?\d{1,16}$/.test(text) ? Number(text) : null;
}
