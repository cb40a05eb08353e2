// Coins and their multiples, as linear contracts name them: `1000SHIB` is a thousand SHIB.
import type { Instrument } from "../market/observation.ts";
import type { SymbolId, VenueId } from "../market/symbol.ts";

const POWER_PREFIX = /^(1000000|100000|10000|1000)([A-Z].*)$/;
const MILLION_PREFIX = /^1M([A-Z]{2}.*)$/;
/** Names that carry their multiple at the end. */
const SUFFIXED: Readonly<Record<string, string>> = { SHIB1000: "SHIB" };

/** Returns the coin behind a contract's base name and how many of it one unit counts: `1000PEPE` → PEPE, 1000. */
export function coinOf(baseName: string): { symbol: SymbolId; multiple: number } {
  const suffixed = Object.hasOwn(SUFFIXED, baseName) ? SUFFIXED[baseName] : undefined;
  if (suffixed !== undefined) return { symbol: suffixed, multiple: 1_000 };
  const power = POWER_PREFIX.exec(baseName);
  if (power?.[2] !== undefined) return { symbol: power[2], multiple: Number(power[1]) };
  const million = MILLION_PREFIX.exec(baseName);
  if (million?.[1] !== undefined) return { symbol: million[1], multiple: 1_000_000 };
  return { symbol: baseName, multiple: 1 };
}

type CoinSized = Instrument & { baseUnitsPerContract: number };

/** Returns the linear USDT contract that counts coins (or a multiple of them) on a venue; leverage unknown, listed. */
export function coinContract(venue: VenueId, venueSymbol: string, baseName: string): CoinSized {
  const { symbol, multiple } = coinOf(baseName);
  return {
    venue,
    venueSymbol,
    symbol,
    quote: "USDT",
    contractKind: "linear",
    priceMultiplier: multiple,
    baseUnitsPerContract: multiple,
    maxLeverage: null,
    listed: true,
  };
}

/** Coins whose contracts count single coins on every venue here (Binance, Bybit, Hyperliquid lists, read 2026-10). */
export const PLAIN_COINS: ReadonlySet<SymbolId> = new Set([
  ...["BTC", "ETH", "SOL", "XRP", "DOGE", "BNB", "ADA", "AVAX", "LINK", "LTC", "DOT", "BCH", "NEAR", "APT", "ARB"],
  ...["OP", "UNI", "AAVE", "SUI", "TRX", "ATOM", "FIL", "INJ", "TIA", "SEI", "WLD", "HYPE", "ENA", "TON", "XLM"],
]);

/** Returns the coin-margined perpetual on a coin whose sizes are in USD, `usdPerContract` each. */
export function inverseContract(
  venue: VenueId,
  venueSymbol: string,
  symbol: SymbolId,
  usdPerContract: number,
): Instrument {
  return {
    venue,
    venueSymbol,
    symbol,
    quote: "USD",
    contractKind: "inverse",
    priceMultiplier: 1,
    baseUnitsPerContract: null,
    quoteUnitsPerContract: usdPerContract,
    maxLeverage: null,
    listed: true,
  };
}
