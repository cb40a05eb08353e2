// The figures behind the tools, in a few hundred bytes each instead of a grid.
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";
import { DAY_MS } from "../../../src/shared/time/clock.ts";
import type { ApiConfig } from "../env.ts";
import { plainRows } from "../heatmap/level-rows.ts";
import { coverageOf } from "../http/coverage.ts";
import { askDeployment, deploymentEnvelope } from "../http/deployment.ts";
import { askLive, askMap } from "../hub-answers.ts";
import { observedOf } from "./liquidations.ts";

const ESTIMATED = "Sizes are estimates of a model, not observed orders; levels are no exact prices.";
const TOP = 5;
const LIVE_INTERVAL_MS = 300_000;
/** Levels of 0.2 %. */
const BUCKETS_PER_LEVEL = 4;

export async function marketList(env: Cloudflare.Env, config: ApiConfig) {
  const deployment = await askDeployment(env, config);
  const { asOf, dataSource, modelVersion, coverage } = deploymentEnvelope(deployment, config, MODEL_VERSION);
  const markets = config.symbols.map((symbol) => {
    const report = deployment.reports.find((one) => one.symbol === symbol);
    const exchanges = report?.coverage.exchanges ?? [];
    const known = exchanges.flatMap((one) => one.openInterestUsd ?? []);
    return {
      symbol,
      price: report?.price ?? null,
      openInterestUsd: known.length > 0 ? Math.round(known.reduce((a, b) => a + b, 0)) : null,
      coverageRatio: report?.coverage.ratio ?? null,
      exchanges: exchanges.filter((one) => one.modelled).map((one) => one.id),
    };
  });
  return { asOf, dataSource, modelVersion, coverageRatio: coverage.ratio, note: ESTIMATED, markets };
}

export async function heatmapSummary(env: Cloudflare.Env, config: ApiConfig, symbol: SymbolId, filter: MapFilter) {
  const { stamp, price, rows } = await mapRows(env, config, symbol, filter);
  const now = config.clock.now();
  const observedLast24h = await observedOf(env, {
    symbol,
    venues: filter.venues ?? config.venues,
    intervalMs: DAY_MS,
    fromMs: now - DAY_MS,
    toMs: now + 1,
  });
  const sumOf = (side: "long" | "short") =>
    rows.filter((row) => row.side === side).reduce((sum, row) => sum + row.estimatedUsd, 0);
  return {
    ...stamp,
    symbol,
    price,
    estimatedLongUsd: sumOf("long"),
    estimatedShortUsd: sumOf("short"),
    largestBelow: largest(rows.filter((row) => row.distancePercent < 0)),
    largestAbove: largest(rows.filter((row) => row.distancePercent > 0)),
    observedLast24h,
  };
}

export async function levelsNear(
  env: Cloudflare.Env,
  config: ApiConfig,
  symbol: SymbolId,
  filter: MapFilter,
  near: { price: number | null; withinPercent: number; limit: number },
) {
  const { stamp, price, rows } = await mapRows(env, config, symbol, filter, near.price);
  const close = rows.filter((row) => Math.abs(row.distancePercent) <= near.withinPercent);
  return { ...stamp, symbol, price, levels: largest(close, near.limit) };
}

export async function deltaSummary(env: Cloudflare.Env, config: ApiConfig, symbol: SymbolId, filter: MapFilter) {
  const { stamp, price, rows, notCompared } = await mapRows(env, config, symbol, filter);
  return {
    ...stamp,
    symbol,
    price,
    notCompared,
    period: filter.delta ?? "4h",
    estimatedChangeUsd: rows.reduce((sum, row) => sum + row.estimatedUsd, 0),
    grew: largest(rows.filter((row) => row.estimatedUsd > 0)),
    shrank: largest(rows.filter((row) => row.estimatedUsd < 0)),
  };
}

interface Row {
  price: number;
  distancePercent: number;
  side: "long" | "short";
  estimatedUsd: number;
}

/** The map as rows of 0.2 % with their distance from a price (default: the price now); signed with a delta. */
async function mapRows(
  env: Cloudflare.Env,
  config: ApiConfig,
  symbol: SymbolId,
  filter: MapFilter,
  from: number | null = null,
) {
  const [live, map] = await Promise.all([askLive(env, symbol, filter, LIVE_INTERVAL_MS), askMap(env, symbol, filter)]);
  const price = from ?? live.price;
  return {
    price,
    notCompared: map.notCompared,
    rows: price === null ? [] : plainRows(map.total, BUCKETS_PER_LEVEL).flatMap((level) => sidesOf(level, price)),
    stamp: {
      asOf: live.asOf,
      dataSource: config.dataSource,
      modelVersion: live.modelVersion,
      coverageRatio: coverageOf(live.coverage, filter).ratio,
      note: ESTIMATED,
    },
  };
}

/** The sides of a level that have a size. */
function sidesOf(level: ReturnType<typeof plainRows>[number], price: number): Row[] {
  const distancePercent = percent(level.price / price - 1);
  const row = (side: Row["side"], estimatedUsd: number): Row[] =>
    estimatedUsd === 0 ? [] : [{ price: level.price, distancePercent, side, estimatedUsd }];
  return [...row("long", level.longUsd), ...row("short", level.shortUsd)];
}

function largest(rows: readonly Row[], limit = TOP): Row[] {
  return [...rows].sort((a, b) => Math.abs(b.estimatedUsd) - Math.abs(a.estimatedUsd)).slice(0, limit);
}

function percent(fraction: number): number {
  return Math.round(fraction * 10_000) / 100;
}
