import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { AGES, DELTAS, MODES, RANGES, SIDE_FILTERS, TIERS } from "../../../src/shared/market/filter.ts";
import { formatFilter } from "../../../src/shared/market/filter-key.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { heatmapOrStored } from "../heatmap/answer-or-stored.ts";
import type { CandleRow } from "../heatmap/axis.ts";
import { roundPrice } from "../heatmap/grid.ts";
import { splitCells } from "../heatmap/split-cells.ts";
import { awayHeaders } from "../heatmap/while-away.ts";
import { coverageOf } from "../http/coverage.ts";
import { conversionOf, currencyQuery, currencyShape, ratedTag } from "../http/currency.ts";
import { entityTag } from "../http/entity-tag.ts";
import { refuseUnknown, toBuckets, toFilter, toSymbol, withPrefix } from "../http/query.ts";
import { toAsOf } from "../http/times.ts";
import { share } from "../hub-answers.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { asOfQuery, bucketQuery, filterQuery, rangeQuery, symbolParam } from "../schema/query.ts";

const querySchema = z.object({ ...rangeQuery, ...filterQuery, ...bucketQuery, ...asOfQuery, ...currencyQuery });

export const HEATMAP_PARAMETERS = Object.keys(querySchema.shape);

/** The filter as the answer repeats it. */
export const filterSchema = z
  .object({
    exchange: z.array(z.enum(VENUES)),
    leverage: z.array(z.number().int()).openapi({ example: [50, 100] }),
    age: z.enum(AGES),
    side: z.enum(SIDE_FILTERS),
    mode: z.enum(MODES),
    delta: z.enum(DELTAS).nullable(),
    weights: z
      .record(z.string(), z.number())
      .optional()
      .openapi({ description: "Leverage weights of the reader; absent = the model's.", example: { "25": 0.06 } }),
  })
  .openapi("Filter");

const amounts = z.array(z.number()).openapi({ example: [1250000] });
const splitSchema = z
  .object({
    columns: z.array(
      z.object({
        column: z.number().int().openapi({ description: "Index of the column." }),
        fromMs: z.number().int().openapi({ description: "Where the column's change begins, ms UTC." }),
        firstLevel: z
          .number()
          .int()
          .openapi({ description: "Level of the first amount; the next ones follow upward." }),
        opened: amounts,
        closed: amounts,
        swept: amounts,
        moved: amounts.openapi({ description: "Top-ups and funding; negative where size left the level." }),
      }),
    ),
  })
  .nullable()
  .openapi({
    description:
      "With delta: what the changes are made of, for closed columns that end with a half hour and the levels listed. There a cell is exactly opened − closed − swept + moved; elsewhere it is the difference of stored columns, which are coded to 2.2 %.",
  });

const answerSchema = z
  .object({
    ...envelopeShape,
    symbol: z.string().openapi({ example: "BTC" }),
    range: z.enum(RANGES),
    intervalMs: z.number().int().openapi({ description: "Width of a column.", example: 300000 }),
    filter: filterSchema,
    ...currencyShape,
    price: z.number().nullable().openapi({
      description: "Newest price of the first exchange that the filter leaves in the map.",
      example: 97000,
    }),
    columns: z
      .array(z.number().int())
      .openapi({ description: "Start of each column, ms UTC.", example: [1768092600000] }),
    prices: z.array(z.number()).openapi({
      description: "Lower price of each level, ascending; level i ends where level i + 1 begins.",
      example: [96000.5],
    }),
    cells: z.array(z.array(z.number()).length(3)).openapi({
      description:
        "[column index, level index, estimated USD], non-empty ones only: what stands at the end of the column. With delta: its change, signed.",
      example: [[0, 0, 1250000]],
    }),
    candles: z.array(z.array(z.number()).length(6)).openapi({
      description: "[startMs, open, high, low, close, volumeBase], one per column.",
      example: [[1768092600000, 97000, 97100, 96900, 97050, 12.5]],
    }),
    live: z.boolean().openapi({ description: "True when the last column is still open." }),
    availableFromMs: z.number().int().nullable().openapi({ description: "Oldest column there is in this range." }),
    backfilledColumns: z.array(z.number().int()).openapi({ description: "Columns written after the fact." }),
    firstBucket: z
      .number()
      .int()
      .openapi({ description: "Bucket of the first level: its price in USD = e^(bucket × 0.0005)." }),
    bucketsPerLevel: z.number().int(),
    uncomparedColumns: z.array(z.number().int()).openapi({
      description:
        "With delta: columns (their index) that have no change, since an exchange was in the map at one of its two ends only.",
      example: [],
    }),
    deltaSplit: splitSchema,
    deltaSplitReason: z.string().nullable().openapi({
      description: "Why changes are not split, or not in every column whose end is a half hour's; null without delta.",
      example: null,
    }),
  })
  .openapi("Heatmap");

