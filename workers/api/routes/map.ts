import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { HubLive, SplitMap } from "../../../durable-objects/hub/answers.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import { unsplitReason } from "../../../src/shared/market/flows.ts";
import { type SymbolId, VENUES } from "../../../src/shared/market/symbol.ts";
import { log } from "../../../src/shared/num/log.ts";
import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";
import { type ApiConfig, type ApiEnv, configOf } from "../env.ts";
import { levelBands } from "../heatmap/band.ts";
import { roundPrice } from "../heatmap/grid.ts";
import { convertedRow, cumulative, levelRows } from "../heatmap/level-rows.ts";
import { printedSplit, withPrintedSplit } from "../heatmap/map-split.ts";
import { HUB_AWAY } from "../heatmap/newest.ts";
import { pastCoverage, pastPrice } from "../heatmap/past.ts";
import { pastMapOrChange } from "../heatmap/past-change.ts";
import type { PastQuery } from "../heatmap/past-map.ts";
import { awayHeaders, coverageAway, orWhileAway } from "../heatmap/while-away.ts";
import { coverageOf } from "../http/coverage.ts";
import { conversionOf, currencyQuery, currencyShape, ratedTag } from "../http/currency.ts";
import { entityTag } from "../http/entity-tag.ts";
import { refuseUnknown, toBuckets, toFilter, toSymbol, withPrefix } from "../http/query.ts";
import { toAsOf } from "../http/times.ts";
import { askLive, askMap } from "../hub-answers.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { asOfQuery, bucketQuery, filterQuery, symbolParam } from "../schema/query.ts";
import { filterSchema, publicFilter } from "./heatmap.ts";

/** Height of a level when none is asked for: 0.2 %. */
const DEFAULT_BUCKETS = 4;

const querySchema = z.object({ ...filterQuery, ...bucketQuery, ...asOfQuery, ...currencyQuery });
const usdByKey = z.record(z.string(), z.number());

const levelBand = z.object({ p10Usd: z.number(), p50Usd: z.number(), p90Usd: z.number() });

