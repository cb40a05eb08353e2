// The heatmap of a range under a filter: stored columns, the hub's newest ones, and the running one.

import type { HistoryQuery, HubLive } from "../../../durable-objects/hub/answers.ts";
import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { type WeightedFilter, weightedFilters } from "../../../src/shared/model/reweight.ts";
import { layersFor } from "../../../src/shared/tile/filter-layers.ts";
import { type EpochMs, intervalStart } from "../../../src/shared/time/clock.ts";
import { loadColumns } from "../../store/columns.ts";
import { foldLacking, type VenueCandle, wholeCandles } from "../bars/lacking.ts";
import type { ApiConfig } from "../env.ts";
import { axisFor, type CandleRow } from "./axis.ts";
import { type AskedSplit, askSplit, NO_SPLIT } from "./delta-split.ts";
import {
  type Axis,
  type Cell,
  levelPrices,
  levelsOfFine,
  levelsOfParts,
  pushCells,
  roundPrice,
  type WeightedColumn,
} from "./grid.ts";
import { fromHub, type Newest } from "./newest.ts";
import { endedBy, newestOf, pastCoverage, pastPrice } from "./past.ts";
import { type Plan, planOf, type Range } from "./ranges.ts";
import type { HeatmapSplit } from "./split-cells.ts";
import { type ColumnParts, hubParts, mergeParts, readTiles } from "./stored-columns.ts";
import { Presence } from "./uncompared.ts";

export interface Heatmap {
  asOf: EpochMs;
  modelVersion: string;
  coverage: Coverage;
  price: number | null;
  plan: Plan;
  /** Oldest moment that is stored under this filter, or null when nothing is. */
  availableFromMs: EpochMs | null;
  /** False when the newest column is closed, because the market stands still. */
  isOpen: boolean;
  axis: Axis;
  columns: EpochMs[];
  prices: number[];
  /** Standing sizes, or differences of stored columns: `splitCells` puts in their place what is known better. */
  /** Columns without a change, as an exchange came into the map, or left it, between its two ends. */
  uncompared: number[];
  cells: Cell[];
  split: HeatmapSplit;
  candles: CandleRow[];
  backfilledColumns: EpochMs[];
}

/** An earlier moment has no running column. */
const STILL: HubLive = {
  asOf: 0,
  price: null,
  coverage: { ratio: null, exchanges: [], thin: false },
  modelVersion: "",
  columnStartMs: 0,
  candle: null,
  levels: { first: 0, long: new Float64Array(0), short: new Float64Array(0) },
};

