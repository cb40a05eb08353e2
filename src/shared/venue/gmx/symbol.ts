// How GMX names its markets: one or more pools per coin, `BTC/USD [WBTC.b-USDC]`, taken together under the coin's name.
import type { Instrument } from "../../market/observation.ts";
import type { SymbolId } from "../../market/symbol.ts";
import { log } from "../../num/log.ts";
import { decimalsOf } from "./decimals.ts";

const POOL = /^([A-Za-z0-9.]{1,20})\/USD \[[^\]]+\]$/;

/** Returns the venue's name of a coin: the coin itself. */
export function defaultVenueSymbol(symbol: SymbolId): string {
  return symbol;
}

/** Returns the market of a coin whose token is known, else null. */
export function defaultInstrument(symbol: SymbolId): Instrument | null {
  return perpetual(symbol);
}

/** Returns the market of a token, counted in its smallest unit; null when its decimals are not known. */
export function perpetual(venueSymbol: string): Instrument | null {
  const decimals = decimalsOf(venueSymbol);
  return decimals === null ? null : withDecimals(venueSymbol, decimals);
}

export function withDecimals(venueSymbol: string, decimals: number): Instrument {
  return {
    venue: "gmx",
    venueSymbol,
    symbol: venueSymbol.toUpperCase(),
    quote: "USD",
    contractKind: "linear",
    priceMultiplier: 1,
    baseUnitsPerContract: Number(`1e-${decimals}`),
    maxLeverage: null,
    listed: true,
  };
}

/** Returns the decimals an instrument counts in. */
export function decimalsIn({ baseUnitsPerContract }: Instrument): number {
  return Math.max(0, -Math.round(log(baseUnitsPerContract ?? 1) / log(10)));
}

/** Returns the coin of a pool's name; null for pools that only swap, and for names of another form. */
export function coinOfPool(name: string): string | null {
  return POOL.exec(name)?.[1] ?? null;
}
