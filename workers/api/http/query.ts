// From a request's parameters to domain types: unknown and repeated names are refused, never ignored.
import type { z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { type MapFilter, TIERS, type Tier, type TierWeights } from "../../../src/shared/market/filter.ts";
import { PRESET_SPECS, type Preset } from "../../../src/shared/market/preset.ts";
import { type SymbolId, VENUES, type VenueId } from "../../../src/shared/market/symbol.ts";
import { parseTierWeights } from "../../../src/shared/market/tier-weights.ts";
import { readSymbol } from "../../../src/shared/market/written-symbol.ts";
import { excessOf } from "../../../src/shared/model/reweight.ts";
import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";
import type { ApiConfig } from "../env.ts";
import { splitList } from "../schema/query.ts";
import { bucketText } from "./bucket-text.ts";
import { refuseCoinMargined } from "./coin-margined.ts";

/** Longest path and query looked at. */
export const MAX_ADDRESS = 2_048;

/** Refuses addresses too long to be meant, and repeated parameters, before any schema sees them. */
export function refuseUnreadable(url: URL): void {
  const length = url.pathname.length + url.search.length;
  if (length > MAX_ADDRESS) {
    throw new ApiError("invalid-parameter", `the address is ${length} characters long, at most ${MAX_ADDRESS}`);
  }
  const seen = new Set<string>();
  for (const name of url.searchParams.keys()) {
    if (seen.has(name)) {
      throw new ApiError("invalid-parameter", `parameter ${clip(name)} was given twice; lists are comma-separated`, {
        parameter: clip(name),
      });
    }
    seen.add(name);
  }
}

/** Refuses parameters that the route does not have. */
export function refuseUnknown(url: URL, accepted: readonly string[]): void {
  for (const name of url.searchParams.keys()) {
    if (!accepted.includes(name)) {
      const listed = accepted.length > 0 ? accepted.join(", ") : "none";
      throw new ApiError("unknown-parameter", `parameter ${clip(name)} is not known here; accepted: ${listed}`, {
        parameter: clip(name),
        accepted,
      });
    }
  }
}

/** The problem for a value that the route's schema refuses, in our words: the value, and what would have done. */
export function refusal(error: z.ZodError, values: Readonly<Record<string, unknown>>): ApiError {
  const issue = error.issues[0];
  const parameter = issue?.path.map(String).join(".") || "query";
  const given = values[parameter];
  const was = given === undefined ? "is missing" : `was "${clip(String(given))}"`;
  const wrong = (words: string, accepted?: readonly string[]) =>
    new ApiError(
      "invalid-parameter",
      `parameter ${parameter} ${words}`,
      accepted === undefined ? { parameter } : { parameter, accepted },
    );
  if (issue?.code === "invalid_value") {
    const accepted = issue.values.map(String);
    return wrong(`${was}, expected one of ${accepted.join(", ")}`, accepted);
  }
  if (issue?.code === "custom") {
    const accepted = (issue.params?.["accepted"] as string[] | undefined) ?? [];
    return wrong(`${issue.message}, expected some of ${accepted.join(", ")}`, accepted);
  }
  if (issue?.code === "invalid_format") return wrong(`${was}: it ${issue.message}`);
  if (issue?.code === "too_small") return wrong(`${was}, expected at least ${issue.minimum} characters`);
  if (issue?.code === "too_big") return wrong(`${was}, expected at most ${issue.maximum} characters`);
  return wrong(given === undefined ? was : `${was}, which is not acceptable`);
}

export interface FilterQuery {
  exchange?: string | undefined;
  leverage?: string | undefined;
  age?: MapFilter["age"] | undefined;
  side?: MapFilter["side"] | undefined;
  mode?: MapFilter["mode"] | undefined;
  delta?: NonNullable<MapFilter["delta"]> | undefined;
  weights?: string | undefined;
  preset?: Preset | undefined;
}

/** The filter of checked parameters. An exchange that this deployment does not read is refused. */
export function toFilter(query: FilterQuery, config: ApiConfig): MapFilter {
  const preset = query.preset === undefined ? null : toPreset(query.preset, query);
  return {
    venues: query.exchange === undefined ? null : toVenues(query.exchange, config),
    tiers: query.leverage === undefined ? null : (splitList(query.leverage).map(Number) as Tier[]),
    age: query.age ?? preset?.age ?? "all",
    side: query.side ?? "both",
    mode: query.mode ?? preset?.mode ?? "exposed",
    delta: query.delta ?? null,
    ...(query.weights === undefined ? {} : { weights: toWeights(query.weights, config) }),
  };
}

/** A preset's filter; a filter that says otherwise is refused, so that a name always means the same. */
function toPreset(preset: Preset, query: FilterQuery): { mode: MapFilter["mode"]; age: MapFilter["age"] } {
  const { filter } = PRESET_SPECS[preset];
  for (const name of ["mode", "age"] as const) {
    if (query[name] !== undefined && query[name] !== filter[name]) {
      throw new ApiError(
        "invalid-parameter",
        `parameter ${name} contradicts preset ${preset}, which has ${filter[name]}`,
        {
          parameter: name,
          accepted: [filter[name]],
        },
      );
    }
  }
  return filter;
}

function toWeights(text: string, config: ApiConfig): TierWeights {
  const weights = parseTierWeights(text);
  const error = "error" in weights ? weights.error : excessOf(weights, config.params, config);
  if (error === null) return weights as TierWeights;
  throw new ApiError("invalid-parameter", `parameter weights ${error}`, {
    parameter: "weights",
    accepted: TIERS.map((tier) => `${tier}:share`),
  });
}

export function toVenues(text: string, config: ApiConfig): VenueId[] {
  const wanted = splitList(text.toLowerCase());
  const missing = wanted.find((id) => !config.venues.includes(id as VenueId));
  if (missing !== undefined) {
    throw new ApiError("invalid-parameter", `exchange ${missing} is not read by this deployment`, {
      parameter: "exchange",
      accepted: config.venues,
    });
  }
  return VENUES.filter((id) => wanted.includes(id));
}

/**
 * The coin of what people write: `BTC`, `btcusdt`, `BINANCE:BTCUSDT`, `BTC-USDT-SWAP`, `BTC-PERP`. `venue`: the exchange that
 * the request names elsewhere, where it matters which kind of contract a name means.
 */
export function toSymbol(text: string, config: ApiConfig, venue: VenueId | null = null): SymbolId {
  refuseCoinMargined(text, config, venue);
  const symbol = servedSymbol(text, config);
  if (symbol !== null) return symbol;
  throw new ApiError(
    "unknown-symbol",
    `symbol ${clip(text)} is not served here; served: ${config.symbols.join(", ")}`,
    {
      parameter: "symbol",
      accepted: config.symbols,
    },
  );
}

/** The same, or null when it is not served. */
export function servedSymbol(text: string, config: ApiConfig): SymbolId | null {
  return readSymbol(text)?.names.find((name) => config.symbols.includes(name)) ?? null;
}

/** The exchange in front of a symbol (`BINANCE:BTCUSDT`), null without one; one that is not read here is refused. */
export function exchangeInFront(symbol: string, config: ApiConfig): VenueId | null {
  if (!symbol.includes(":")) return null;
  return toVenues(symbol.slice(0, symbol.indexOf(":")), config)[0] ?? null;
}

/** The query with the exchange that the symbol names: `BINANCE:BTCUSDT` is that exchange's map only. */
export function withPrefix<T extends { exchange?: string | undefined }>(symbol: string, query: T): T {
  if (!symbol.includes(":")) return query;
  const named = symbol.slice(0, symbol.indexOf(":")).toLowerCase();
  if (query.exchange !== undefined && splitList(query.exchange.toLowerCase()).join() !== named) {
    throw new ApiError(
      "invalid-parameter",
      `parameter exchange was "${clip(query.exchange)}", but the symbol names ${clip(named)}: leave one of them out`,
      { parameter: "exchange", accepted: [named.slice(0, 40)] },
    );
  }
  return { ...query, exchange: named };
}

/** The widest level that still shows where anything is, as a fraction of price. */
const WIDEST_LEVEL = 0.1;

/** Buckets per price level of a `bucket` parameter; null when it was not given. */
export function toBuckets(text: string | undefined): number | null {
  if (text === undefined) return null;
  const height = Number(text);
  const buckets = Math.round(height / BUCKET_WIDTH);
  const isWhole = Math.abs(height / BUCKET_WIDTH - buckets) < 1e-6;
  if (isWhole && height >= BUCKET_WIDTH && height <= WIDEST_LEVEL) return buckets;
  const near = [Math.floor(height / BUCKET_WIDTH), Math.ceil(height / BUCKET_WIDTH)];
  const most = WIDEST_LEVEL / BUCKET_WIDTH;
  const accepted = [...new Set(near.map((count) => Math.min(most, Math.max(1, count))))].map(bucketText);
  throw new ApiError(
    "invalid-parameter",
    `bucket was ${text}, expected a multiple of ${BUCKET_WIDTH} up to ${WIDEST_LEVEL}: take ${accepted.join(" or ")}`,
    { parameter: "bucket", accepted },
  );
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
