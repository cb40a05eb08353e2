import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { VenueContext } from "../../../src/shared/market/context.ts";
import { FEED_COMPLETENESS, liquidationFeedOf } from "../../../src/shared/market/liquidation-feed.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadContext, loadGaps } from "../../store/context.ts";
import { loadLiquidations } from "../../store/liquidations.ts";
import { firstContextMs, firstLiquidationMs } from "../../store/reach.ts";
import { sum } from "../bars/totals.ts";
import type { ApiEnv } from "../env.ts";
import { askedOf, contextHead } from "../http/context-head.ts";
import { formatCursor, parseCursor } from "../http/cursor.ts";
import { linkNext } from "../http/next-page.ts";
import { reachShape, refuseBefore } from "../http/reach.ts";
import {
  BAR_INTERVALS,
  intervalQuery,
  intervalsWithin,
  MAX_BARS,
  nextFromShape,
  spanQuery,
  toLimit,
  toRange,
  toSpan,
} from "../http/span.ts";
import { askContext } from "../hub-answers.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { filterQuery, symbolParam } from "../schema/query.ts";

const querySchema = z.object({
  as: z.enum(["events", "bars"]).optional().openapi({ description: "Single reports (default) or sums per interval." }),
  exchange: filterQuery.exchange,
  side: z.enum(["both", "long", "short"]).optional().openapi({ description: "Side of the position; events only." }),
  minUsd: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,6})?$/, "was no number of USD")
    .optional()
    .openapi({ description: "Only reports of at least this value; events only.", example: "100000" }),
  cursor: z.string().max(200).optional().openapi({ description: "`nextCursor` of the answer before; events only." }),
  ...intervalQuery,
  ...spanQuery,
});

/** What one exchange's sums of an interval weigh at most. */
const ROW_BYTES = 150;

/** Parameters that mean nothing for the other form. */
const ONLY_EVENTS = ["side", "minUsd", "cursor"] as const;
const ONLY_BARS = ["interval"] as const;

const observedSchema = {
  observedLongUsd: z.number().nullable(),
  observedShortUsd: z.number().nullable(),
  observedCount: z.number().nullable(),
};
const answerSchema = z
  .object({
    ...envelopeShape,
    symbol: z.string(),
    fromMs: z.number().int(),
    toMs: z.number().int(),
    ...reachShape,
    nextFromMs: nextFromShape.nextFromMs.optional(),
    feeds: z.array(
      z.object({
        exchange: z.string(),
        completeness: z.enum(FEED_COMPLETENESS).openapi({ description: "sampled: sums are lower bounds." }),
        note: z.string(),
        source: z.string(),
        listening: z.boolean().openapi({ description: "Whether its stream is open now." }),
        listenedFromMs: z.number().nullable(),
        listenedToMs: z.number().nullable(),
      }),
    ),
    gaps: z
      .array(z.object({ exchange: z.string(), fromMs: z.number().int(), toMs: z.number().int() }))
      .openapi({ description: "Nobody listened then, and no exchange resends what was missed." }),
    events: z
      .array(
        z.object({
          exchange: z.string(),
          timeMs: z.number().int(),
          side: z.enum(["long", "short"]).openapi({ description: "Side of the position." }),
          price: z.number(),
          priceKind: z.enum(["trigger", "order", "fill", "bankruptcy"]),
          observedSizeBase: z.number(),
          observedUsd: z.number(),
          receivedMs: z.number().int(),
        }),
      )
      .optional()
      .openapi({ description: "Newest first." }),
    nextCursor: z.string().nullable().optional(),
    intervalMs: z.number().int().optional(),
    bars: z
      .array(
        z.object({
          startMs: z.number().int(),
          ...observedSchema,
          byExchange: z.record(z.string(), z.object({ ...observedSchema, listenedMinutes: z.number().int() })),
        }),
      )
      .optional()
      .openapi({ description: "Oldest first; null where nobody listened and nothing was reported." }),
  })
  .openapi("Liquidations");

