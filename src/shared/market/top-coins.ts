// The coins that SYMBOLS="top20" stands for.
import type { SymbolId } from "./symbol.ts";

/** Where SYMBOLS names it, this list is meant. */
export const TOP_COINS_NAME = "top20";

/**
 * Twenty coins with the most open interest in perpetual contracts, most important first. Put together by hand as of
 * 2026-11, not measured: ranks behind the first five change monthly. A deployment that wants others lists them.
 */
export const TOP_COINS: readonly SymbolId[] = [
  ...["BTC", "ETH", "SOL", "XRP", "DOGE", "BNB", "HYPE", "SUI", "LINK", "ADA"],
  ...["AVAX", "LTC", "BCH", "AAVE", "ENA", "PEPE", "TRX", "UNI", "NEAR", "TON"],
];
