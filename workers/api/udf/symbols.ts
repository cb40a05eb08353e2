// Symbols as a charting library asks for them: a coin over all exchanges, or `BINANCE:BTC` on one.
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { printedVenue, toVenue } from "../compat/names.ts";
import type { ApiConfig } from "../env.ts";
import { toSymbol } from "../http/query.ts";
import { RESOLUTIONS } from "./resolution.ts";

export interface ChartSymbol {
  symbol: SymbolId;
  /** The exchange whose prices are drawn; null = the first that is in the column. */
  venue: VenueId | null;
}

export function chartSymbol(text: string, config: ApiConfig): ChartSymbol {
  const prefix = text.includes(":") ? (text.split(":", 1)[0] ?? "") : "";
  const known = VENUES.some((venue) => venue === prefix.toLowerCase());
  const name = prefix.toUpperCase() === "FAULTLINE" ? text.slice(prefix.length + 1) : text;
  return { symbol: toSymbol(name, config), venue: known ? toVenue(prefix, config, "symbol") : null };
}

export function symbolInfo({ symbol, venue }: ChartSymbol) {
  const exchange = venue === null ? "Faultline" : printedVenue(venue);
  return {
    name: symbol,
    ticker: venue === null ? symbol : `${venue.toUpperCase()}:${symbol}`,
    description: `${symbol} perpetual, ${venue === null ? "all exchanges" : exchange}`,
    type: "crypto",
    session: "24x7",
    timezone: "Etc/UTC",
    exchange,
    listed_exchange: exchange,
    minmov: 1,
    pricescale: 100,
    has_intraday: true,
    has_daily: true,
    supported_resolutions: RESOLUTIONS,
    intraday_multipliers: RESOLUTIONS.filter((resolution) => resolution !== "1D"),
    data_status: "streaming",
    volume_precision: 3,
  };
}

/** Matches of a search, coins first, at most `limit`. */
export function searchSymbols(text: string, limit: number, config: ApiConfig) {
  const wanted = text.toUpperCase();
  const all = [
    ...config.symbols.map((symbol): ChartSymbol => ({ symbol, venue: null })),
    ...config.symbols.flatMap((symbol) => config.venues.map((venue): ChartSymbol => ({ symbol, venue }))),
  ];
  return all
    .map(symbolInfo)
    .filter(({ ticker }) => ticker.includes(wanted))
    .slice(0, limit)
    .map(({ name, ticker, description, exchange, type }) => ({
      symbol: name,
      full_name: ticker,
      ticker,
      description,
      exchange,
      type,
    }));
}
