// Scale of the generated markets: figures of the size the real ones had in early 2026, not measurements.
import { assert } from "../../shared/error/assert.ts";
import type { SymbolId, VenueId } from "../../shared/market/symbol.ts";

export interface SymbolProfile {
  symbol: SymbolId;
  /** Price around which the market wanders, USD. */
  price: number;
  /** One-sided open interest of the largest exchange, coins. */
  openInterestBase: number;
  /** How strongly the symbol follows the whole market. */
  beta: number;
  /** Share of its minute-to-minute noise that is its own. */
  ownNoise: number;
}

const PROFILES: Record<SymbolId, SymbolProfile> = {
  BTC: { symbol: "BTC", price: 97_000, openInterestBase: 90_000, beta: 1, ownNoise: 0.35 },
  ETH: { symbol: "ETH", price: 3_600, openInterestBase: 2_000_000, beta: 1.3, ownNoise: 0.5 },
  SOL: { symbol: "SOL", price: 210, openInterestBase: 9_500_000, beta: 1.55, ownNoise: 0.7 },
};

export const GENERATED_SYMBOLS: readonly SymbolId[] = Object.keys(PROFILES);

export function profileOf(symbol: SymbolId): SymbolProfile {
  const profile = PROFILES[symbol];
  assert(profile !== undefined, `no generated market for ${symbol}, only ${GENERATED_SYMBOLS.join(", ")}`);
  return profile;
}

export interface VenueProfile {
  /** Open interest as a share of the largest exchange's. */
  size: number;
  /** Volume a day in units of open interest. */
  turnoverPerDay: number;
  /** Median leverage of newly opened positions. */
  medianLeverage: number;
  /** Standard deviation of the exchange's price against the common one, as a fraction. */
  basis: number;
}

export const VENUE_PROFILES: Record<VenueId, VenueProfile> = {
  binance: { size: 1, turnoverPerDay: 3.5, medianLeverage: 15, basis: 0.00012 },
  bybit: { size: 0.62, turnoverPerDay: 3.2, medianLeverage: 16, basis: 0.00015 },
  okx: { size: 0.36, turnoverPerDay: 3.0, medianLeverage: 14, basis: 0.00015 },
  hyperliquid: { size: 0.34, turnoverPerDay: 1.8, medianLeverage: 11, basis: 0.00025 },
  bitget: { size: 0.3, turnoverPerDay: 3.4, medianLeverage: 15, basis: 0.00018 },
  gate: { size: 0.25, turnoverPerDay: 2.8, medianLeverage: 14, basis: 0.0002 },
  dydx: { size: 0.005, turnoverPerDay: 2.2, medianLeverage: 9, basis: 0.0003 },
  gmx: { size: 0.004, turnoverPerDay: 1.2, medianLeverage: 14, basis: 0.0001 },
};
