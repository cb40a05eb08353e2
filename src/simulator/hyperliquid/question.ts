// What a client asks of Hyperliquid, and its two ways of refusing.
import type { Market } from "../market/market.ts";
import { textReply, type WireContext, type WireReply } from "../server/wire.ts";

/** The fields of a question, not yet checked. */
export type Question = Record<string, unknown>;

/** Reads a body; null when it is not a JSON object. */
export function parseQuestion(body: string): Question | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Question) : null;
  } catch {
    // not JSON: answered like any other question that cannot be read
    return null;
  }
}

/** The exchange answers a body it cannot read with plain text. */
export function unreadable(): WireReply {
  return textReply("Failed to deserialize the JSON body into the target type", 422, "text/plain; charset=utf-8");
}

/** Finds the market of a coin; an unknown one is answered with `null`. */
export function marketOf(coin: unknown, context: WireContext): Market | null {
  return context.markets.find((market) => market.contract.venueSymbol === coin) ?? null;
}
