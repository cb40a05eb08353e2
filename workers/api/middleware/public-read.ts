// Anybody may read, from any page: CORS for public reads, and the headers a page's script may look at.
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { ApiEnv } from "../env.ts";
import { setHeader } from "../http/set-header.ts";

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

const EXPOSED_LIST = EXPOSED.join(",");

const allowAll = (methods: string[]) =>
  cors({
    origin: "*",
    allowMethods: methods,
    allowHeaders: ["Authorization", "X-API-Key", "If-None-Match", "Content-Type", "Last-Event-ID"],
    exposeHeaders: EXPOSED,
    maxAge: 86_400,
  });

const READ = ["GET", "HEAD", "OPTIONS"];
const POST = ["POST", "OPTIONS"];
const [reads, posts] = [allowAll(READ), allowAll(POST)];
/** Addresses that a page's script posts to; the operator's are for no page. */
const POSTED = ["/v1/stream/ticket", "/mcp"];

/** OPTIONS of any address names its methods, with or without a preflight's headers. */
export const publicRead: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const { path } = context.req;
  if (path === "/v1/stream" || path.startsWith("/v1/admin/")) return next();
  const isPosted = POSTED.includes(path);
  const methods = (isPosted ? POST : READ).join(", ");
  if (context.req.method === "OPTIONS") {
    const preflight = await (isPosted ? posts : reads)(context, next);
    (preflight ?? context.res).headers.set("allow", methods);
    return preflight;
  }
  await next();
  // on the finished answer: headers that are set before it make hono wrap its body anew, as a stream
  setHeader(context, "access-control-allow-origin", "*");
  setHeader(context, "access-control-expose-headers", EXPOSED_LIST);
  setHeader(context, "timing-allow-origin", "*");
  if (context.res.status === 405) setHeader(context, "allow", methods);
};
