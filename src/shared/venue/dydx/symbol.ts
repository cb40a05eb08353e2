// How dYdX names its markets.
import type { Instrument } from "../../market/observation.ts";
import type { SymbolId } from "../../market/symbol.ts";
import { PLAIN_COINS } from "../coin-name.ts";

/** Coins beyond the plain ones; sizes are single coins for all of them. */
const OTHERS: ReadonlySet<SymbolId> = new Set(["SHIB", "PEPE", "BONK", "WIF", "JUP", "CRV", "ETC", "MKR"]);
const TICKER = /^([A-Z0-9]{1,20})-USD$/;

/** Returns the ticker of a coin: `BTC` → `BTC-USD`. */
export function defaultVenueSymbol(symbol: SymbolId): string {
  return `${symbol}-USD`;
}

/** Returns the market of a well-known coin, else null. */
export function defaultInstrument(symbol: SymbolId): Instrument | null {
  return PLAIN_COINS.has(symbol) || OTHERS.has(symbol) ? perpetual(defaultVenueSymbol(symbol)) : null;
}

/**
 * Returns the perpetual of a ticker, or null for a name of another form. Markets that anyone may list carry the address
 * of their token (`TOKEN,RAYDIUM,…-USD`): they are not the coin of that name.
 */
export function perpetual(venueSymbol: string): Instrument | null {
  const symbol = TICKER.exec(venueSymbol)?.[1];
  if (symbol === undefined) return null;
  return {
    venue: "dydx",
    venueSymbol,
    symbol,
    quote: "USD",
    contractKind: "linear",
    priceMultiplier: 1,
    baseUnitsPerContract: 1,
    maxLeverage: null,
    listed: true,
  };
}
