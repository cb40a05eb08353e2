import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DAY_MS, HOUR_MS, intervalStart, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadColumns } from "../../store/columns.ts";
import { loadMinutes, type StoredMinute } from "../../store/minute-bars.ts";
import { type ApiConfig, type ApiEnv, configOf } from "../env.ts";
import { coverageOf } from "../http/coverage.ts";
import { entityTag } from "../http/entity-tag.ts";
import { refuseUnknown, toSymbol, toVenues, withPrefix } from "../http/query.ts";
import { timeQuery, toTime } from "../http/times.ts";
import { askReport } from "../hub-answers.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { filterQuery, symbolParam } from "../schema/query.ts";

const INTERVALS = {
  "1m": MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "2h": 2 * HOUR_MS,
  "6h": 6 * HOUR_MS,
  "12h": 12 * HOUR_MS,
  "1d": DAY_MS,
} as const;
type Interval = keyof typeof INTERVALS;

const MAX_BARS = 1_500;
const DEFAULT_BARS = 500;

const querySchema = z.object({
  exchange: filterQuery.exchange,
  interval: z
    .enum(Object.keys(INTERVALS) as [Interval, ...Interval[]])
    .optional()
    .openapi({ example: "1m" }),
  from: timeQuery("Start, ms UTC, inclusive."),
  to: timeQuery("End, ms UTC, exclusive; default now."),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, `was no number from 1 to ${MAX_BARS}`)
    .optional()
    .openapi({ description: `Intervals wanted, at most ${MAX_BARS}; default ${DEFAULT_BARS}.`, example: "500" }),
});

const number = z.number().nullable();
const answerSchema = z
  .object({
    ...envelopeShape,
    symbol: z.string(),
    intervalMs: z.number().int(),
    fromMs: z.number().int(),
    toMs: z.number().int(),
    nextFromMs: z.number().int().nullable().openapi({
      description: "Set when more was asked for than one answer holds: go on with `from` here. Also a Link header.",
    }),
    bars: z.array(
      z.object({
        exchange: z.string(),
        startMs: z.number().int(),
        open: number,
        high: number,
        low: number,
        close: number,
        volumeBase: number,
        takerBuyBase: number.openapi({ description: "Null where the exchange does not tell, and above 1m." }),
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
        missingReason: z.string().optional().openapi({ description: "Set when this minute could not be had." }),
      }),
    ),
  })
  .openapi("Bars");

type BarRow = z.infer<typeof answerSchema>["bars"][number];

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
  const intervalMs = INTERVALS[query.interval ?? "1m"];
  const { fromMs, toMs, nextFromMs } = span(query, intervalMs, config);
  const report = await askReport(context.env, symbol);
  const bars =
    intervalMs === MINUTE_MS
      ? await minuteRows(context.env.DB, { symbol, venues, fromMs, toMs, limit: MAX_BARS * venues.length })
      : await columnRows(context.env.DB, { symbol, intervalMs, fromMs, toMs }, venues);
  if (nextFromMs !== null) {
    const next = new URL(context.req.url);
    next.searchParams.set("from", String(nextFromMs));
    context.header("link", `<${next.pathname}${next.search}>; rel="next"`);
  }
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
      nextFromMs,
      bars,
    },
    200,
  );
});

const ALL_OF = { tiers: null, age: "all", side: "both", mode: "exposed", delta: null } as const;

function span(query: z.infer<typeof querySchema>, intervalMs: number, config: ApiConfig) {
  const now = config.clock.now();
  const limit = query.limit === undefined ? DEFAULT_BARS : Number(query.limit);
  if (limit < 1 || limit > MAX_BARS) {
    throw new ApiError("invalid-parameter", `limit was ${limit}, expected 1 to ${MAX_BARS}`, { parameter: "limit" });
  }
  const toMs = query.to === undefined ? intervalStart(now, intervalMs) + intervalMs : toTime("to", query.to);
  const fromMs = query.from === undefined ? toMs - limit * intervalMs : toTime("from", query.from);
  if (fromMs >= toMs) {
    throw new ApiError("invalid-parameter", `from was ${fromMs}, expected a time before to (${toMs})`, {
      parameter: "from",
    });
  }
  if (fromMs > now) {
    throw new ApiError("invalid-parameter", `from was ${fromMs}, which is in the future (now ${now})`, {
      parameter: "from",
    });
  }
  const endMs = Math.min(toMs, fromMs + limit * intervalMs);
  return { fromMs, toMs: endMs, nextFromMs: endMs < Math.min(toMs, now) ? endMs : null };
}

async function minuteRows(db: D1Database, query: Parameters<typeof loadMinutes>[1]): Promise<BarRow[]> {
  const minutes = await loadMinutes(db, query);
  return minutes.map((minute) => ({
    ...openInterestOf(minute),
    exchange: minute.venue,
    startMs: minute.minuteMs,
    open: minute.open,
    high: minute.high,
    low: minute.low,
    close: minute.close,
    volumeBase: minute.volumeBase,
    takerBuyBase: minute.takerBuyBase,
    fundingRate: minute.fundingRate,
    observedLongLiquidationUsd: minute.observedLongUsd,
    observedShortLiquidationUsd: minute.observedShortUsd,
    openInterestCarried: minute.openInterestCarried,
    fromHistory: minute.fromHistory,
    ...(minute.missingReason === null ? {} : { missingReason: minute.missingReason }),
  }));
}

function openInterestOf({ openInterestBase: longBase, shortOpenInterestBase: shortBase, close }: StoredMinute) {
  const base = longBase === null ? null : (longBase + (shortBase ?? longBase)) / 2;
  return {
    openInterestBase: base,
    openInterestUsd: base === null || close === null ? null : base * close,
    ...(longBase === null || shortBase === null ? {} : { openInterestSides: { longBase, shortBase } }),
  };
}

async function columnRows(
  db: D1Database,
  query: Parameters<typeof loadColumns>[1],
  venues: readonly string[],
): Promise<BarRow[]> {
  const columns = await loadColumns(db, query);
  return columns.flatMap((column) =>
    column.venues
      .filter((venue) => venues.includes(venue.id))
      .map((venue) => ({
        exchange: venue.id,
        startMs: column.startMs,
        open: venue.open,
        high: venue.high,
        low: venue.low,
        close: venue.close,
        volumeBase: venue.volumeBase,
        takerBuyBase: null,
        openInterestBase: venue.close > 0 ? venue.openInterestUsd / venue.close : null,
        openInterestUsd: venue.openInterestUsd,
        fundingRate: null,
        observedLongLiquidationUsd: null,
        observedShortLiquidationUsd: null,
        openInterestCarried: false,
        fromHistory: column.backfilled,
      })),
  );
}
