import type { Context } from "hono";
import type { ApiEnv } from "../env.ts";

/** Lets work outlive the request that began it; outside of workerd there is nothing to tell. */
export function keepAlive(context: Context<ApiEnv>, work: Promise<unknown>): void {
  const settled = work.catch(() => undefined);
  try {
    context.executionCtx.waitUntil(settled);
  } catch {
    // tests and scripts call the app without an execution context
  }
}
