// What routes about reported context (order books, liquidations) share: who is asked about, and how an answer begins.
import type { Context } from "hono";
import type { HubContext } from "../../../durable-objects/hub/context-answer.ts";
import { ALL } from "../../../src/shared/market/filter.ts";
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import { type ApiConfig, type ApiEnv, configOf } from "../env.ts";
import { coverageOf } from "./coverage.ts";
import { entityTag } from "./entity-tag.ts";
import { refuseUnknown, toSymbol, toVenues, withPrefix } from "./query.ts";

export interface Asked {
  config: ApiConfig;
  symbol: SymbolId;
  /** Null = all, none named. */
  venues: VenueId[] | null;
}

/** The symbol and the exchanges of a request whose parameters are among `names`. */
export function askedOf(
  context: Context<ApiEnv>,
  names: readonly string[],
  given: { symbol: string; exchange: string | undefined },
): Asked {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), names);
  const symbol = toSymbol(given.symbol, config);
  const { exchange } = withPrefix(given.symbol, given);
  return { config, symbol, venues: exchange === undefined ? null : toVenues(exchange, config) };
}

/** The envelope of an answer, its tag, and how long it may be kept. */
export function contextHead(context: Context<ApiEnv>, hub: HubContext, { config, symbol, venues }: Asked) {
  context.header("etag", entityTag(hub));
  context.header("cache-control", "public, max-age=5, stale-while-revalidate=30");
  return {
    asOf: hub.asOf,
    modelVersion: hub.modelVersion,
    dataSource: config.dataSource,
    coverage: coverageOf(hub.coverage, { ...ALL, venues }),
    symbol,
  };
}
