// Addresses that will go away say so in every answer, long before they do (RFC 9745, RFC 8594).
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../env.ts";
import { setHeader } from "../http/set-header.ts";

export interface Deprecated {
  /** The address, exactly, or a folder of addresses when it ends in "/". */
  path: string;
  sinceMs: number;
  /** When it stops to answer. */
  sunsetMs: number;
  /** What to use instead. */
  successor: string;
}

/** Nothing is deprecated: /v1 has had no breaking change. */
export const DEPRECATED: readonly Deprecated[] = [];

/** Headers of a deprecated address; null when it is none. */
export function deprecationHeaders(table: readonly Deprecated[], path: string): Record<string, string> | null {
  const entry = table.find((one) => (one.path.endsWith("/") ? path.startsWith(one.path) : path === one.path));
  if (entry === undefined) return null;
  return {
    deprecation: `@${Math.floor(entry.sinceMs / 1_000)}`,
    sunset: new Date(entry.sunsetMs).toUTCString(),
    link: `<${entry.successor}>; rel="successor-version"`,
  };
}

export const deprecation: MiddlewareHandler<ApiEnv> = async (context, next) => {
  await next();
  if (context.res.status === 101) return;
  const headers = deprecationHeaders(DEPRECATED, context.req.path);
  for (const [name, value] of Object.entries(headers ?? {})) setHeader(context, name, value);
};
