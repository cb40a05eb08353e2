// The feed protocol's own form of an error.
import type { Context } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { ApiEnv } from "../env.ts";

/** Status 200 in any case: libraries show another status as a network fault. What we did not expect is logged, not told. */
export function udfFailure(context: Context<ApiEnv>, thrown: unknown): Response {
  const known = thrown instanceof ApiError;
  if (!known) console.error(`request ${context.get("requestId")} failed`, thrown);
  const errmsg = known ? thrown.message : "the request failed; its id helps us find out why";
  const retryAfter = known ? thrown.retryAfterSeconds : null;
  return context.json({ s: "error", errmsg }, 200, {
    "cache-control": "no-store",
    ...(retryAfter === null ? {} : { "retry-after": String(retryAfter) }),
  });
}
