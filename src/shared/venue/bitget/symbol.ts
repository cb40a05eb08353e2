// How Bitget names USDT futures.
import type { Instrument } from "../../market/observation.ts";
import type { SymbolId } from "../../market/symbol.ts";
import { coinContract, PLAIN_COINS } from "../coin-name.ts";

/** Coins that are listed in multiples elsewhere and singly here. */
const ALSO_PLAIN: ReadonlySet<SymbolId> = new Set(["SHIB", "PEPE"]);

/** Returns the USDT perpetual of a coin: `BTC` → `BTCUSDT`. */
export function defaultVenueSymbol(symbol: SymbolId): string {
  return `${symbol}USDT`;
}

/** Returns the contract of a well-known coin, else null. */
export function defaultInstrument(symbol: SymbolId): Instrument | null {
  const known = PLAIN_COINS.has(symbol) || ALSO_PLAIN.has(symbol);
  return known ? assumeInstrument(defaultVenueSymbol(symbol)) : null;
}

/** Returns the perpetual that a symbol names: sizes here are base coins, so a USDT name says all; null for other names. */
export function assumeInstrument(venueSymbol: string): Instrument | null {
  const base = /^([^_\s-]+)USDT$/.exec(venueSymbol)?.[1];
  return base === undefined ? null : coinContract("bitget", venueSymbol, base);
}
