import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../env.ts";
import { setHeader } from "../http/set-header.ts";

/** Every request has an id of ours: in its answer, in its problem, in the log line of a failure. */
export const requestId: MiddlewareHandler<ApiEnv> = async (context, next) => {
  context.set("requestId", crypto.randomUUID());
  await next();
  // an upgrade's answer belongs to the relay and takes no more headers
  if (context.res.status !== 101) setHeader(context, "request-id", context.get("requestId"));
};
