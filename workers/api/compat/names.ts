// Names on the compatible surface: exchanges as they are printed there, symbols as a coin or an exchange's own pair.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { type SymbolId, VENUES, type VenueId } from "../../../src/shared/market/symbol.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import type { ApiConfig } from "../env.ts";
import { exchangeInFront, toSymbol } from "../http/query.ts";
import { required } from "./parameters.ts";

/** Quote of the perpetuals, as the compatible surface prints it. */
const QUOTES: Record<VenueId, "USDT" | "USD"> = {
  ...{ binance: "USDT", bybit: "USDT", okx: "USDT", bitget: "USDT", gate: "USDT" },
  ...{ hyperliquid: "USD", dydx: "USD", gmx: "USD" },
};

/** An exchange's name, in any case; refused when it is missing, or when this deployment does not read it. */
export function toVenue(given: string | undefined, config: ApiConfig, parameter = "exchange"): VenueId {
  const accepted = config.venues.map(printedVenue);
  const text = required(parameter, given, accepted);
  const id = VENUES.find((venue) => venue === text.trim().toLowerCase());
  if (id !== undefined && config.venues.includes(id)) return id;
  throw new ApiError(
    "invalid-parameter",
    `${parameter} was ${text.slice(0, 40)}, expected one of ${accepted.join(", ")}`,
    { parameter, accepted },
  );
}

/** A comma-separated list; spaces after the commas are usual. */
export function toVenueList(text: string | undefined, config: ApiConfig): VenueId[] {
  const names = (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const given = names.length === 0 ? [undefined] : names;
  return [...new Set(given.map((name) => toVenue(name, config, "exchange_list")))];
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

/**
 * The coin of an exchange's own pair, or of a coin alone. `venues`: the exchanges that are answered for; a symbol with
 * another in front (`OKX:BTCUSDT`) contradicts them.
 */
export function toCoin(text: string, config: ApiConfig, venues: readonly VenueId[]): SymbolId {
  const [only = null] = venues.length === 1 ? venues : [];
  const own = only === null ? undefined : config.symbols.find((symbol) => pairOf(only, symbol) === text);
  if (own !== undefined) return own;
  const symbol = toSymbol(text, config, only);
  const named = exchangeInFront(text, config);
  if (named === null || named === only) return symbol;
  const answered = only === null ? "all exchanges together" : `${printedVenue(only)} alone`;
  throw new ApiError(
    "invalid-parameter",
    `symbol was ${text.slice(0, 40)}, which names ${printedVenue(named)}, but this is answered for ${answered}: take ${symbol}`,
    { parameter: "symbol", accepted: [symbol] },
  );
}