export async function heatmap(
  env: Cloudflare.Env,
  config: ApiConfig,
  query: {
    symbol: SymbolId;
    range: Range;
    filter: MapFilter;
    bucketsPerLevel: number | null;
    /** Null = now. An earlier moment is answered from stored columns alone. */
    asOfMs: EpochMs | null;
    /** Where newer columns than D1's come from; the hub when not given. One without a running column needs `asOfMs`. */
    newest?: Newest;
  },
): Promise<Heatmap> {
  const { symbol, range, filter, asOfMs, newest = fromHub(env) } = query;
  const chosen = weightedFilters(filter, config.params, symbol, config.venues);
  const plan = planOf(
    range,
    filter,
    chosen.map((part) => part.filter),
  );
  const now = asOfMs ?? config.clock.now();
  const fromMs = intervalStart(now - plan.spanMs, plan.intervalMs);
  const baseline =
    plan.deltaMs === null
      ? null
      : { intervalMs: plan.baselineIntervalMs, fromMs: fromMs - plan.deltaMs - plan.baselineIntervalMs };
  const read = { symbol, intervalMs: plan.intervalMs, fromMs, toMs: now, baseline };
  const [live, history, rows, earlier] = await Promise.all([
    asOfMs === null ? newest.live(symbol, filter, plan.intervalMs) : STILL,
    Promise.all(chosen.map((part) => readHistory(env, newest, part, read))),
    loadColumns(env.DB, { symbol, intervalMs: plan.intervalMs, fromMs, toMs: now }),
    baseline === null ? [] : loadColumns(env.DB, { symbol, ...baseline, toMs: now }),
  ]);
  const parts = addUp(history.map((one) => one.parts));
  const before = addUp(history.map((one) => one.before));
  const published = mergeRows(rows, history[0]?.columns ?? []);
  const closed = asOfMs === null ? published : endedBy(published, asOfMs);
  const past =
    asOfMs === null ? null : await newestOf(env.DB, closed, { symbol, intervals: [plan.intervalMs], asOfMs });
  // an earlier moment is answered as it was published: what came later is not in it
  const lacking =
    filter.venues === null || asOfMs !== null
      ? null
      : await foldLacking(env.DB, { symbol, intervalMs: plan.intervalMs }, closed, filter.venues);
  const candles = new Map(
    closed.flatMap((column) => {
      const { startMs } = column;
      const row = candleOf(startMs, wholeCandles(column, lacking?.get(startMs), config.venues), filter);
      return row === null ? [] : [[startMs, row]];
    }),
  );
  if (past === null && live.candle !== null) candles.set(live.columnStartMs, openCandleRow(live));
  const endMs = past === null ? Number.POSITIVE_INFINITY : past.startMs + plan.intervalMs;
  const columns = [...new Set([...parts.keys(), ...candles.keys()])]
    .filter((at) => at >= fromMs && at < endMs)
    .sort((a, b) => a - b);
  const price = past === null ? live.price : pastPrice(past, filter);
  const axis = axisFor(range, [...candles.values()], price, query.bucketsPerLevel);
  const share = filter.mode === "expected" ? config.params.displayShare : 1;
  const levelsAt = (at: EpochMs): Float64Array | null => {
    if (past === null && at === live.columnStartMs) return liveLevels(live, filter, axis);
    const own = parts.get(at);
    return own === undefined ? null : levelsOfParts(own, axis, filter.side, share);
  };
  const presence = new Presence(filter, config.venues, [...earlier, ...closed]);
  presence.note(
    live.asOf,
    live.coverage.exchanges.filter(({ modelled }) => modelled).map(({ id }) => id),
  );
  const cells: Cell[] = [];
  const uncompared: number[] = [];
  const changes: AskedSplit["columns"] = [];
  for (const [index, at] of columns.entries()) {
    const levels = levelsAt(at);
    if (levels === null) continue;
    if (plan.deltaMs !== null) {
      // both ends of the change are ends of columns: the running one ends now
      const changeEndMs = past === null && at === live.columnStartMs ? live.asOf : at + plan.intervalMs;
      const startMs = intervalStart(changeEndMs - plan.deltaMs, plan.baselineIntervalMs) - plan.baselineIntervalMs;
      const then = before.get(startMs);
      if (then === undefined) continue;
      subtract(levels, levelsOfParts(then, axis, filter.side, share));
      // the running column ends within a half hour
      if (past !== null || at !== live.columnStartMs) changes.push({ index, endMs: changeEndMs });
      if (!presence.isComparable(startMs + plan.baselineIntervalMs, changeEndMs)) {
        uncompared.push(index);
        continue;
      }
    }
    pushCells(cells, index, levels);
  }
  const split =
    plan.deltaMs === null
      ? NO_SPLIT
      : await askSplit(
          (asked) => newest.flows(symbol, asked),
          { filter, deltaMs: plan.deltaMs, axis, columns: changes },
          closed,
        );
  return {
    asOf: past === null ? live.asOf : endMs,
    modelVersion: past?.modelVersion ?? live.modelVersion,
    coverage: past === null ? live.coverage : pastCoverage(past, config, now),
    price,
    plan,
    availableFromMs: columns[0] ?? null,
    isOpen: past === null && columns.at(-1) === live.columnStartMs,
    axis,
    columns,
    prices: levelPrices(axis),
    cells,
    split,
    // what each exchange did is told by a split all the same
    uncompared: uncompared.filter((index) => split.columns.every((column) => column.index !== index)),
    candles: columns.flatMap((at) => [candles.get(at) ?? emptyCandle(at, candles)]),
    backfilledColumns: closed.filter((column) => column.backfilled).map((column) => column.startMs),
  };
}

/** Columns by their start, as parts to be added up. */
type WeightedParts = Map<EpochMs, WeightedColumn[]>;

