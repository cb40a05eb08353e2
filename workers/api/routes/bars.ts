import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { DEPTH_BANDS } from "../../../src/shared/market/depth-profile.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadContext } from "../../store/context.ts";
import { firstColumnMs, firstMinuteMs } from "../../store/reach.ts";
import { columnRows, minuteRows } from "../bars/rows.ts";
import { totalsOf, totalsSchema } from "../bars/totals.ts";
import { contextFields, withContext } from "../bars/with-context.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { coverageOf } from "../http/coverage.ts";
import { entityTag } from "../http/entity-tag.ts";
import { linkNext } from "../http/next-page.ts";
import { refuseUnknown, toSymbol, toVenues, withPrefix } from "../http/query.ts";
import { reachShape } from "../http/reach.ts";
import {
  BAR_INTERVALS,
  intervalQuery,
  intervalsWithin,
  MAX_BARS,
  nextFromShape,
  spanQuery,
  toSpan,
} from "../http/span.ts";
import { askReport } from "../hub-answers.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { filterQuery, symbolParam } from "../schema/query.ts";

/** What a bar of one exchange weighs with every field given at full precision, and what the totals of an interval do. */
const [ROW_BYTES, TOTAL_BYTES] = [1_100, 900];

const querySchema = z.object({ exchange: filterQuery.exchange, ...intervalQuery, ...spanQuery });

const number = z.number().nullable();
const answerSchema = z
  .object({
    ...envelopeShape,
    symbol: z.string(),
    intervalMs: z.number().int(),
    fromMs: z.number().int(),
    toMs: z.number().int(),
    ...reachShape,
    ...nextFromShape,
    bars: z.array(
      z.object({
        exchange: z.string(),
        startMs: z.number().int(),
        open: number,
        high: number,
        low: number,
        close: number,
        volumeBase: number,
        takerBuyBase: number.openapi({ description: "Null where the exchange does not tell." }),
        openInterestBase: number.openapi({ description: "One side, end of the bar." }),
        openInterestUsd: number,
        openInterestSides: z
          .object({ longBase: z.number(), shortBase: z.number() })
          .optional()
          .openapi({ description: "Where the sides differ; openInterestBase is then their mean. 1m only." }),
        fundingRate: number.openapi({ description: "Fraction charged in this bar; positive: longs pay." }),
        observedLongLiquidationUsd: number.openapi({ description: "Reported by the exchange, never estimated." }),
        observedShortLiquidationUsd: number,
        openInterestCarried: z.boolean().openapi({ description: "No open interest of its own arrived." }),
        fromHistory: z.boolean(),
        ...contextFields,
        missingMinutes: z.number().int().optional().openapi({
          description:
            "Set when minutes of this wider bar could not be had, in a bar made of minutes because its exchange was late at the bar's end: the figures are of the other minutes.",
        }),
        missingReason: z.string().optional().openapi({ description: "Set when minutes could not be had: why." }),
      }),
    ),
    cvdFromMs: z
      .number()
      .int()
      .openapi({ description: "Where the cumulative volume delta of this answer starts at 0." }),
    depthBands: z
      .array(z.number())
      .openapi({ description: "Half widths of the depth sums, fractions of the mid price." }),
    totals: z.array(totalsSchema).openapi({ description: "The exchanges of this answer together, per column." }),
  })
  .openapi("Bars");

const route = createRoute({
  method: "get",
  path: "/v1/bars/{symbol}",
  summary: "What the exchanges reported: prices, volume, open interest, observed liquidations",
  request: { params: symbolParam, query: querySchema },
  responses: {
    200: { description: "The bars, oldest first", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const barsRoute = new OpenAPIHono<ApiEnv>();

barsRoute.openapi(route, async (context) => {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), Object.keys(querySchema.shape));
  const asked = context.req.valid("param").symbol;
  const symbol = toSymbol(asked, config);
  const query = withPrefix(asked, context.req.valid("query"));
  const venues = query.exchange === undefined ? [...config.venues] : toVenues(query.exchange, config);
  const intervalMs = BAR_INTERVALS[query.interval ?? "1m"];
  const [report, availableFromMs] = await Promise.all([
    askReport(context.env, symbol),
    intervalMs === MINUTE_MS
      ? firstMinuteMs(context.env.DB, { symbol, venues })
      : firstColumnMs(context.env.DB, symbol, intervalMs),
  ]);
  const held = intervalsWithin(venues.length * ROW_BYTES + TOTAL_BYTES);
  const { fromMs, toMs, nextFromMs } = toSpan(query, intervalMs, config, { held, availableFromMs });
  const range = { symbol, intervalMs, fromMs, toMs };
  const reported =
    intervalMs === MINUTE_MS
      ? minuteRows(context.env.DB, { symbol, venues, fromMs, toMs, limit: MAX_BARS * venues.length })
      : columnRows(context.env.DB, range, venues);
  const around = loadContext(context.env.DB, { ...range, limit: MAX_BARS });
  const bars = withContext(await reported, await around, intervalMs);
  linkNext(context, nextFromMs);
  context.header("etag", entityTag(report));
  context.header("cache-control", "public, max-age=5, stale-while-revalidate=30");
  return context.json(
    {
      asOf: report.asOf,
      modelVersion: report.modelVersion,
      dataSource: config.dataSource,
      coverage: coverageOf(report.coverage, query.exchange === undefined ? null : { ...ALL_OF, venues }),
      symbol,
      intervalMs,
      fromMs,
      toMs,
      availableFromMs,
      nextFromMs,
      bars,
      cvdFromMs: fromMs,
      depthBands: [...DEPTH_BANDS],
      totals: totalsOf(bars, intervalMs),
    },
    200,
  );
});

const ALL_OF = { tiers: null, age: "all", side: "both", mode: "exposed", delta: null } as const;
