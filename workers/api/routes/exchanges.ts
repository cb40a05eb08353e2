import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { FEED_COMPLETENESS, liquidationFeedOf } from "../../../src/shared/market/liquidation-feed.ts";
import { VENUE_STATES } from "../../../src/shared/market/venue-status.ts";
import { modelVersion } from "../../../src/shared/model/state.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { askDeployment, deploymentEnvelope } from "../http/deployment.ts";
import { entityTag } from "../http/entity-tag.ts";
import { exchangeTotals } from "../http/exchange-totals.ts";
import { askFeeds } from "../http/feed-facts.ts";
import { refuseUnknown } from "../http/query.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { feedFactsSchema } from "../schema/feed-facts.ts";

const stateShape = {
  state: z.enum(VENUE_STATES),
  ageMs: z.number().nullable(),
  openInterestUsd: z.number().nullable(),
  modelled: z.boolean(),
  reason: z.string().optional(),
};

const answerSchema = z
  .object({
    ...envelopeShape,
    exchanges: z.array(
      z.object({
        id: z.string().openapi({ example: "binance" }),
        name: z.string().openapi({ example: "Binance USD-M" }),
        ...stateShape,
        lacks: z
          .array(z.object({ what: z.string(), note: z.string() }))
          .openapi({ description: "What this exchange does not offer publicly; it is left out, never guessed." }),
        feed: feedFactsSchema,
        liquidationFeed: z
          .object({ completeness: z.enum(FEED_COMPLETENESS), note: z.string(), source: z.string() })
          .openapi({ description: "What its public feed of liquidations contains." }),
        symbols: z.array(z.object({ symbol: z.string(), id: z.string(), ...stateShape })),
      }),
    ),
  })
  .openapi("Exchanges");

const route = createRoute({
  method: "get",
  path: "/v1/exchanges",
  summary: "The exchanges: state, age, and what each does not offer",
  responses: {
    200: { description: "The exchanges", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const exchangesRoute = new OpenAPIHono<ApiEnv>();

exchangesRoute.openapi(route, async (context) => {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), []);
  const [deployment, feeds] = await Promise.all([askDeployment(context.env, config), askFeeds(context.env, config)]);
  const envelope = deploymentEnvelope(deployment, config, modelVersion(config.params));
  context.header("etag", entityTag(envelope));
  context.header("cache-control", "public, max-age=5, stale-while-revalidate=30");
  return context.json(
    {
      ...envelope,
      exchanges: config.venues.map((id) => {
        const { name, lacks } = adapterOf(id);
        return {
          name,
          lacks: [...lacks],
          liquidationFeed: liquidationFeedOf(id),
          feed: feeds.get(id) ?? null,
          ...exchangeTotals(deployment.reports, id),
        };
      }),
    },
    200,
  );
});
