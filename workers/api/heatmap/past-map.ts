// The liquidation map as of an earlier moment, from the finest stored column that had ended by then.
import type { MapLevels } from "../../../durable-objects/hub/answers.ts";
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import { type MapFilter, type SideFilter, TIERS } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { weightedFilters } from "../../../src/shared/model/reweight.ts";
import { layersFor } from "../../../src/shared/tile/filter-layers.ts";
import { addSideUsd, type LayerColumn } from "../../../src/shared/tile/layer-column.ts";
import { INTERVALS } from "../../../src/shared/tile/tile-key.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadColumns } from "../../store/columns.ts";
import type { ApiConfig } from "../env.ts";
import type { WeightedColumn } from "./grid.ts";
import { fromHub, type Newest } from "./newest.ts";
import { endedBy, newestOf } from "./past.ts";
import { hubParts, tileParts } from "./stored-columns.ts";

/** Combined filters are stored at this width only. */
const CROSS_INTERVAL_MS = 30 * MINUTE_MS;

export interface PastMap {
  column: ClosedColumn;
  map: MapLevels;
}

export interface PastQuery {
  symbol: SymbolId;
  filter: MapFilter;
  asOfMs: EpochMs;
  newest?: Newest;
}

/** Reads what stood at `asOfMs`, whatever the filter's delta: past-change.ts has the change up to then. */
export async function pastMap(env: Cloudflare.Env, config: ApiConfig, query: PastQuery): Promise<PastMap> {
  const { symbol, filter, asOfMs, newest = fromHub(env) } = query;
  const tiers = filter.tiers ?? TIERS;
  const venues = filter.venues ?? config.venues;
  const byTier = tiers.map((tier) => ({ ...filter, tiers: [tier] }));
  const byVenue = venues.map((venue) => ({ ...filter, venues: [venue] }));
  const weighted = (part: MapFilter) => weightedFilters(part, config.params, symbol, config.venues);
  const isCombined = [filter, ...byTier, ...byVenue].flatMap(weighted).some((part) => layersFor(part.filter) === null);
  const probe = weighted(filter)[0]?.filter ?? filter;
  const column = await columnAt(
    env,
    { symbol, intervals: isCombined ? [CROSS_INTERVAL_MS] : INTERVALS, asOfMs },
    // a column's cells may still be on their way to D1: then a coarser one that ended as late
    async (one) => (await partsOf(env, newest, one, probe)) !== null,
  );
  const share = filter.mode === "expected" ? config.params.displayShare : 1;
  const levelsOf = async (part: MapFilter) => {
    const all = weighted(part).map(async (one) =>
      ((await partsOf(env, newest, column, one.filter)) ?? []).map((stored) => ({
        column: stored,
        factor: share * one.factor,
      })),
    );
    return levels((await Promise.all(all)).flat(), part.side);
  };
  const named = async (keys: readonly string[], parts: readonly MapFilter[]) =>
    Object.fromEntries(
      await Promise.all(parts.map(async (part, i) => [keys[i] ?? "", await levelsOf(part)] as [string, Levels])),
    );
  const [total, byLeverage, byExchange] = await Promise.all([
    levelsOf(filter),
    named(tiers.map(String), byTier),
    named(venues, byVenue),
  ]);
  return { column, map: { total, byLeverage, byExchange } };
}

/** The finest stored column that had ended at `asOfMs`. Throws `not-enough-history` when there is none. */
async function columnAt(
  env: Cloudflare.Env,
  query: { symbol: SymbolId; intervals: readonly number[]; asOfMs: EpochMs },
  isHeld: (column: ClosedColumn) => Promise<boolean>,
): Promise<ClosedColumn> {
  const { symbol, intervals, asOfMs } = query;
  for (const intervalMs of intervals) {
    // the newest that ended may lie one whole column back
    const fromMs = asOfMs - 2 * intervalMs;
    const stored = await loadColumns(env.DB, { symbol, intervalMs, fromMs, toMs: asOfMs });
    const newest = endedBy(stored, asOfMs).at(-1);
    if (newest !== undefined && (await isHeld(newest))) return newest;
  }
  return newestOf(env.DB, [], query);
}

/** A filter's parts of a column, to be added up; null when nobody holds its cells. */
async function partsOf(
  env: Cloudflare.Env,
  newest: Newest,
  column: ClosedColumn,
  filter: MapFilter,
): Promise<LayerColumn[] | null> {
  const { symbol, intervalMs, startMs } = column;
  const layers = layersFor(filter);
  if (layers !== null) {
    const toMs = startMs + intervalMs;
    const stored = await tileParts(env.DB, { symbol, layers, intervalMs, fromMs: startMs, toMs });
    const parts = stored.get(startMs);
    if (parts !== undefined) return parts;
  }
  const history = await newest.history(symbol, { filter, layers, intervalMs, fromMs: startMs, baseline: null });
  return hubParts(history.parts, startMs).get(startMs) ?? null;
}

/** Sum of stored parts per bucket, each with its factor; one side or both. */
function levels(parts: readonly WeightedColumn[], side: SideFilter): Levels {
  const sides = parts.flatMap(({ column }) => [column.long, column.short]).filter((one) => one.codes.length > 0);
  if (sides.length === 0) return { first: 0, long: new Float64Array(0), short: new Float64Array(0) };
  const first = Math.min(...sides.map((one) => one.low));
  const size = Math.max(...sides.map((one) => one.low + one.codes.length)) - first;
  const long = new Float64Array(size);
  const short = new Float64Array(size);
  for (const { column, factor } of parts) {
    if (side !== "short") addSideUsd(column, "long", long, first, factor);
    if (side !== "long") addSideUsd(column, "short", short, first, factor);
  }
  return { first, long, short };
}
