import { OpenAPIHono, z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { formatFilter } from "../../../src/shared/market/filter-key.ts";
import { weightedFilters } from "../../../src/shared/model/reweight.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { intervalOf } from "../heatmap/ranges.ts";
import { refusal, refuseUnknown, toFilter, toSymbol, withPrefix } from "../http/query.ts";
import { sha256 } from "../keys/secrets.ts";
import { filterQuery, rangeQuery } from "../schema/query.ts";

export const streamQuery = z.object({
  symbol: z.string({ error: "is missing" }).min(1).max(40),
  format: z.enum(["json"]).optional(),
  since: z
    .string()
    .regex(/^\d{1,15}$/, "was no sequence number")
    .optional(),
  ticket: z.string().max(100).optional(),
  ...rangeQuery,
  ...filterQuery,
});

/** GET /v1/stream: a WebSocket; messages in src/shared/protocol/messages.ts. */
export const streamRoute = new OpenAPIHono<ApiEnv>();

streamRoute.get("/v1/stream", async (context) => {
  const config = configOf(context.env);
  const url = new URL(context.req.url);
  refuseUnknown(url, Object.keys(streamQuery.shape));
  const given = Object.fromEntries(url.searchParams);
  const parsed = streamQuery.safeParse(given);
  if (!parsed.success) throw refusal(parsed.error, given);
  const query = withPrefix(parsed.data.symbol, parsed.data);
  const symbol = toSymbol(query.symbol, config);
  const filter = toFilter(query, config);
  if (context.req.header("upgrade")?.toLowerCase() !== "websocket") {
    throw new ApiError("upgrade-required", "this address speaks WebSocket: connect with ws:// or wss://");
  }
  const relay = new URL("https://relay/");
  relay.searchParams.set("symbol", symbol);
  relay.searchParams.set("filter", formatFilter(filter));
  const parts = weightedFilters(filter, config.params, symbol, config.venues).map((part) => part.filter);
  relay.searchParams.set("intervalMs", String(intervalOf(query.range ?? "24h", filter, parts)));
  const { holder, plan } = context.get("caller");
  relay.searchParams.set("holder", (await sha256(holder)).slice(0, 16));
  relay.searchParams.set("streams", String(plan.streams));
  if (query.since !== undefined) relay.searchParams.set("since", query.since);
  return context.env.FANOUT_RELAY.getByName(symbol).fetch(relay, { headers: { upgrade: "websocket" } });
});
