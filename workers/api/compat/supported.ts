// What clients ask first: which coins, exchanges and pairs there are.
import type { Context } from "hono";
import { type ApiEnv, configOf } from "../env.ts";
import { success } from "./envelope.ts";
import { pairOf, printedVenue, quoteOf, toVenue } from "./names.ts";
import { readParameters } from "./parameters.ts";

export function supportedCoins(context: Context<ApiEnv>): Response {
  readParameters(context, []);
  const { symbols, clock } = configOf(context.env);
  return success(context, symbols, { estimated: false, as_of: clock.now() });
}

export function supportedExchanges(context: Context<ApiEnv>): Response {
  readParameters(context, []);
  const { venues, clock } = configOf(context.env);
  return success(context, venues.map(printedVenue), { estimated: false, as_of: clock.now() });
}

export function supportedPairs(context: Context<ApiEnv>): Response {
  const config = configOf(context.env);
  const query = readParameters(context, ["exchange"]);
  const venues = query.exchange === undefined ? config.venues : [toVenue(query.exchange, config)];
  const pairs = venues.map((venue) => [
    printedVenue(venue),
    config.symbols.map((symbol) => ({
      instrument_id: pairOf(venue, symbol),
      base_asset: symbol,
      quote_asset: quoteOf(venue),
    })),
  ]);
  return success(context, Object.fromEntries(pairs), { estimated: false, as_of: config.clock.now() });
}
