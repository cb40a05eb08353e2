import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { modelVersion } from "../../../src/shared/model/state.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { askDeployment, deploymentEnvelope } from "../http/deployment.ts";
import { askFeeds } from "../http/feed-facts.ts";
import { refuseUnknown } from "../http/query.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";

/** The rule of the model: each side's mass equals open interest to this share. */
const CONSERVATION_LIMIT = 1e-6;

const sideSchema = z
  .object({ openInterestBase: z.number(), drawnBase: z.number(), reservoirBase: z.number() })
  .nullable();

const answerSchema = z
  .object({
    ...envelopeShape,
    status: z.enum(["ok", "degraded"]).openapi({ description: "ok: every exchange live, every symbol reachable." }),
    marketTime: z.number().int(),
    conservation: z
      .object({ ok: z.boolean(), limit: z.number(), worst: z.number() })
      .openapi({ description: "Worst |side mass − open interest| / open interest since the start, and its limit." }),
    unreachable: z.array(z.string()),
    clockSkewMs: z.record(z.string(), z.number().nullable()).openapi({
      description: "Each exchange's clock minus ours; null where no answer tells it, or its feed cannot be asked.",
    }),
    symbols: z.array(
      z.object({
        symbol: z.string(),
        asOf: z.number().int(),
        closedToMs: z.number().int().nullable(),
        price: z.number().nullable(),
        dayVolumeUsd: z.number().nullable().openapi({ description: "Volume of the last 24 hours that is known." }),
        historyProgress: z.number().openapi({ description: "Share of the first history that is in the model." }),
        historyFromMs: z.number().int().nullable(),
        coverageRatio: z.number().nullable(),
        thin: z.boolean().openapi({ description: "Too small for its map to mean much." }),
        thinReason: z.string().optional(),
        worstConservationError: z.number(),
        backfilledColumns: z.number().int(),
        journalSequence: z.number().int(),
        waitingForD1: z.number().int(),
        exchanges: z.array(
          z.object({
            id: z.string(),
            openInterestBase: z.number().nullable(),
            conservationError: z.number(),
            long: sideSchema,
            short: sideSchema,
            modelledToMs: z.number().int().nullable(),
            nextMinuteMs: z.number().int().nullable(),
            startOpenInterestAssumed: z.boolean().openapi({
              description: "The exchange has no open interest history: the map's past assumes the first known one.",
            }),
            missingMinutes: z.number().int(),
            gap: z.object({ fromMs: z.number().int(), reason: z.string() }).nullable().openapi({
              description: "Minutes, or their open interest, that history may still bring: the map is corrected then.",
            }),
            degradedMinutes: z.number().int(),
            clippedMinutes: z.number().int(),
            lateObservations: z.number().int(),
            doubtedPrices: z.number().int().openapi({
              description: "Prices too far from the other exchanges' median to be believed.",
            }),
            lastDoubtedPrice: z.object({ price: z.number(), median: z.number(), at: z.number().int() }).nullable(),
          }),
        ),
      }),
    ),
  })
  .openapi("Status");

const route = createRoute({
  method: "get",
  path: "/v1/status",
  summary: "Health, freshness and the conservation invariant of every symbol",
  responses: {
    200: { description: "The status", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const statusRoute = new OpenAPIHono<ApiEnv>();

statusRoute.openapi(route, async (context) => {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), []);
  const [deployment, feeds] = await Promise.all([askDeployment(context.env, config), askFeeds(context.env, config)]);
  const envelope = deploymentEnvelope(deployment, config, modelVersion(config.params));
  const worst = Math.max(0, ...deployment.reports.map((report) => report.worstConservationError));
  const allLive = envelope.coverage.exchanges.every((exchange) => exchange.state === "live");
  context.header("cache-control", "no-store");
  return context.json(
    {
      ...envelope,
      status: allLive && deployment.unreachable.length === 0 ? ("ok" as const) : ("degraded" as const),
      marketTime: config.clock.now(),
      conservation: { ok: worst <= CONSERVATION_LIMIT, limit: CONSERVATION_LIMIT, worst },
      unreachable: deployment.unreachable,
      clockSkewMs: Object.fromEntries([...feeds].map(([id, facts]) => [id, facts?.skewMs ?? null])),
      symbols: deployment.reports.map(({ coverage, venues, modelVersion: _, ...report }) => ({
        ...report,
        coverageRatio: coverage.ratio,
        thin: coverage.thin,
        ...(coverage.thinReason === undefined ? {} : { thinReason: coverage.thinReason }),
        // what has been learned is /v1/models' to tell
        exchanges: venues.map(({ beliefs: _beliefs, learnedMinutes: _minutes, ...venue }) => venue),
      })),
    },
    200,
  );
});
