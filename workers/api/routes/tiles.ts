// Pieces of stored history. A closed one never changes: it is kept for as long as a cache likes.
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";
import { LAYERS } from "../../../src/shared/tile/layer.ts";
import { tileStartMs } from "../../../src/shared/tile/tile-key.ts";
import { fromEdge, toEdge } from "../cache/edge-answers.ts";
import { MemoryAnswers } from "../cache/memory-answers.ts";
import { freshMsOf, isFresh, type StoredAnswer } from "../cache/stored-answer.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { acceptsGzip } from "../http/accepts-gzip.ts";
import { digest, matchesTag } from "../http/entity-tag.ts";
import { problem } from "../http/problem.ts";
import { exchangeInFront, refuseUnknown, toSymbol } from "../http/query.ts";
import { BAR_INTERVALS } from "../http/span.ts";
import { patiently } from "../middleware/answer-cache.ts";
import { keepAlive } from "../middleware/keep-alive.ts";
import { problemResponses } from "../schema/envelope.ts";
import { gunzip } from "../tiles/gzip.ts";
import { tileFromKv, tileToKv } from "../tiles/kv-tiles.ts";
import { toTileAddress } from "../tiles/tile-address.ts";
import { type FoundTile, findTile } from "../tiles/tile-source.ts";

/** Of the 128 MB an isolate has: a tile is a few kilobytes, so this is a week of a busy map. */
const MEMORY_BYTES = 8 * 1024 * 1024;
const CLOSED = "public, max-age=31536000, immutable";
const OPEN = "public, max-age=5, stale-while-revalidate=30";
const MISSING = "public, max-age=10";

const memory = new MemoryAnswers(MEMORY_BYTES);

const paramsSchema = z.object({
  modelVersion: z.string().openapi({ description: "As /v1/models and every answer name it.", example: MODEL_VERSION }),
  symbol: z
    .string()
    .max(40)
    .openapi({ description: "Coin or pair; an exchange in front goes with its own layer only.", example: "BTC" }),
  layer: z.string().openapi({ description: `One of ${LAYERS.join(", ")}.`, example: "total" }),
  interval: z
    .string()
    .openapi({ description: `Width of a column: one of ${Object.keys(BAR_INTERVALS).join(", ")}.`, example: "5m" }),
  index: z.string().openapi({
    description: "floor(column start / (64 × interval)), and `.bin`.",
    example: "92088.bin",
  }),
});

const route = createRoute({
  method: "get",
  path: "/v1/tiles/{modelVersion}/{symbol}/{layer}/{interval}/{index}",
  summary: "64 columns of one layer as bytes",
  description:
    "Estimated sizes per price bucket and side, in the format of docs/reference/tile-format.md. Closed tiles are immutable; the open one is short-lived.",
  request: { params: paramsSchema },
  responses: {
    200: {
      description: "The tile, gzipped for who accepts that",
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
    304: { description: "Unchanged" },
    ...problemResponses,
  },
});

/** A tile that memory has under just this address goes out before anything of the address is read. */
export const tilesInMemory: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const isRead = context.req.method === "GET" && !context.req.url.includes("?");
  const known = isRead ? memory.get(context.req.path, Date.now()) : null;
  return known !== null && isFresh(known, Date.now()) ? give(context, known, "memory") : next();
};

export const tilesRoute = new OpenAPIHono<ApiEnv>();

tilesRoute.openapi(route, async (context) => {
  refuseUnknown(new URL(context.req.url), []);
  const path = context.req.valid("param");
  const config = configOf(context.env);
  const symbol = toSymbol(path.symbol, config);
  const address = toTileAddress(path, exchangeInFront(path.symbol, config));
  const key = `/v1/tiles/${encodeURIComponent(path.modelVersion)}/${symbol}/${address.layer}/${path.interval}/${path.index}`;
  const known = memory.get(key, Date.now());
  if (known !== null && isFresh(known, Date.now())) return (await give(context, known, "memory")) as never;
  const making = memory.making(key);
  const others = making === null ? null : await patiently(making);
  if (others !== null) return (await give(context, others, "memory")) as never;
  let source = "edge";
  const make = async (): Promise<StoredAnswer | null> => {
    const kept = await fromEdge(key);
    if (kept !== null && isFresh(kept, Date.now())) return kept;
    // a tile whose time is not over is open, and KV has closed ones only
    const isOver = tileStartMs(address.tileIndex + 1, address.intervalMs) <= config.clock.now();
    const near = isOver ? await tileFromKv(context.env.TILES, key) : null;
    source = "kv";
    if (near !== null) return near;
    const tile = await findTile(context.env, symbol, address);
    source = tile?.source ?? "d1";
    return tile === null || tile.modelVersion !== address.modelVersion ? null : answerOf(tile);
  };
  const made = make();
  memory.announce(key, made);
  keepAlive(context, made);
  const tile = await made;
  if (tile === null) return missing(context, symbol, path) as never;
  if (source === "hot") return (await give(context, withoutKeeping(tile), "kv, stale")) as never;
  memory.set(key, tile);
  if (source !== "edge") keepAlive(context, toEdge(key, tile));
  if (source === "d1") keepAlive(context, tileToKv(context.env.TILES, key, tile));
  return (await give(context, tile, source)) as never;
});

async function answerOf(tile: FoundTile): Promise<StoredAnswer> {
  const cacheControl = tile.closed ? CLOSED : OPEN;
  const tag = await digest(tile.body);
  return {
    body: tile.body.buffer,
    headers: [
      ["cache-control", cacheControl],
      ["etag", tag],
    ],
    storedAtMs: Date.now(),
    freshMs: freshMsOf(cacheControl) ?? 0,
  };
}

/** A tile that was completed without the hub may lack its newest columns. */
function withoutKeeping(tile: StoredAnswer): StoredAnswer {
  const kept = tile.headers.filter(([name]) => name !== "cache-control");
  return { ...tile, headers: [...kept, ["cache-control", "no-store"], ["warning", '110 - "response is stale"']] };
}

/** The stored bytes are gzip: they go out as they are, or unpacked to who does not take that. */
async function give(context: Context<ApiEnv>, tile: StoredAnswer, source: string): Promise<Response> {
  const headers = new Headers(tile.headers);
  const isGzip = acceptsGzip(context);
  // a strong tag names one form of the bytes
  const tag = `"${headers.get("etag")}${isGzip ? "-gzip" : ""}"`;
  headers.set("etag", tag);
  headers.set("vary", "Accept-Encoding");
  headers.set("server-timing", `cache;desc="${source}"`);
  headers.set("cross-origin-resource-policy", "cross-origin");
  if (matchesTag(context.req.header("if-none-match"), tag)) return new Response(null, { status: 304, headers });
  headers.set("content-type", "application/octet-stream");
  if (!isGzip) return new Response(await gunzip(new Uint8Array(tile.body)), { headers });
  headers.set("content-encoding", "gzip");
  return new Response(tile.body, { headers, encodeBody: "manual" });
}

function missing(context: Context<ApiEnv>, symbol: string, path: z.infer<typeof paramsSchema>): Response {
  const named = `${path.modelVersion.slice(0, 40)}/${symbol}/${path.layer}/${path.interval}/${path.index}`;
  const words = `there is no tile ${named}: not written, no longer kept, or by another model (see /v1/models)`;
  const answer = problem(context, new ApiError("not-found", words));
  answer.headers.set("cache-control", MISSING);
  return answer;
}
