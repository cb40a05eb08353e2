// What the name of a pair says of its contract's kind, where names differ by little else: `BTCUSDT` and `BTCUSD_PERP`.
import type { SymbolId, VenueId } from "../market/symbol.ts";

/** Forms of coin-margined contracts alone: Binance's perpetuals and dated ones, OKX's, Bitget's, chart libraries'. */
const COIN_MARGINED = [
  /^([A-Z0-9]+)USD_(?:PERP|\d{6}|[DC]MCBL)$/,
  /^([A-Z0-9]+)-USD-(?:SWAP|\d{6})$/,
  /^([A-Z0-9]+)USD\.P$/,
];
const QUOTED_IN_USD = /^([A-Z0-9]+?)[-_/]?USD$/;

/** Exchanges that call linear contracts by USD; at the others what is quoted in USD is margined in its coin. */
const LINEAR_USD: readonly VenueId[] = ["hyperliquid", "dydx", "gmx"];

/**
 * Returns the coin of a coin-margined contract's name, upper case, or null for any other name. `BTCUSD` alone is how people
 * write a coin's price: it names a contract only with an exchange that has such contracts.
 */
export function coinMarginedCoin(pair: string, venue: VenueId | null): SymbolId | null {
  if (venue !== null && LINEAR_USD.includes(venue)) return null;
  const forms = venue === null ? COIN_MARGINED : [...COIN_MARGINED, QUOTED_IN_USD];
  for (const form of forms) {
    const coin = form.exec(pair)?.[1];
    if (coin !== undefined) return coin;
  }
  return null;
}
