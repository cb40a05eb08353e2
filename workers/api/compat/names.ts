// Names on the compatible surface: exchanges as they are printed there, symbols as a coin or an exchange's own pair.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { type SymbolId, VENUES, type VenueId } from "../../../src/shared/market/symbol.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import type { ApiConfig } from "../env.ts";
import { toSymbol } from "../http/query.ts";

/** Quote of the perpetuals, as the compatible surface prints it. */
const QUOTES: Record<VenueId, "USDT" | "USD"> = {
  ...{ binance: "USDT", bybit: "USDT", okx: "USDT", bitget: "USDT", gate: "USDT" },
  ...{ hyperliquid: "USD", dydx: "USD", gmx: "USD" },
};

/** An exchange's name, in any case; refused when this deployment does not read it. */
export function toVenue(text: string, config: ApiConfig, parameter = "exchange"): VenueId {
  const id = VENUES.find((venue) => venue === text.trim().toLowerCase());
  if (id !== undefined && config.venues.includes(id)) return id;
  throw new ApiError(
    "invalid-parameter",
    `${parameter} was ${text.slice(0, 40)}, expected one of ${config.venues.map(printedVenue).join(", ")}`,
    { parameter },
  );
}

/** A comma-separated list; spaces after the commas are usual. */
export function toVenueList(text: string, config: ApiConfig): VenueId[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw new ApiError("invalid-parameter", "exchange_list names no exchange");
  return [...new Set(names.map((name) => toVenue(name, config, "exchange_list")))];
}

export function printedVenue(id: VenueId): string {
  return adapterOf(id).name;
}

export function quoteOf(id: VenueId): string {
  return QUOTES[id];
}

/** The perpetual of a coin as the exchange itself calls it. */
export function pairOf(venue: VenueId, symbol: SymbolId): string {
  return adapterOf(venue).defaultVenueSymbol(symbol);
}

/** The coin of an exchange's own pair, or of a coin alone. */
export function toCoin(text: string, config: ApiConfig, venue: VenueId | null = null): SymbolId {
  const own = venue === null ? undefined : config.symbols.find((symbol) => pairOf(venue, symbol) === text);
  return own ?? toSymbol(text, config);
}
