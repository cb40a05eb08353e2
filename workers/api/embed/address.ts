// What an embedded map is asked with: checked as the address of its picture is, so that the frame and its poster agree.
import { z } from "@hono/zod-openapi";
import { PALETTES } from "../../../src/shared/display/palette.ts";
import { REACHES } from "../../../src/shared/display/reach.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import type { ApiConfig } from "../env.ts";
import { THEMES } from "../formats/style.ts";
import { planOf } from "../heatmap/ranges.ts";
import { refusal, toFilter, toSymbol, withPrefix } from "../http/query.ts";
import { filterQuery, rangeQuery } from "../schema/query.ts";

const { exchange, leverage, age, side, mode, delta } = filterQuery;

/** What a map keeps when it is embedded. */
const carried = {
  ...rangeQuery,
  ...{ exchange, leverage, age, side, mode, delta },
  theme: z.enum(THEMES as [(typeof THEMES)[number], ...typeof THEMES]).optional(),
  colors: z.enum(PALETTES).optional(),
};
export const CARRIED = Object.keys(carried);

/** With what an address of the dashboard may say of its chart besides. */
const accepted = {
  ...carried,
  axis: z.enum(["log", "linear"]).optional(),
  window: z.enum(REACHES).optional(),
  min: z
    .string()
    .regex(/^\d{1,2}$/, "was no whole percentage below 100")
    .optional(),
  scale: z
    .string()
    .regex(/^\d{1,15}$/, "was no whole number of USD")
    .optional(),
  heatmap: z.enum(["off"]).optional(),
};
export const EMBED_PARAMETERS = Object.keys(accepted);

const schema = z.object(accepted);

export interface EmbedAddress {
  symbol: SymbolId;
  /** With the exchange in front of the symbol among it, and lists as the page reads them. */
  query: URLSearchParams;
}

/** Reads the address of an embedded map; what the native route would refuse is refused here. */
export function toEmbedAddress(asked: string, given: URLSearchParams, config: ApiConfig): EmbedAddress {
  const values = Object.fromEntries(given);
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw refusal(parsed.error, values);
  const symbol = toSymbol(asked, config);
  const wanted = withPrefix(asked, parsed.data);
  const filter = toFilter(wanted, config);
  planOf(wanted.range ?? "24h", filter);
  const query = new URLSearchParams(given);
  if (filter.venues !== null) query.set("exchange", filter.venues.join(","));
  if (filter.tiers !== null) query.set("leverage", filter.tiers.join(","));
  return { symbol, query };
}
