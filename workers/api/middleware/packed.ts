// Bytes that are made and kept gzipped: the edge compresses no octet stream by itself.
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../env.ts";
import { acceptsGzip } from "../http/accepts-gzip.ts";
import { gunzip } from "../tiles/gzip.ts";

/** They go out as they are, or unpacked to who does not take gzip. */
export const packed: MiddlewareHandler<ApiEnv> = async (context, next) => {
  await next();
  const { res } = context;
  if (res.status !== 200 || res.headers.get("content-encoding") !== "gzip") return;
  const headers = new Headers(res.headers);
  headers.set("vary", "Accept-Encoding");
  const body = await res.arrayBuffer();
  const isGzip = acceptsGzip(context);
  if (!isGzip) headers.delete("content-encoding");
  // hono merges the headers of an answer that it replaces: it is taken away first
  context.res = undefined;
  context.res = isGzip
    ? new Response(body, { headers, encodeBody: "manual" })
    : new Response(await gunzip(new Uint8Array(body)), { headers });
};
