import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { AGES, MODES, TIERS } from "../../../src/shared/market/filter.ts";
import { FEED_COMPLETENESS, liquidationFeedOf } from "../../../src/shared/market/liquidation-feed.ts";
import { PRESET_SPECS, PRESETS } from "../../../src/shared/market/preset.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { feedParams, type ModelParams, valuesOf } from "../../../src/shared/model/params.ts";
import { modelVersion } from "../../../src/shared/model/state.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { askDeployment, deploymentEnvelope } from "../http/deployment.ts";
import { entityTag } from "../http/entity-tag.ts";
import { refuseUnknown } from "../http/query.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";

const tierSchema = z.object({
  leverage: z.number().int().openapi({ example: 25 }),
  flowWeight: z.number().openapi({ description: "Share of opened size that this tier is taken to have." }),
  factor: z.number().openapi({
    description: "How much more (above 1) or less is reported of this tier's swept value than assumed, ¼ to 4.",
    example: 1,
  }),
  uncertainty: z
    .number()
    .nullable()
    .openapi({ description: "One standard deviation of the factor, √α/β; null before any evidence." }),
  source: z.enum(["assumed", "learned"]).openapi({
    description: "learned: the evidence weighs more than the prior and holds 20 independent sweeps.",
  }),
  independentSweeps: z.number().openapi({ description: "Sweeps an hour apart, fading over 30 days." }),
});

const feedSchema = z.object({
  share: z.number(),
  floorUsdPerMinute: z.number().nullable(),
  flowWeights: z.array(z.number()).nullable(),
});

type Values = Record<string, number | number[] | Record<string, z.infer<typeof feedSchema>>>;

const answerSchema = z
  .object({
    ...envelopeShape,
    presets: z.array(
      z.object({
        id: z.enum(PRESETS),
        description: z.string(),
        filter: z.object({ mode: z.enum(MODES), age: z.enum(AGES) }),
      }),
    ),
    parameters: z.object({
      name: z.string().openapi({ example: "default" }),
      version: z.string(),
      values: z.record(z.string(), z.union([z.number(), z.array(z.number()), z.record(z.string(), feedSchema)])),
      provenance: z.record(
        z.string(),
        z.object({ source: z.enum(["data", "sim", "docs", "literature", "assumed"]), note: z.string() }),
      ),
    }),
    exchanges: z.array(
      z.object({
        id: z.enum(VENUES),
        feed: z
          .object({ completeness: z.enum(FEED_COMPLETENESS), note: z.string(), source: z.string() })
          .openapi({ description: "How much of its liquidations the exchange's public feed shows." }),
        symbols: z.array(
          z.object({
            symbol: z.string().openapi({ example: "BTC" }),
            reportedShare: z.number().openapi({ description: "Reported USD per swept USD, before any factor." }),
            observedMinutes: z.number().openapi({ description: "Minutes learned from, fading over 30 days." }),
            tiers: z.array(tierSchema),
          }),
        ),
      }),
    ),
  })
  .openapi("Models");

const route = createRoute({
  method: "get",
  path: "/v1/models",
  summary: "The three presets, the parameters behind them, and what has been learned",
  description:
    "One model, three named views. Weights of tiers are weakly identified by liquidation totals: each is labelled assumed or learned, with its uncertainty. Factors scale expected figures, never the conserved size.",
  responses: {
    200: { description: "The models", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const modelsRoute = new OpenAPIHono<ApiEnv>();

modelsRoute.openapi(route, async (context) => {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), []);
  const deployment = await askDeployment(context.env, config);
  const { params } = config;
  const envelope = deploymentEnvelope(deployment, config, modelVersion(params));
  context.header("etag", entityTag(envelope));
  context.header("cache-control", "public, max-age=60");
  return context.json(
    {
      ...envelope,
      presets: PRESETS.map((id) => ({ id, ...PRESET_SPECS[id] })),
      parameters: parametersOf(params),
      exchanges: config.venues.map((id) => {
        const { completeness, note, source } = liquidationFeedOf(id);
        return {
          id,
          feed: { completeness, note, source },
          symbols: deployment.reports.flatMap((report) => {
            const venue = report.venues.find((one) => one.id === id);
            if (venue === undefined) return [];
            const feed = feedParams(params, id, report.symbol);
            const weights = feed.flowWeights ?? params.flowWeights;
            return {
              symbol: report.symbol,
              reportedShare: feed.share,
              observedMinutes: Math.round(venue.learnedMinutes),
              tiers: venue.beliefs.map(({ theta, uncertainty, source: from, sweeps }, k) => ({
                leverage: TIERS[k] ?? 0,
                flowWeight: weights[k] ?? 0,
                factor: rounded(theta),
                uncertainty: uncertainty === null ? null : rounded(uncertainty),
                source: from,
                independentSweeps: rounded(sweeps),
              })),
            };
          }),
        };
      }),
    },
    200,
  );
});

function parametersOf(params: ModelParams) {
  const { name, version, provenance } = params;
  return {
    name,
    version,
    values: structuredClone(valuesOf(params)) as unknown as Values,
    provenance: { ...provenance },
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
