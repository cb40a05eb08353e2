// Symbols as a charting library asks for them: a coin over all exchanges, or `BINANCE:BTC` on one.
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { printedVenue, toVenue } from "../compat/names.ts";
import type { ApiConfig } from "../env.ts";
import { toSymbol } from "../http/query.ts";
import { RESOLUTIONS } from "./resolution.ts";

/** The exchange of the map that adds all of them up. */
const ALL_TOGETHER = "Faultline";

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

/** How charts write prices: `1 / pricescale` is the smallest step they show. `price` null = not known right now. */
export function symbolInfo({ symbol, venue }: ChartSymbol, price: number | null) {
  const exchange = venue === null ? ALL_TOGETHER : printedVenue(venue);
  return {
    name: symbol,
    ticker: venue === null ? symbol : `${venue.toUpperCase()}:${symbol}`,
    description: `${symbol} perpetual, ${venue === null ? "all exchanges" : exchange}`,
    type: "crypto",
    session: "24x7",
    timezone: "Etc/UTC",
    exchange,
    listed_exchange: exchange,
    format: "price",
    currency_code: "USD",
    minmov: 1,
    pricescale: priceScale(price),
    has_intraday: true,
    has_daily: true,
    supported_resolutions: RESOLUTIONS,
    intraday_multipliers: RESOLUTIONS.filter((resolution) => resolution !== "1D"),
    data_status: "streaming",
    volume_precision: 3,
  };
}

/** Five digits of the price at least, cents always: 100 for 97,000 and 100,000 for 0.142. */
export function priceScale(price: number | null): number {
  if (price === null || !(price > 0)) return 100;
  return 10 ** Math.max(2, Math.min(8, 4 - Math.floor(Math.log10(price))));
}

/** What a search can be narrowed to: all exchanges, the map of all together, one of them. */
export function exchangeChoices(config: ApiConfig) {
  const names = [ALL_TOGETHER, ...config.venues.map(printedVenue)];
  return [
    { value: "", name: "All", desc: "All exchanges" },
    ...names.map((name) => ({ value: name, name, desc: name === ALL_TOGETHER ? "All exchanges together" : name })),
  ];
}

/** Matches of a search, coins first, at most `limit`; an exchange's own pair finds its coin. */
export function searchSymbols(
  query: { text: string; exchange: string; type: string; limit: number },
  config: ApiConfig,
) {
  const wanted = query.text.toUpperCase();
  const coin = wanted.replace(/[-_/]?(USDT|USDC|USD|PERP)([-_.].*)?$/, "");
  const all = [
    ...config.symbols.map((symbol): ChartSymbol => ({ symbol, venue: null })),
    ...config.symbols.flatMap((symbol) => config.venues.map((venue): ChartSymbol => ({ symbol, venue }))),
  ];
  return all
    .map((one) => symbolInfo(one, null))
    .filter(({ ticker, exchange, type }) => {
      const isChosen = query.exchange === "" || query.exchange.toLowerCase() === exchange.toLowerCase();
      const isType = query.type === "" || query.type === type;
      return isChosen && isType && (ticker.includes(wanted) || (coin !== "" && ticker.includes(coin)));
    })
    .slice(0, query.limit)
    .map(({ name, ticker, description, exchange, type }) => ({
      symbol: name,
      full_name: ticker,
      ticker,
      description,
      exchange,
      type,
    }));
}
