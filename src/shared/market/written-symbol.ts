// What people write for a coin: `BTC`, `btcusdt`, `BINANCE:BTCUSDT`, `BTC-USDT-SWAP`, `BTC-PERP`.
import { isVenueId, type VenueId } from "./symbol.ts";

export interface WrittenSymbol {
  /** The exchange in front; null without one. */
  venue: VenueId | null;
  /** The text as a name of its own, and without the quote that may be at its end; the first that is served is meant. */
  names: readonly string[];
}

/** Returns how a text may be read; null when something in front of it is no exchange. */
export function readSymbol(text: string): WrittenSymbol | null {
  const colon = text.indexOf(":");
  const prefix = text.slice(0, Math.max(0, colon)).toLowerCase();
  const venue = isVenueId(prefix) ? prefix : null;
  if (colon >= 0 && venue === null) return null;
  const pair = text.slice(colon + 1).toUpperCase();
  const coin = pair.replace(/[-_/]?(USDT|USDC|USD|PERP)([-_.](SWAP|PERP|P))?$/, "").replace(/[-_]$/, "");
  return { venue, names: coin === "" ? [pair] : [pair, coin] };
}
