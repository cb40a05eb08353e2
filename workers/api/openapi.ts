// The OpenAPI document, generated from the routes' own schemas; the WebSocket is described in words.
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnv } from "./env.ts";

export function openapiDocument(app: OpenAPIHono<ApiEnv>) {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Faultline",
      version: "1",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      description:
        "Estimated liquidation levels of leveraged crypto positions, conserved to open interest. JSON, camelCase, times in ms UTC, USD. Estimates are isolated-equivalent: never exact prices. Live updates: WebSocket GET /v1/stream?symbol=BTC&format=json with the filter parameters of /v1/heatmap and `range`; messages are `snapshot`, then `delta` with a sequence number; `since=` resumes; the text `ping` is answered `pong`.",
    },
    servers: [{ url: "/" }],
  });
}
