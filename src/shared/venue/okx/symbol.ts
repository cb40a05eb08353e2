// How OKX names swaps, and what one contract of the well-known ones counts.
import type { Instrument } from "../../market/observation.ts";
import type { SymbolId } from "../../market/symbol.ts";
import { inverseContract } from "../coin-name.ts";

/**
 * Coins per contract (public/instruments, ctVal × ctMult). BNB and PEPE are assumed: no recording and no table of others
 * has them. The list itself replaces these once fetched, and a wrong one shows at once: open interest states coins too.
 */
const CONTRACT_VALUES: Readonly<Record<SymbolId, number>> = {
  BTC: 0.01,
  ETH: 0.1,
  SOL: 1,
  XRP: 100,
  DOGE: 1_000,
  BNB: 0.01,
  ADA: 100,
  AVAX: 1,
  LINK: 1,
  LTC: 1,
  DOT: 1,
  BCH: 0.1,
  SHIB: 1_000_000,
  PEPE: 10_000_000,
};

/** Returns the USDT swap of a coin: `BTC` → `BTC-USDT-SWAP`. */
export function defaultVenueSymbol(symbol: SymbolId): string {
  return `${symbol}-USDT-SWAP`;
}

/** Returns the contract of a well-known coin, else null. */
export function defaultInstrument(symbol: SymbolId): Instrument | null {
  const value = Object.hasOwn(CONTRACT_VALUES, symbol) ? CONTRACT_VALUES[symbol] : undefined;
  return value === undefined ? null : swap(defaultVenueSymbol(symbol), symbol, value);
}

/** The coin-margined swap whose value is known without the list (public/instruments, ctVal); others count another. */
const BTC_USD_SWAP = { venueSymbol: "BTC-USD-SWAP", usdPerContract: 100 };

/** Returns the swap that a symbol names where its contract value is known: the name alone does not tell it. */
export function assumeInstrument(venueSymbol: string): Instrument | null {
  if (venueSymbol === BTC_USD_SWAP.venueSymbol) {
    return inverseContract("okx", venueSymbol, "BTC", BTC_USD_SWAP.usdPerContract);
  }
  const coin = /^([^-]+)-USDT-SWAP$/.exec(venueSymbol)?.[1];
  return coin === undefined ? null : defaultInstrument(coin);
}

/** Returns a linear USDT swap: prices are per coin, sizes in contracts of `contractBase` coins. */
export function swap(venueSymbol: string, symbol: SymbolId, contractBase: number): Instrument {
  return {
    venue: "okx",
    venueSymbol,
    symbol,
    quote: "USDT",
    contractKind: "linear",
    priceMultiplier: 1,
    baseUnitsPerContract: contractBase,
    maxLeverage: null,
    listed: true,
  };
}
