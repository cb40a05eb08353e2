import { OpenAPIHono, z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { ApiEnv } from "../env.ts";
import { eventStream } from "../stream/event-stream.ts";
import { askRelay, relayRequest, subscriptionQuery } from "../stream/relay-request.ts";

export const eventsQuery = z.object(subscriptionQuery);

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  // proxies of the nginx kind gather answers unless told
  "x-accel-buffering": "no",
};

/** Spread, so that the clients of a relay that was restarted do not all come back at once. */
const RETRY_MS = { least: 2_000, most: 5_000 };

/** GET /v1/events: the stream's messages as server-sent events, for clients that have no WebSocket. */
export const eventsRoute = new OpenAPIHono<ApiEnv>();

eventsRoute.get("/v1/events", async (context) => {
  const request = await relayRequest(context, eventsQuery);
  const resumed = lastEventId(context.req.header("last-event-id"));
  // a client that comes back repeats the address it began with: the header is newer
  if (resumed !== null) request.address.searchParams.set("since", resumed);
  if (context.req.method === "HEAD") return context.body(null, 200, HEADERS);
  request.address.searchParams.set("refuse", "status");
  const { status, webSocket } = await askRelay(context.env, request);
  if (status === 429 || webSocket === null) {
    throw new ApiError("rate-limited", "as many streams are open as this plan allows: close one, or try again later", {
      retryAfterSeconds: 10,
    });
  }
  const retryMs = RETRY_MS.least + Math.random() * (RETRY_MS.most - RETRY_MS.least);
  return context.body(eventStream(webSocket, retryMs), 200, HEADERS);
});

/** Number of the last message a client has; null when it sends none. */
function lastEventId(text: string | undefined): string | null {
  if (text === undefined || text === "") return null;
  if (/^\d{1,15}$/.test(text)) return text;
  const was = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  throw new ApiError("invalid-parameter", `header Last-Event-ID was "${was}": it was no sequence number`, {
    parameter: "Last-Event-ID",
  });
}
