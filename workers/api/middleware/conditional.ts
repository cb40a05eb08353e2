import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../env.ts";
import { matchesTag } from "../http/entity-tag.ts";

/** A 304 keeps what a cache updates and drops what describes a body (RFC 9110 §15.4.5). */
const OF_A_BODY = ["content-type", "content-length", "content-encoding", "content-disposition"];

/** Answers 304 to who has the tagged state already. */
export const conditional: MiddlewareHandler<ApiEnv> = async (context, next) => {
  await next();
  const { res } = context;
  if (res.status !== 200 || !matchesTag(context.req.header("if-none-match"), res.headers.get("etag"))) return;
  const headers = new Headers(res.headers);
  for (const name of OF_A_BODY) headers.delete(name);
  await res.body?.cancel();
  // hono merges the headers of an answer that it replaces: it is taken away first
  context.res = undefined;
  context.res = new Response(null, { status: 304, headers });
};
