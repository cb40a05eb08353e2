import type { Context } from "hono";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import type { ApiEnv } from "../env.ts";

/** Tells where the next page begins: the same address with another `from` (RFC 8288). */
export function linkNext(context: Context<ApiEnv>, nextFromMs: EpochMs | null): void {
  if (nextFromMs === null) return;
  const next = new URL(context.req.url);
  next.searchParams.set("from", String(nextFromMs));
  context.header("link", `<${next.pathname}${next.search}>; rel="next"`);
}
