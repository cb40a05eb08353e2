// From the parameters of a stream to the address at which its relay is asked for a socket.
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { formatFilter } from "../../../src/shared/market/filter-key.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { weightedFilters } from "../../../src/shared/model/reweight.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { intervalOf } from "../heatmap/ranges.ts";
import { refusal, refuseUnknown, toFilter, toSymbol, withPrefix } from "../http/query.ts";
import { sha256 } from "../keys/secrets.ts";
import { filterQuery, rangeQuery } from "../schema/query.ts";

/** What a stream is asked with, whatever carries it. */
export const subscriptionQuery = {
  symbol: z.string({ error: "is missing" }).min(1).max(40),
  since: z
    .string()
    .regex(/^\d{1,15}$/, "was no sequence number")
    .optional(),
  ticket: z.string().max(100).optional(),
  ...rangeQuery,
  ...filterQuery,
};

const subscriptionSchema = z.object(subscriptionQuery);

export interface RelayRequest {
  symbol: SymbolId;
  /** Of the relay's own name space. */
  address: URL;
}

/** Checks the parameters of a request; `schema` is `subscriptionQuery` and what its route has beside. */
export async function relayRequest<T extends z.ZodObject>(
  context: Context<ApiEnv>,
  schema: T,
): Promise<RelayRequest & { query: z.infer<T> }> {
  const config = configOf(context.env);
  const url = new URL(context.req.url);
  refuseUnknown(url, Object.keys(schema.shape));
  const given = Object.fromEntries(url.searchParams);
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw refusal(parsed.error, given);
  const own = subscriptionSchema.parse(parsed.data);
  const query = withPrefix(own.symbol, own);
  const symbol = toSymbol(query.symbol, config);
  const filter = toFilter(query, config);
  const address = new URL("https://relay/");
  const parts = weightedFilters(filter, config.params, symbol, config.venues).map((part) => part.filter);
  const { holder, plan } = context.get("caller");
  const said = {
    symbol,
    filter: formatFilter(filter),
    intervalMs: String(intervalOf(query.range ?? "24h", filter, parts)),
    holder: (await sha256(holder)).slice(0, 16),
    streams: String(plan.streams),
  };
  for (const [name, value] of Object.entries(said)) address.searchParams.set(name, value);
  if (query.since !== undefined) address.searchParams.set("since", query.since);
  return { symbol, address, query: parsed.data };
}

/** Asks the relay; one that cannot be reached is a 503, not a mistake of ours. */
export async function askRelay(env: Cloudflare.Env, { symbol, address }: RelayRequest): Promise<Response> {
  try {
    return await env.FANOUT_RELAY.getByName(symbol).fetch(address, { headers: { upgrade: "websocket" } });
  } catch (error) {
    throw new ApiError("unavailable", "the stream of this symbol cannot be opened right now", { cause: error });
  }
}
