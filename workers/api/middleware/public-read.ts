// Anybody may read, from any page: CORS for public reads, and the headers a page's script may look at.
import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { ApiEnv } from "../env.ts";
import { methodsOf } from "../http/methods.ts";
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
  "API-KEY-MAX-LIMIT",
  "API-KEY-USE-LIMIT",
];

/** Lets any page's script read an answer. */
const OPEN: readonly (readonly [name: string, value: string])[] = [
  ["access-control-allow-origin", "*"],
  ["access-control-expose-headers", EXPOSED.join(",")],
  ["timing-allow-origin", "*"],
];

/** Headers that clients of any surface send: keys, conditions, and those of the Model Context Protocol. */
const ALLOWED = [
  "Authorization",
  "X-API-Key",
  "CG-API-KEY",
  "If-None-Match",
  "Accept",
  "Content-Type",
  "Last-Event-ID",
  "MCP-Protocol-Version",
  "Mcp-Method",
  "Mcp-Name",
];

const preflight = cors({
  origin: "*",
  allowMethods: (_, context: Context) => [...methodsOf(context.req.path)],
  allowHeaders: ALLOWED,
  exposeHeaders: EXPOSED,
  maxAge: 86_400,
});

/** A page that mistypes an address is told so too, not that it may not look. */
export function openToPages(answer: Response): Response {
  for (const [name, value] of OPEN) answer.headers.set(name, value);
  return answer;
}

/** OPTIONS of any address names its methods, with or without a preflight's headers. The operator's are for no page. */
export const publicRead: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const { path } = context.req;
  const isPublic = !path.startsWith("/v1/admin/");
  const allow = () => methodsOf(path).join(", ");
  if (context.req.method === "OPTIONS" && isPublic) {
    const answer = await preflight(context, next);
    (answer ?? context.res).headers.set("allow", allow());
    return answer;
  }
  await next();
  if (context.res.status === 405) setHeader(context, "allow", allow());
  if (!isPublic || context.res.status === 101) return;
  // on the finished answer: headers that are set before it make hono wrap its body anew, as a stream
  for (const [name, value] of OPEN) setHeader(context, name, value);
};
