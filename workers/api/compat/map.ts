// map and aggregated-map: the standing map as rows under their price.
import type { Context } from "hono";
import { ALL, type MapFilter } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { type ApiConfig, type ApiEnv, configOf } from "../env.ts";
import { plainRows } from "../heatmap/level-rows.ts";
import { coverageOf } from "../http/coverage.ts";
import { askLive, askMap } from "../hub-answers.ts";
import { success } from "./envelope.ts";
import { toCoin, toVenue } from "./names.ts";
import { oneOf, readParameters, required } from "./parameters.ts";
import { OPENED_WITHIN } from "./ranges.ts";

const LIVE_INTERVAL_MS = 300_000;
/** Levels of 0.2 %. */
export const BUCKETS_PER_LEVEL = 4;

/** `[price, usd, leverage, null]`; the last place is always null. */
type Row = [price: number, usd: number, leverage: number | null, nothing: null];

export async function pairMap(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["exchange", "symbol", "range"]);
  const venue = toVenue(query.exchange, config);
  const filter = { ...filterOf(query.range), venues: [venue] };
  const symbol = toCoin(required("symbol", query.symbol), config, [venue]);
  const { byLeverage } = await askMap(context.env, symbol, filter);
  const rows = Object.entries(byLeverage).flatMap(([tier, levels]) =>
    plainRows(levels, BUCKETS_PER_LEVEL).map((level): Row => [level.price, usdOf(level), Number(tier), null]),
  );
  return answer(context, config, { symbol, filter, rows });
}

export async function coinMap(context: Context<ApiEnv>): Promise<Response> {
  const config = configOf(context.env);
  const query = readParameters(context, ["symbol", "range"]);
  const filter = filterOf(query.range);
  const symbol = toCoin(required("symbol", query.symbol), config, config.venues);
  const { total } = await askMap(context.env, symbol, filter);
  const rows = plainRows(total, BUCKETS_PER_LEVEL).map((level): Row => [level.price, usdOf(level), null, null]);
  return answer(context, config, { symbol, filter, rows });
}

async function answer(
  context: Context<ApiEnv>,
  config: ApiConfig,
  { symbol, filter, rows }: { symbol: SymbolId; filter: MapFilter; rows: Row[] },
): Promise<Response> {
  const live = await askLive(context.env, symbol, filter, LIVE_INTERVAL_MS);
  return success(
    context,
    { data: underPrice(rows) },
    {
      estimated: true,
      as_of: live.asOf,
      model_version: live.modelVersion,
      coverage: coverageOf(live.coverage, filter),
      price: live.price,
      opened_within: filter.age,
      exchanges: filter.venues ?? config.venues,
      unit: "USD",
    },
  );
}

function filterOf(range: string | undefined): MapFilter {
  const accepted = Object.keys(OPENED_WITHIN);
  const asked = oneOf("range", required("range", range, accepted), accepted);
  return { ...ALL, age: OPENED_WITHIN[asked] ?? "all" };
}

function usdOf(level: { longUsd: number; shortUsd: number }): number {
  return level.longUsd + level.shortUsd;
}

/**
 * Rows by price, ascending; several tiers may stand under one price. Every key has a decimal point: a name that is a whole
 * number would be moved to the front of its object, here when it is printed and again by who reads it.
 */
export function underPrice(rows: readonly Row[]): Record<string, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of [...rows].sort((a, b) => a[0] - b[0])) groups.set(row[0], [...(groups.get(row[0]) ?? []), row]);
  return Object.fromEntries(
    [...groups].map(([price, group]) => [Number.isInteger(price) ? price.toFixed(1) : String(price), group]),
  );
}