export type HeatmapAnswer = z.infer<typeof answerSchema>;

const route = createRoute({
  method: "get",
  path: "/v1/heatmap/{symbol}",
  summary: "Estimated liquidation sizes over price and time",
  description:
    "Isolated-equivalent estimates from open interest, volume and price, conserved to each exchange's open interest. Filters compose; a combination of exchange, leverage and age has 30-minute columns and reaches 7 days back.",
  request: { params: symbolParam, query: querySchema },
  responses: {
    200: { description: "The grid", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const heatmapRoute = new OpenAPIHono<ApiEnv>();

heatmapRoute.openapi(route, async (context) => {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), HEATMAP_PARAMETERS);
  const asked = context.req.valid("param").symbol;
  const symbol = toSymbol(asked, config);
  const query = withPrefix(asked, context.req.valid("query"));
  const filter = toFilter(query, config);
  const range = query.range ?? "24h";
  const bucketsPerLevel = toBuckets(query.bucket);
  const asOfMs = toAsOf(query.asOf, config.clock.now());
  const money = await conversionOf(context.env.TILES, query.currency, config.clock.now());
  const key = `heatmap|${symbol}|${range}|${bucketsPerLevel}|${formatFilter(filter)}|${asOfMs ?? ""}|${money.factor}`;
  const { body, etag, awayMs } = await share(key, async () => {
    const asked = { symbol, range, filter, bucketsPerLevel, asOfMs };
    const { map, awayMs: ageMs } = await heatmapOrStored(context.env, config, asked);
    const { cells, columns: splitColumns } = splitCells(
      money.factor === 1 ? map.cells : map.cells.map(([at, level, usd]) => [at, level, Math.round(usd * money.factor)]),
      map.split,
      money.factor,
    );
    const answer: HeatmapAnswer = {
      asOf: map.asOf,
      modelVersion: map.modelVersion,
      dataSource: config.dataSource,
      coverage: coverageOf(map.coverage, filter),
      ...(ageMs === null ? {} : { stale: true }),
      symbol,
      range,
      intervalMs: map.plan.intervalMs,
      filter: publicFilter(filter, config.venues),
      currency: money.currency,
      rate: money.rate,
      price: map.price === null ? null : roundPrice(map.price * money.factor),
      columns: map.columns,
      prices: converted(map.prices, money.factor),
      cells,
      candles: money.factor === 1 ? map.candles : map.candles.map((row) => convertedCandle(row, money.factor)),
      live: map.isOpen,
      availableFromMs: map.availableFromMs,
      backfilledColumns: map.backfilledColumns,
      firstBucket: map.axis.firstBucket,
      bucketsPerLevel: map.axis.bucketsPerLevel,
      uncomparedColumns: map.uncompared,
      deltaSplit: splitColumns.length === 0 ? null : { columns: splitColumns },
      deltaSplitReason: map.split.reason,
    };
    return { body: JSON.stringify(answer), etag: ratedTag(entityTag(answer), money), awayMs: ageMs };
  });
  if (awayMs !== null) {
    return context.body(body, 200, { "content-type": "application/json", ...awayHeaders(awayMs) }) as never;
  }
  // serialised once for all who ask in the same second; its type was checked where it was built
  return context.body(body, 200, {
    "content-type": "application/json",
    etag,
    "cache-control": asOfMs === null ? "public, max-age=2, stale-while-revalidate=30" : "public, max-age=60",
  }) as never;
});

function converted(prices: number[], factor: number): number[] {
  return factor === 1 ? prices : prices.map((price) => roundPrice(price * factor));
}

function convertedCandle([startMs, open, high, low, close, volumeBase]: CandleRow, factor: number): number[] {
  return [startMs, ...converted([open, high, low, close], factor), volumeBase];
}

/** A filter with its defaults spelled out. */
export function publicFilter(filter: ReturnType<typeof toFilter>, venues: ReturnType<typeof configOf>["venues"]) {
  const { tiers, venues: chosen, weights, ...rest } = filter;
  return {
    exchange: [...(chosen ?? venues)],
    leverage: [...(tiers ?? TIERS)],
    ...rest,
    // only repeated when given: a filter without weights is the model's own map
    ...(weights === undefined ? {} : { weights: { ...weights } as Record<string, number> }),
  };
}
