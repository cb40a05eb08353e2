// How Gate names USDT futures, and what one contract of the well-known ones counts.
import type { Instrument } from "../../market/observation.ts";
import type { SymbolId } from "../../market/symbol.ts";
import { coinContract } from "../coin-name.ts";

/**
 * Coins per contract (`quanto_multiplier`): BTC, ETH and ADA as recorded in 2023, the others as public collectors keep
 * them. The list itself replaces these once fetched; a coin that is not here waits for it.
 */
const CONTRACT_VALUES: Readonly<Record<SymbolId, number>> = {
  BTC: 0.0001,
  ETH: 0.01,
  SOL: 1,
  XRP: 10,
  DOGE: 10,
  BNB: 0.001,
  ADA: 10,
  SHIB: 10_000,
};

/** Returns the USDT perpetual of a coin: `BTC` → `BTC_USDT`. */
export function defaultVenueSymbol(symbol: SymbolId): string {
  return `${symbol}_USDT`;
}

/** Returns the contract of a well-known coin, else null. */
export function defaultInstrument(symbol: SymbolId): Instrument | null {
  const value = Object.hasOwn(CONTRACT_VALUES, symbol) ? CONTRACT_VALUES[symbol] : undefined;
  return value === undefined ? null : perpetual(defaultVenueSymbol(symbol), value);
}

/** Returns the perpetual that a symbol names where its contract value is known: the name alone does not tell it. */
export function assumeInstrument(venueSymbol: string): Instrument | null {
  const coin = /^([^_]+)_USDT$/.exec(venueSymbol)?.[1];
  return coin === undefined ? null : defaultInstrument(coin);
}

/** Returns a linear USDT perpetual whose contract counts `multiplier` of what its name says. */
export function perpetual(venueSymbol: string, multiplier: number): Instrument {
  const named = coinContract("gate", venueSymbol, venueSymbol.replace(/_USDT$/, ""));
  return { ...named, baseUnitsPerContract: named.baseUnitsPerContract * multiplier };
}
