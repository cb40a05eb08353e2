// How Bybit names linear contracts.
import type { Instrument } from "../../market/observation.ts";
import type { SymbolId } from "../../market/symbol.ts";
import { coinContract, inverseContract, PLAIN_COINS } from "../coin-name.ts";

/** Base names of coins listed in multiples (instruments-info, read 2026-10). */
const MULTIPLES: Readonly<Record<SymbolId, string>> = {
  SHIB: "SHIB1000",
  PEPE: "1000PEPE",
  BONK: "1000BONK",
  FLOKI: "1000FLOKI",
  LUNC: "1000LUNC",
  XEC: "1000XEC",
  RATS: "1000RATS",
  TURBO: "1000TURBO",
  SATS: "10000SATS",
  LADYS: "10000LADYS",
  BABYDOGE: "1000000BABYDOGE",
  MOG: "1000000MOG",
};

/** Returns the USDT perpetual of a coin: `BTC` → `BTCUSDT`, `SHIB` → `SHIB1000USDT`. */
export function defaultVenueSymbol(symbol: SymbolId): string {
  return `${Object.hasOwn(MULTIPLES, symbol) ? MULTIPLES[symbol] : symbol}USDT`;
}

/** Returns the contract of a well-known coin, else null. */
export function defaultInstrument(symbol: SymbolId): Instrument | null {
  const known = PLAIN_COINS.has(symbol) || Object.hasOwn(MULTIPLES, symbol);
  return known ? assumeInstrument(defaultVenueSymbol(symbol)) : null;
}

/** Contract value of every coin-margined perpetual. */
export const USD_PER_CONTRACT = 1;

/**
 * Returns the perpetual that a symbol names; null for other names. A USDT name says all, since its sizes are base coins,
 * and so does a USD name, since its sizes are USD.
 */
export function assumeInstrument(venueSymbol: string): Instrument | null {
  const base = /^([^_\s-]+)USDT$/.exec(venueSymbol)?.[1];
  if (base !== undefined) return coinContract("bybit", venueSymbol, base);
  const coin = /^([A-Z0-9]{2,20})USD$/.exec(venueSymbol)?.[1];
  return coin === undefined ? null : inverseContract("bybit", venueSymbol, coin, USD_PER_CONTRACT);
}
