import { OpenAPIHono, z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { STREAM_FORMATS } from "../../../src/shared/protocol/messages.ts";
import type { ApiEnv } from "../env.ts";
import { askRelay, relayRequest, subscriptionQuery } from "../stream/relay-request.ts";

export const streamQuery = z.object({ ...subscriptionQuery, format: z.enum(STREAM_FORMATS).optional() });

/** GET /v1/stream: a WebSocket; messages in src/shared/protocol/messages.ts. */
export const streamRoute = new OpenAPIHono<ApiEnv>();

streamRoute.get("/v1/stream", async (context) => {
  const request = await relayRequest(context, streamQuery);
  if (context.req.header("upgrade")?.toLowerCase() !== "websocket") {
    throw new ApiError("upgrade-required", "this address speaks WebSocket: connect with ws:// or wss://");
  }
  request.address.searchParams.set("format", request.query.format ?? "json");
  return askRelay(context.env, request);
});