const amounts = z.object({ longUsd: z.number(), shortUsd: z.number() });
const reach = z.object({ fromPrice: z.number().nullable(), toPrice: z.number().nullable() }).openapi({
  description: "Prices between which the side's change is split; null = nothing happened any further.",
});
const splitSchema = z
  .object({
    fromMs: z.number().int().openapi({ description: "Where the change begins, ms UTC: a half hour's begin." }),
    long: reach,
    short: reach,
    levels: z.array(
      z.object({
        price: z.number().openapi({ description: "Lower price of the level.", example: 96000 }),
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
      "With delta: what the change is made of. Between the stated prices each level's longUsd and shortUsd are exactly opened − closed − swept + moved, and byExchange what each exchange's own split adds up to; byLeverage stay differences of stored columns, which are coded to 2.2 %.",
  });

const answerSchema = z
  .object({
    ...envelopeShape,
    symbol: z.string(),
    filter: filterSchema,
    ...currencyShape,
    price: z.number().nullable(),
    bucketsPerLevel: z.number().int(),
    levels: z.array(
      z.object({
        price: z.number().openapi({ description: "Lower price of the level.", example: 96000 }),
        longUsd: z.number(),
        shortUsd: z.number(),
        estimatedBand: z.object({ long: levelBand, short: levelBand }).nullable().openapi({
          description:
            "Estimated: quantiles of the level under other plausible leverage weights, distances and shares. Null for a change over time, and without a price.",
        }),
        byLeverage: usdByKey.openapi({ example: { "50": 1250000 } }),
        byExchange: usdByKey.openapi({ example: { binance: 1250000 } }),
      }),
    ),
    cumulative: z
      .array(z.object({ price: z.number(), longUsd: z.number(), shortUsd: z.number() }))
      .openapi({ description: "Sums outward from the price: longs downward, shorts upward." }),
    totals: z.object({ longUsd: z.number(), shortUsd: z.number() }).openapi({
      description: "All of each side with a known liquidation price; the rest of open interest is not drawn.",
    }),
    deltaFromMs: z.number().int().nullable().openapi({
      description:
        "When a change begins: with the half hour in which the period began if it can be split, else with a column; null without delta.",
      example: null,
    }),
    notCompared: z.array(z.enum(VENUES)).openapi({
      description:
        "Exchanges that a change leaves out: they were in the map at one of its two ends only, and came or went with all they hold.",
      example: [],
    }),
    deltaSplit: splitSchema,
    deltaSplitReason: z.string().nullable().openapi({
      description: "Why a change is not split; null where it is, and without delta.",
      example: null,
    }),
  })
  .openapi("LiquidationMap");

const route = createRoute({
  method: "get",
  path: "/v1/map/{symbol}",
  summary:
    "The liquidation map now, or as of an earlier moment: price levels with estimated USD; with delta, their change (signed)",
  request: { params: symbolParam, query: querySchema },
  responses: {
    200: { description: "The map", content: { "application/json": { schema: answerSchema } } },
    ...problemResponses,
  },
});

export const mapRoute = new OpenAPIHono<ApiEnv>();

mapRoute.openapi(route, async (context) => {
  const config = configOf(context.env);
  refuseUnknown(new URL(context.req.url), Object.keys(querySchema.shape));
  const asked = context.req.valid("param").symbol;
  const symbol = toSymbol(asked, config);
  const query = withPrefix(asked, context.req.valid("query"));
  const filter = toFilter(query, config);
  const height = toBuckets(query.bucket) ?? DEFAULT_BUCKETS;
  const asOfMs = toAsOf(query.asOf, config.clock.now());
  const {
    made: { head, map },
    isAway,
  } = await orWhileAway(
    context.env,
    symbol,
    (): Promise<HeadedMap> =>
      asOfMs === null ? mapNow(context.env, symbol, filter) : mapThen(context.env, config, { symbol, filter, asOfMs }),
    (newest) => {
      const closed = Math.min(asOfMs ?? newest.closedToMs, newest.closedToMs);
      return mapThen(context.env, config, { symbol, filter, asOfMs: closed, newest });
    },
  );
  const money = await conversionOf(context.env.TILES, query.currency, config.clock.now());
  const bands =
    head.price === null || filter.delta !== null
      ? null
      : levelBands(map.byLeverage, height, log(head.price) / BUCKET_WIDTH, filter.mode);
  const { split } = map;
  const rowsIn = (factor: number) => {
    const plain = levelRows(map, height, bands);
    const all = factor === 1 ? plain : plain.map((row) => convertedRow(row, factor));
    return split === null ? all : withPrintedSplit(all, printedSplit(split, height, factor));
  };
  const inUsd = rowsIn(1);
  const rows = money.factor === 1 ? inUsd : rowsIn(money.factor);
  const price = head.price === null ? null : roundPrice(head.price * money.factor);
  const fresh = asOfMs === null ? "public, max-age=2, stale-while-revalidate=30" : "public, max-age=60";
  const ageMs = config.clock.now() - head.asOf;
  const headers = isAway ? awayHeaders(ageMs) : { "cache-control": fresh, etag: ratedTag(entityTag(head), money) };
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
  return context.json(
    {
      asOf: head.asOf,
      modelVersion: head.modelVersion,
      dataSource: config.dataSource,
      coverage: coverageOf(isAway ? coverageAway(head.coverage, ageMs) : head.coverage, filter),
      ...(isAway ? { stale: true } : {}),
      symbol,
      filter: publicFilter(filter, config.venues),
      currency: money.currency,
      rate: money.rate,
      price,
      bucketsPerLevel: height,
      levels: rows,
      cumulative: cumulative(inUsd, head.price).map((row) => ({
        price: roundPrice(row.price * money.factor),
        longUsd: Math.round(row.longUsd * money.factor),
        shortUsd: Math.round(row.shortUsd * money.factor),
      })),
      totals: {
        longUsd: rows.reduce((sum, row) => sum + row.longUsd, 0),
        shortUsd: rows.reduce((sum, row) => sum + row.shortUsd, 0),
      },
      deltaFromMs: map.fromMs,
      notCompared: map.notCompared,
      deltaSplit: split === null ? null : printedSplit(split, height, money.factor),
      deltaSplitReason: map.splitReason,
    },
    200,
  );
});

interface HeadedMap {
  head: Pick<HubLive, "asOf" | "modelVersion" | "coverage" | "price">;
  map: SplitMap;
}

async function mapNow(env: Cloudflare.Env, symbol: SymbolId, filter: MapFilter): Promise<HeadedMap> {
  const [head, map] = await Promise.all([askLive(env, symbol, filter, 300_000), askMap(env, symbol, filter)]);
  return { head, map };
}

/** Why the change of an earlier map is not split. */
function unsplitPast({ filter, newest }: PastQuery): string {
  if (newest !== undefined) return HUB_AWAY;
  return (
    unsplitReason(filter) ?? "the map splits its change up to now; the heatmap also splits earlier ones, with asOf"
  );
}

async function mapThen(env: Cloudflare.Env, config: ApiConfig, query: PastQuery) {
  const { column, map, fromMs, notCompared } = await pastMapOrChange(env, config, query);
  const head = {
    asOf: column.startMs + column.intervalMs,
    modelVersion: column.modelVersion,
    coverage: pastCoverage(column, config, query.asOfMs),
    price: pastPrice(column, query.filter),
  };
  return {
    head,
    map: {
      ...map,
      fromMs,
      notCompared,
      split: null,
      splitReason: query.filter.delta === null ? null : unsplitPast(query),
    },
  };
}
