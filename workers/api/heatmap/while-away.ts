// While a hub cannot be reached, answers are made of what D1 and KV hold: as of the newest column that was closed.
import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { fromHot, type HotNewest, HUB_AWAY } from "./newest.ts";

/** `make`, and when the hub is away `stored`, with what KV holds. What KV cannot help with stays a 503. */
export async function orWhileAway<T>(
  env: Cloudflare.Env,
  symbol: SymbolId,
  make: () => Promise<T>,
  stored: (hot: HotNewest) => Promise<T>,
): Promise<{ made: T; isAway: boolean }> {
  try {
    return { made: await make(), isAway: false };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "unavailable") throw error;
    try {
      const hot = await fromHot(env, symbol);
      if (hot !== null) return { made: await stored(hot), isAway: true };
    } catch (second) {
      // the client is told of the hub, which is what it can wait for
      if (!(second instanceof ApiError)) console.warn(`${symbol}: no answer without the hub`, second);
    }
    throw error;
  }
}

/** Coverage of a column, said now: nobody knows how the exchanges are heard. */
export function coverageAway(coverage: Coverage, ageMs: number): Coverage {
  return {
    ...coverage,
    exchanges: coverage.exchanges.map((exchange) => ({
      ...exchange,
      state: "stale",
      ageMs: exchange.ageMs === null ? null : exchange.ageMs + ageMs,
      reason: exchange.reason ?? HUB_AWAY,
    })),
  };
}

/** Headers of an answer that was made without the hub: nobody keeps it. */
export function awayHeaders(ageMs: number): Record<string, string> {
  return {
    "cache-control": "no-store",
    age: String(Math.max(0, Math.floor(ageMs / 1_000))),
    warning: '110 - "response is stale"',
    "server-timing": 'cache;desc="kv, stale"',
  };
}

/** Age in ms of an answer that was made without the hub, or null for any other. */
export function ageWhenAway(response: Response): number | null {
  if (response.status !== 200 || response.headers.get("warning")?.startsWith("110") !== true) return null;
  return Number(response.headers.get("age") ?? 0) * 1_000;
}
