// How Hyperliquid names coins.
import type { Instrument } from "../../market/observation.ts";
import type { SymbolId } from "../../market/symbol.ts";
import { PLAIN_COINS } from "../coin-name.ts";

/** Coins listed in thousands, with a small k before the name (meta, read 2026-10). */
const THOUSANDS: ReadonlySet<SymbolId> = new Set(["PEPE", "SHIB", "BONK", "FLOKI", "LUNC", "DOGS", "NEIRO"]);
const THOUSAND_PREFIX = /^k([A-Z0-9]+)$/;

/**
 * Coins of the main dex whose place in its list is known; places are never given to another coin. Read from the order of
 * an account's positions (2023) and of the contexts (2026), which agree. The fourth, MATIC, is delisted.
 */
const PLACES: readonly (SymbolId | null)[] = [
  ...["BTC", "ETH", "ATOM", null, "DYDX", "SOL", "AVAX", "BNB", "APE", "OP", "LTC", "ARB"],
];

/** Returns the venue's name of a coin: `BTC` → `BTC`, `PEPE` → `kPEPE`. */
export function defaultVenueSymbol(symbol: SymbolId): string {
  return THOUSANDS.has(symbol) ? `k${symbol}` : symbol;
}

/** Returns the contract of a well-known coin, else null. */
export function defaultInstrument(symbol: SymbolId): Instrument | null {
  return PLAIN_COINS.has(symbol) || THOUSANDS.has(symbol) ? perpetual(defaultVenueSymbol(symbol)) : null;
}

/**
 * Returns the perpetual of a name: sizes are coins, or thousands of them after a k. A market of a builder's own dex
 * keeps its prefix (`xyz:TSLA` → `XYZ:TSLA`), so that it never counts as the coin of the main one.
 */
export function perpetual(venueSymbol: string): Instrument {
  const thousand = THOUSAND_PREFIX.exec(venueSymbol)?.[1];
  const multiple = thousand === undefined ? 1 : 1_000;
  return {
    venue: "hyperliquid",
    venueSymbol,
    symbol: (thousand ?? venueSymbol).toUpperCase(),
    quote: "USD",
    contractKind: "linear",
    priceMultiplier: multiple,
    baseUnitsPerContract: multiple,
    maxLeverage: null,
    listed: true,
  };
}

/** Returns the coins whose place in the main dex's list is known without the list. */
export function placedCoins(): Instrument[] {
  return PLACES.flatMap((coin, venueIndex) => (coin === null ? [] : [{ ...perpetual(coin), venueIndex }]));
}

/** Returns the dex of a name: `xyz:TSLA` → `xyz`; the main one is "". */
export function dexOf(venueSymbol: string): string {
  const colon = venueSymbol.indexOf(":");
  return colon < 0 ? "" : venueSymbol.slice(0, colon);
}
