import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { modelVersion } from "../../../src/shared/model/state.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { askDeployment, deploymentEnvelope } from "../http/deployment.ts";
import { entityTag } from "../http/entity-tag.ts";
import { refuseUnknown } from "../http/query.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";

const answerSchema = z
  .object({
    ...envelopeShape,
    symbols: z.array(
      z.object({
        symbol: z.string().openapi({ example: "BTC" }),
        price: z.number().nullable(),
        openInterestUsd: z.number().nullable(),
        volumeUsd: z
          .number()
          .nullable()
          .openapi({ description: "Traded value of the last 24 hours; null before a whole day is known." }),
        coverageRatio: z.number().nullable(),
        thin: z
          .boolean()
          .openapi({ description: "True when open interest or daily volume is too small for the map to mean much." }),
        thinReason: z.string().optional(),
        exchanges: z.array(z.string()).openapi({ description: "Exchanges in its map right now." }),
      }),
    ),
  })
  .openapi("Symbols");

const route = createRoute({
  method: "get",
  path: "/v1/symbols",
  summary: "Which symbols are served",
  responses: {
    200: { description: "The symbols", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const symbolsRoute = new OpenAPIHono<ApiEnv>();

symbolsRoute.openapi(route, async (context) => {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), []);
  const deployment = await askDeployment(context.env, config);
  const envelope = deploymentEnvelope(deployment, config, modelVersion(config.params));
  context.header("etag", entityTag(envelope));
  context.header("cache-control", "public, max-age=5, stale-while-revalidate=30");
  return context.json(
    {
      ...envelope,
      symbols: config.symbols.map((symbol) => {
        const report = deployment.reports.find((one) => one.symbol === symbol);
        const exchanges = report?.coverage.exchanges ?? [];
        const known = exchanges.flatMap((exchange) => exchange.openInterestUsd ?? []);
        const openInterestUsd = known.length > 0 ? known.reduce((a, b) => a + b, 0) : null;
        const { thin = false, thinReason } = report?.coverage ?? {};
        return {
          symbol,
          price: report?.price ?? null,
          openInterestUsd,
          volumeUsd: report?.dayVolumeUsd ?? null,
          coverageRatio: report?.coverage.ratio ?? null,
          thin,
          ...(thinReason === undefined ? {} : { thinReason }),
          exchanges: exchanges.filter((exchange) => exchange.modelled).map((exchange) => exchange.id),
        };
      }),
    },
    200,
  );
});
