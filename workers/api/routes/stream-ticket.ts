import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { ApiEnv } from "../env.ts";
import { readJson } from "../http/body.ts";
import { refuseUnknown } from "../http/query.ts";
import { issueTicket } from "../keys/ticket.ts";
import { keyProblemResponses, problemResponses, problemSchema } from "../schema/envelope.ts";

/** There is nothing to say: more is a mistake, or meant for another address. */
const MAX_BODY_BYTES = 1_024;
const emptySchema = z.strictObject({});

const answerSchema = z
  .object({
    ticket: z
      .string()
      .openapi({ description: "For `/v1/stream?ticket=`.", example: "3f0c2b7a9d1e4c58.1768092660000.9a…" }),
    expiresMs: z
      .number()
      .int()
      .openapi({ description: "Until then it opens streams, ms UTC.", example: 1768092660000 }),
  })
  .openapi("StreamTicket");

const route = createRoute({
  method: "post",
  path: "/v1/stream/ticket",
  summary: "A ticket that opens streams with a key's plan for a minute",
  description: "A browser's WebSocket sends no header, and a key never stands in an address.",
  security: [{ key: [] }],
  responses: {
    201: { description: "The ticket", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
    ...keyProblemResponses,
    413: { description: "The body is too large", content: { "application/problem+json": { schema: problemSchema } } },
  },
});

export const streamTicketRoute = new OpenAPIHono<ApiEnv>();

streamTicketRoute.openapi(route, async (context) => {
  refuseUnknown(new URL(context.req.url), []);
  const { key } = context.get("caller");
  if (key === null)
    throw new ApiError("key-required", "a stream without a key needs no ticket; with one, send the key here");
  const body = await readJson(context.req, MAX_BODY_BYTES);
  if (!emptySchema.safeParse(body).success) {
    throw new ApiError("invalid-body", "a ticket takes no body, or an empty object", { accepted: ["{}"] });
  }
  context.header("cache-control", "no-store");
  return context.json(await issueTicket(key, Date.now()), 201);
});
