// Paths of requests.
import { assert } from "../error/assert.ts";
import type { EpochMs } from "../time/clock.ts";
import type { RequestArgs } from "./venue.ts";

/** Returns `path?a=1&b=x`, leaving out what is undefined; values are percent-encoded. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

/** Returns the symbol of a request that cannot do without one. */
export function symbolOf(args: RequestArgs): string {
  assert(args.venueSymbol !== null, "this request needs a symbol");
  return args.venueSymbol;
}

/** Returns the rows to ask for: at most `max`, `usual` when the caller does not say. */
export function limitOf(args: RequestArgs, usual: number, max: number): number {
  return Math.max(1, Math.min(args.limit ?? usual, max));
}

/** A window of time: first and last millisecond inside it. */
export interface Window {
  firstMs: EpochMs;
  lastMs: EpochMs;
}

/**
 * Returns the window of a request, or null for "now". With only one end given the other lies `limit` rows away,
 * because some venues refuse half a window.
 */
export function windowOf(args: RequestArgs, limit: number, stepMs: number): Window | null {
  const { fromMs, toMs } = args;
  if (fromMs === undefined && toMs === undefined) return null;
  const first = fromMs ?? Math.max(0, (toMs ?? 0) - limit * stepMs);
  return { firstMs: first, lastMs: (toMs ?? first + limit * stepMs) - 1 };
}