const route = createRoute({
  method: "get",
  path: "/v1/liquidations/{symbol}",
  summary: "Liquidations as exchanges reported them: single reports or sums, never estimates",
  request: { params: symbolParam, query: querySchema },
  responses: {
    200: { description: "Events or bars", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

type Query = z.infer<typeof querySchema>;
type Answer = z.infer<typeof answerSchema>;

export const liquidationsRoute = new OpenAPIHono<ApiEnv>();

liquidationsRoute.openapi(route, async (context) => {
  const query = context.req.valid("query");
  const { exchange } = query;
  const head = askedOf(context, Object.keys(querySchema.shape), { ...context.req.valid("param"), exchange });
  const { config, symbol } = head;
  const form = query.as ?? "events";
  for (const name of form === "events" ? ONLY_BARS : ONLY_EVENTS) refuseForm(query, name, form);
  const venues = head.venues ?? [...config.venues];
  const intervalMs = BAR_INTERVALS[query.interval ?? "5m"];
  const db = context.env.DB;
  const firsts = await Promise.all([
    firstContextMs(db, symbol, intervalMs),
    form === "bars" ? null : firstLiquidationMs(db, symbol),
  ]);
  const known = firsts.filter((first) => first !== null);
  const availableFromMs = known.length === 0 ? null : Math.min(...known);
  const held = intervalsWithin(venues.length * ROW_BYTES);
  const span = form === "bars" ? toSpan(query, intervalMs, config, { held, availableFromMs }) : null;
  const range = span ?? toRange(query, MINUTE_MS, DAY_MS, config);
  refuseBefore(query.to === undefined ? "from" : "to", range.toMs, availableFromMs);
  linkNext(context, span?.nextFromMs ?? null);
  const asked = { symbol, venues, ...range };
  const body = form === "bars" ? await barsOf(db, { ...asked, intervalMs }) : await eventsOf(db, asked, query);
  const [hub, gaps] = await Promise.all([askContext(context.env, symbol), loadGaps(db, asked)]);
  return context.json(
    {
      ...contextHead(context, hub, head),
      ...range,
      availableFromMs,
      feeds: venues.map((exchange) => {
        const now = hub.venues.find(({ id }) => id === exchange);
        return {
          exchange,
          ...liquidationFeedOf(exchange),
          listening: now?.isListening ?? false,
          listenedFromMs: now?.listening?.fromMs ?? null,
          listenedToMs: now?.listening?.toMs ?? null,
        };
      }),
      gaps: gaps.map(({ venue: exchange, fromMs, toMs }) => ({ exchange, fromMs, toMs })),
      ...body,
    },
    200,
  );
});

function refuseForm(query: Query, parameter: keyof Query, form: string): void {
  if (query[parameter] === undefined) return;
  throw new ApiError("invalid-parameter", `parameter ${parameter} has no meaning with as=${form}`, { parameter });
}

type Range = Parameters<typeof loadGaps>[1];

async function eventsOf(db: D1Database, range: Range, query: Query): Promise<Pick<Answer, "events" | "nextCursor">> {
  const limit = toLimit(query.limit);
  const rows = await loadLiquidations(db, {
    ...range,
    side: query.side === undefined || query.side === "both" ? null : query.side,
    minUsd: Number(query.minUsd ?? 0),
    after: query.cursor === undefined ? null : parseCursor(query.cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    events: page.map(({ venue, atMs, side, price, priceKind, sizeBase, notionalUsd, receivedMs }) => ({
      exchange: venue,
      timeMs: atMs,
      side,
      price,
      priceKind,
      observedSizeBase: sizeBase,
      observedUsd: notionalUsd,
      receivedMs,
    })),
    nextCursor: rows.length > limit && last !== undefined ? formatCursor(last) : null,
  };
}

async function barsOf(
  db: D1Database,
  range: Range & { intervalMs: number },
): Promise<Pick<Answer, "bars" | "intervalMs">> {
  const columns = await loadContext(db, { ...range, limit: MAX_BARS });
  const bars = columns.map(({ startMs, venues }) => {
    const parts = range.venues.flatMap((id): [VenueId, VenueContext][] => {
      const part = venues[id];
      return part === undefined ? [] : [[id, part]];
    });
    return {
      startMs,
      observedLongUsd: sum(parts.map(([, part]) => part.observedLongUsd)),
      observedShortUsd: sum(parts.map(([, part]) => part.observedShortUsd)),
      observedCount: sum(parts.map(([, part]) => part.observedCount)),
      byExchange: Object.fromEntries(
        parts.map(([id, { observedLongUsd, observedShortUsd, observedCount, listenedMinutes }]) => [
          id,
          { observedLongUsd, observedShortUsd, observedCount, listenedMinutes },
        ]),
      ),
    };
  });
  return { bars, intervalMs: range.intervalMs };
}
