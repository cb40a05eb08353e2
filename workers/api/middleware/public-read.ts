// Anybody may read, from any page: CORS for public reads, and the headers a page's script may look at.
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { ApiEnv } from "../env.ts";

const EXPOSED = [
  "ETag",
  "Age",
  "Retry-After",
  "RateLimit",
  "RateLimit-Policy",
  "Request-Id",
  "Link",
  "Deprecation",
  "Sunset",
  "Server-Timing",
];

const allowAll = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "OPTIONS"],
  allowHeaders: ["Authorization", "X-API-Key", "If-None-Match", "Content-Type"],
  exposeHeaders: EXPOSED,
  maxAge: 86_400,
});

/** OPTIONS of any address names its methods, with or without a preflight's headers. */
export const publicRead: MiddlewareHandler<ApiEnv> = async (context, next) => {
  if (context.req.path === "/v1/stream") return next();
  const early = await allowAll(context, next);
  const answer = early ?? context.res;
  if (context.req.method === "OPTIONS") answer.headers.set("allow", "GET, HEAD, OPTIONS");
  else context.header("timing-allow-origin", "*");
  return early;
};