/** What is stored of one part of the map: in D1, and in the hub. */
async function readHistory(
  env: Cloudflare.Env,
  source: Newest,
  { filter, factor }: WeightedFilter,
  read: { symbol: SymbolId; intervalMs: number; fromMs: EpochMs; toMs: EpochMs; baseline: HistoryQuery["baseline"] },
): Promise<{ parts: WeightedParts; before: WeightedParts; columns: ClosedColumn[] }> {
  const { symbol, intervalMs, fromMs, toMs, baseline } = read;
  const layers = layersFor(filter);
  const stored = (width: number, from: EpochMs) =>
    layers === null
      ? Promise.resolve({ parts: new Map() as ColumnParts, closedToMs: from })
      : readTiles(env.DB, { symbol, layers, intervalMs: width, fromMs: from, toMs });
  const [tiles, baselineTiles] = await Promise.all([
    stored(intervalMs, fromMs),
    baseline === null ? null : stored(baseline.intervalMs, baseline.fromMs),
  ]);
  // what is closed in D1 the hub need not read and send again
  const newest = await source.history(symbol, {
    ...{ filter, layers, intervalMs },
    fromMs: Math.max(fromMs, tiles.closedToMs),
    baseline:
      baseline === null
        ? null
        : { ...baseline, fromMs: Math.max(baseline.fromMs, baselineTiles?.closedToMs ?? baseline.fromMs) },
  });
  const weigh = (all: ColumnParts): WeightedParts =>
    new Map([...all].map(([at, columns]) => [at, columns.map((column) => ({ column, factor }))]));
  return {
    parts: weigh(mergeParts(tiles.parts, hubParts(newest.parts, fromMs))),
    before: weigh(
      mergeParts(baselineTiles?.parts ?? new Map(), hubParts(newest.baselineParts, baseline?.fromMs ?? fromMs)),
    ),
    columns: newest.columns,
  };
}

function addUp(all: readonly WeightedParts[]): WeightedParts {
  const sum: WeightedParts = new Map();
  for (const parts of all) {
    for (const [at, columns] of parts) sum.set(at, [...(sum.get(at) ?? []), ...columns]);
  }
  return sum;
}

function subtract(levels: Float64Array, past: Float64Array): void {
  for (let i = 0; i < levels.length; i++) levels[i] = (levels[i] ?? 0) - (past[i] ?? 0);
}

function mergeRows(stored: readonly ClosedColumn[], newest: readonly ClosedColumn[]): ClosedColumn[] {
  const rows = new Map([...stored, ...newest].map((column) => [column.startMs, column]));
  return [...rows.values()].sort((a, b) => a.startMs - b.startMs);
}

/** Prices of the first chosen exchange in the column, volume of all chosen; null when none was in it. */
function candleOf(startMs: EpochMs, venues: readonly VenueCandle[], filter: MapFilter): CandleRow | null {
  const chosen = venues.filter((venue) => filter.venues === null || filter.venues.includes(venue.id));
  const first = chosen[0];
  if (first === undefined) return null;
  const volume = chosen.reduce((sum, venue) => sum + (venue.volumeBase ?? 0), 0);
  return [startMs, first.open, first.high, first.low, first.close, roundPrice(volume)];
}

function openCandleRow(live: HubLive): CandleRow {
  const { candle } = live;
  if (candle === null) throw new ApiError("internal", "no candle is open");
  return [live.columnStartMs, candle.open, candle.high, candle.low, candle.close, roundPrice(candle.volumeBase ?? 0)];
}

/** A column without a candle of its own stands at the last known close: `candles` has one row per column. */
function emptyCandle(at: EpochMs, candles: ReadonlyMap<EpochMs, CandleRow>): CandleRow {
  let close = 0;
  let newest = Number.NEGATIVE_INFINITY;
  for (const [start, row] of candles) {
    if (start > at || start < newest) continue;
    newest = start;
    close = row[4];
  }
  return [at, close, close, close, close, 0];
}

function liveLevels(live: HubLive, filter: MapFilter, axis: Axis): Float64Array {
  const { first, long, short } = live.levels;
  const sides = filter.side === "long" ? [long] : filter.side === "short" ? [short] : [long, short];
  return levelsOfFine(first, sides, axis);
}
