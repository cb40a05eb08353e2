import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DAY_MS } from "../../../src/shared/time/clock.ts";
import { loadUsage } from "../../store/api-keys.ts";
import type { ApiEnv } from "../env.ts";
import { refuseUnknown } from "../http/query.ts";
import { writeUsage } from "../keys/usage.ts";
import { keyProblemResponses, problemResponses } from "../schema/envelope.ts";

const SHOWN_DAYS = 90;

const answerSchema = z
  .object({
    id: z.string().openapi({ example: "3f0c2b7a9d1e4c58" }),
    name: z.string().openapi({ example: "my dashboard" }),
    plan: z.object({
      id: z.string().openapi({ example: "free" }),
      perMinute: z.number().int().openapi({ example: 1200 }),
      perTenSeconds: z.number().int().openapi({ example: 400 }),
      streams: z.number().int().openapi({ description: "Open streams per symbol.", example: 50 }),
    }),
    origins: z.array(z.string()).openapi({ example: ["https://example.org"] }),
    createdMs: z.number().int().openapi({ example: 1768092600000 }),
    days: z
      .array(z.object({ dayMs: z.number().int(), requests: z.number().int(), refused: z.number().int() }))
      .openapi({
        description: `UTC days with requests, the last ${SHOWN_DAYS}; refused ones are among them.`,
        example: [{ dayMs: 1768089600000, requests: 1204, refused: 3 }],
      }),
  })
  .openapi("Usage");

const route = createRoute({
  method: "get",
  path: "/v1/usage",
  summary: "What the key of this request may do, and how much it was used",
  security: [{ key: [] }],
  responses: {
    200: { description: "Plan and usage", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
    ...keyProblemResponses,
  },
});

export const usageRoute = new OpenAPIHono<ApiEnv>();

usageRoute.openapi(route, async (context) => {
  refuseUnknown(new URL(context.req.url), []);
  const { key, plan } = context.get("caller");
  if (key === null)
    throw new ApiError("key-required", "usage is counted per key: send one as Authorization: Bearer fl_live_…");
  await writeUsage(context.env.DB, key.id);
  const days = await loadUsage(context.env.DB, key.id, Date.now() - SHOWN_DAYS * DAY_MS);
  const { id, name, origins, createdMs } = key;
  const { binding: _, ...limits } = plan;
  context.header("cache-control", "no-store");
  return context.json({ id, name, plan: limits, origins, createdMs, days }, 200);
});
