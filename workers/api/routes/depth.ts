import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { VenueContextNow } from "../../../durable-objects/hub/context-answer.ts";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DEPTH_BANDS, type DepthSums } from "../../../src/shared/market/depth-profile.ts";
import { ALL } from "../../../src/shared/market/filter.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadContext } from "../../store/context.ts";
import { firstContextMs } from "../../store/reach.ts";
import { sumBands } from "../bars/totals.ts";
import { depthSchema } from "../bars/with-context.ts";
import { ladderLevels } from "../depth/ladder.ts";
import type { ApiConfig, ApiEnv } from "../env.ts";
import { askedOf, contextHead } from "../http/context-head.ts";
import { linkNext } from "../http/next-page.ts";
import { toBuckets } from "../http/query.ts";
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
import { askContext, askLive } from "../hub-answers.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { bucketQuery, filterQuery, symbolParam } from "../schema/query.ts";

/** A book older than this is shown with its age but not added to the ladder. */
const STALE_BOOK_MS = 5 * MINUTE_MS;

/** What one exchange's depth of an interval weighs at most. */
const HISTORY_BYTES = 400;

const querySchema = z.object({
  exchange: filterQuery.exchange,
  ...bucketQuery,
  levels: z
    .enum(["true", "false"])
    .optional()
    .openapi({ description: "Lay estimated liquidation levels on the ladder; default false." }),
  ...intervalQuery,
  ...spanQuery,
});

const bandSchema = z.object({
  band: z.number().openapi({ description: "Half width, fraction of the mid price.", example: 0.01 }),
  bidUsd: z.number(),
  askUsd: z.number(),
  complete: z.boolean().openapi({ description: "False where a book received ends inside the band: a lower bound." }),
});
const usd = z.number();
const answerSchema = z
  .object({
    ...envelopeShape,
    symbol: z.string(),
    bucketsPerLevel: z.number().int(),
    bands: z.array(bandSchema).openapi({ description: "Now, the exchanges of the ladder together." }),
    exchanges: z.array(
      z.object({
        id: z.string(),
        bookTimeMs: z.number().nullable(),
        ageMs: z.number().nullable(),
        inLadder: z.boolean(),
        midPrice: z.number().nullable(),
        bands: z.array(bandSchema),
      }),
    ),
    ladder: z
      .array(
        z.object({
          price: z.number().openapi({ description: "Lower bound of the level." }),
          bidUsd: usd,
          askUsd: usd,
          byExchange: z.record(z.string(), z.object({ bidUsd: usd, askUsd: usd })),
          estimatedLongLiquidationUsd: usd.optional(),
          estimatedShortLiquidationUsd: usd.optional(),
        }),
      )
      .openapi({ description: "Within 5 % of the price, ascending; levels without anything are left out." }),
    depthBands: z.array(z.number()).optional(),
    intervalMs: z.number().int().optional(),
    fromMs: z.number().int().optional(),
    toMs: z.number().int().optional(),
    availableFromMs: reachShape.availableFromMs.optional(),
    nextFromMs: nextFromShape.nextFromMs.optional(),
    history: z
      .array(
        z.object({
          startMs: z.number().int(),
          bidUsd: z.array(z.number()).nullable(),
          askUsd: z.array(z.number()).nullable(),
          byExchange: z.record(z.string(), depthSchema),
        }),
      )
      .optional()
      .openapi({ description: "Given with `interval`: USD within `depthBands`, mean of the books seen." }),
  })
  .openapi("Depth");

const route = createRoute({
  method: "get",
  path: "/v1/depth/{symbol}",
  summary: "Order books of the exchanges on one ladder, and how deep they are and were",
  request: { params: symbolParam, query: querySchema },
  responses: {
    200: { description: "The ladder", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const depthRoute = new OpenAPIHono<ApiEnv>();

depthRoute.openapi(route, async (context) => {
  const query = context.req.valid("query");
  const { exchange } = query;
  const asked = askedOf(context, Object.keys(querySchema.shape), { ...context.req.valid("param"), exchange });
  const { config, symbol, venues } = asked;
  const height = toBuckets(query.bucket) ?? 1;
  const history = await historyOf(query, { db: context.env.DB, symbol, venues: venues ?? config.venues }, config);
  if (history !== null) linkNext(context, history.nextFromMs);
  const [hub, live] = await Promise.all([
    askContext(context.env, symbol),
    query.levels === "true" ? askLive(context.env, symbol, { ...ALL, venues }, MINUTE_MS) : null,
  ]);
  const shown = hub.venues.filter(({ id }) => venues === null || venues.includes(id));
  const books = shown.flatMap(({ id, book }) =>
    book === null || hub.asOf - book.at > STALE_BOOK_MS ? [] : [{ id, ...book }],
  );
  return context.json(
    {
      ...contextHead(context, hub, asked),
      bucketsPerLevel: height,
      bands: bandsOf(books.map(({ sums }) => sums)),
      exchanges: shown.map((venue) => exchangeOf(venue, hub.asOf)),
      ladder: books.length === 0 ? [] : ladderLevels(books, height, live?.levels ?? null),
      ...history,
    },
    200,
  );
});

function exchangeOf({ id, book }: VenueContextNow, now: EpochMs) {
  const ageMs = book === null ? null : Math.max(0, now - book.at);
  return {
    id,
    bookTimeMs: book?.at ?? null,
    ageMs,
    inLadder: ageMs !== null && ageMs <= STALE_BOOK_MS,
    midPrice: book?.ladder.mid ?? null,
    bands: book === null ? [] : bandsOf([book.sums]),
  };
}

function bandsOf(sums: readonly DepthSums[]) {
  if (sums.length === 0) return [];
  return DEPTH_BANDS.map((band, i) => ({
    band,
    bidUsd: Math.round(sums.reduce((total, { bidUsd }) => total + (bidUsd[i] ?? 0), 0)),
    askUsd: Math.round(sums.reduce((total, { askUsd }) => total + (askUsd[i] ?? 0), 0)),
    complete: sums.every(({ bidReach, askReach }) => bidReach >= band && askReach >= band),
  }));
}

async function historyOf(
  query: z.infer<typeof querySchema>,
  { db, symbol, venues }: { db: D1Database; symbol: string; venues: readonly string[] },
  config: ApiConfig,
) {
  if (query.interval === undefined) {
    const parameter = (["from", "to", "limit"] as const).find((name) => query[name] !== undefined);
    if (parameter === undefined) return null;
    throw new ApiError("invalid-parameter", `parameter ${parameter} belongs to history: give an interval`, {
      parameter,
    });
  }
  const intervalMs = BAR_INTERVALS[query.interval];
  const availableFromMs = await firstContextMs(db, symbol, intervalMs);
  const held = intervalsWithin((venues.length + 1) * HISTORY_BYTES);
  const span = toSpan(query, intervalMs, config, { held, availableFromMs });
  const columns = await loadContext(db, { symbol, intervalMs, ...span, limit: MAX_BARS });
  const history = columns.map(({ startMs, venues: parts }) => {
    const shown = Object.entries(parts).filter(([id]) => venues.includes(id));
    return {
      startMs,
      bidUsd: sumBands(shown.map(([, part]) => part.depth?.bidUsd)),
      askUsd: sumBands(shown.map(([, part]) => part.depth?.askUsd)),
      byExchange: Object.fromEntries(shown.map(([id, part]) => [id, part.depth])),
    };
  });
  return { depthBands: [...DEPTH_BANDS], intervalMs, ...span, availableFromMs, history };
}
