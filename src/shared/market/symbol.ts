/** The exchanges Faultline knows, in the fixed order in which their maps are added. */
export const VENUES = ["binance", "bybit", "okx", "hyperliquid", "bitget", "gate", "dydx", "gmx"] as const;

export type VenueId = (typeof VENUES)[number];

/** The coin, upper case: `BTC`. A venue's own string (`BTCUSDT`, `BTC-USDT-SWAP`) is a `venueSymbol`. */
export type SymbolId = string;

export function isVenueId(text: string): text is VenueId {
  return (VENUES as readonly string[]).includes(text);
}

export type Side = "long" | "short";
export type TakerSide = "buy" | "sell";

/** Where the data comes from; printed in every answer and on every picture. */
export const DATA_SOURCES = ["live", "simulated", "replay"] as const;
export type DataSource = (typeof DATA_SOURCES)[number];
