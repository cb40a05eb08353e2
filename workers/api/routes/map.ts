import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import { TIERS } from "../../../src/shared/market/filter.ts";
import { exp } from "../../../src/shared/num/exp.ts";
import { log } from "../../../src/shared/num/log.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { type LevelBand, type LevelBands, levelBands } from "../heatmap/band.ts";
import { roundPrice } from "../heatmap/grid.ts";
import { coverageOf } from "../http/coverage.ts";
import { refuseUnknown, toBuckets, toFilter, toSymbol } from "../http/query.ts";
import { askLive, askMap } from "../hub-answers.ts";
import { envelopeShape, problemResponses } from "../schema/envelope.ts";
import { bucketQuery, filterQuery, symbolParam } from "../schema/query.ts";
import { filterSchema, publicFilter } from "./heatmap.ts";

const BUCKET = 0.0005;
/** Height of a level when none is asked for: 0.2 %. */
const DEFAULT_BUCKETS = 4;

const querySchema = z.object({ ...filterQuery, ...bucketQuery });
const usdByKey = z.record(z.string(), z.number());

const levelBand = z.object({ p10Usd: z.number(), p50Usd: z.number(), p90Usd: z.number() });

const answerSchema = z
  .object({
    ...envelopeShape,
    symbol: z.string(),
    filter: filterSchema,
    currency: z.literal("USD"),
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
  })
  .openapi("LiquidationMap");

const route = createRoute({
  method: "get",
  path: "/v1/map/{symbol}",
  summary: "The liquidation map now: price levels with estimated USD; with delta, their change (signed)",
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
  const query = context.req.valid("query");
  const symbol = toSymbol(context.req.valid("param").symbol, config);
  const filter = toFilter(query, config);
  const height = toBuckets(query.bucket) ?? DEFAULT_BUCKETS;
  const [live, map] = await Promise.all([
    askLive(context.env, symbol, filter, 300_000),
    askMap(context.env, symbol, filter),
  ]);
  const bands =
    live.price === null || filter.delta !== null
      ? null
      : levelBands(map.byLeverage, height, log(live.price) / BUCKET, filter.mode);
  const rows = levelRows(map, height, bands);
  context.header("cache-control", "public, max-age=2, stale-while-revalidate=30");
  return context.json(
    {
      asOf: live.asOf,
      modelVersion: live.modelVersion,
      dataSource: config.dataSource,
      coverage: coverageOf(live.coverage, filter),
      symbol,
      filter: publicFilter(filter, config.venues),
      currency: "USD" as const,
      price: live.price,
      bucketsPerLevel: height,
      levels: rows,
      cumulative: cumulative(rows, live.price),
      totals: {
        longUsd: rows.reduce((sum, row) => sum + row.longUsd, 0),
        shortUsd: rows.reduce((sum, row) => sum + row.shortUsd, 0),
      },
    },
    200,
  );
});

interface LevelRow {
  price: number;
  longUsd: number;
  shortUsd: number;
  estimatedBand: { long: LevelBand; short: LevelBand } | null;
  byLeverage: Record<string, number>;
  byExchange: Record<string, number>;
}

function levelRows(
  map: { total: Levels; byLeverage: Record<string, Levels>; byExchange: Record<string, Levels> },
  height: number,
  bands: LevelBands | null,
): LevelRow[] {
  const long = coarse(map.total.first, map.total.long, height);
  const short = coarse(map.total.first, map.total.short, height);
  const leverage = TIERS.flatMap((tier) => split(String(tier), map.byLeverage[String(tier)], height));
  const exchanges = Object.entries(map.byExchange).flatMap(([id, levels]) => split(id, levels, height));
  return [...new Set([...long.keys(), ...short.keys()])]
    .sort((a, b) => a - b)
    .map((level) => ({
      price: roundPrice(exp(level * height * BUCKET)),
      longUsd: Math.round(long.get(level) ?? 0),
      shortUsd: Math.round(short.get(level) ?? 0),
      estimatedBand: bands === null ? null : { long: bands.long(level), short: bands.short(level) },
      byLeverage: parts(leverage, level),
      byExchange: parts(exchanges, level),
    }))
    .filter((row) => row.longUsd !== 0 || row.shortUsd !== 0);
}

function coarse(first: number, usd: Float64Array, height: number): Map<number, number> {
  const levels = new Map<number, number>();
  for (let i = 0; i < usd.length; i++) {
    const value = usd[i] ?? 0;
    if (value === 0) continue;
    const level = Math.floor((first + i) / height);
    levels.set(level, (levels.get(level) ?? 0) + value);
  }
  return levels;
}

function split(key: string, levels: Levels | undefined, height: number) {
  if (levels === undefined) return [];
  return [{ key, long: coarse(levels.first, levels.long, height), short: coarse(levels.first, levels.short, height) }];
}

function parts(list: ReturnType<typeof split>, level: number): Record<string, number> {
  return Object.fromEntries(
    list.flatMap(({ key, long, short }) => {
      const usd = Math.round((long.get(level) ?? 0) + (short.get(level) ?? 0));
      return usd === 0 ? [] : [[key, usd]];
    }),
  );
}

function cumulative(rows: readonly LevelRow[], price: number | null) {
  if (price === null) return [];
  const here = Math.floor(log(price) / BUCKET);
  const above = rows.filter((row) => Math.floor(log(row.price) / BUCKET) >= here);
  const below = rows.filter((row) => !above.includes(row)).reverse();
  let longUsd = 0;
  let shortUsd = 0;
  const down = below.map((row) => {
    longUsd += row.longUsd;
    return { price: row.price, longUsd, shortUsd: 0 };
  });
  const up = above.map((row) => {
    shortUsd += row.shortUsd;
    return { price: row.price, longUsd: 0, shortUsd };
  });
  return [...down.reverse(), ...up];
}
