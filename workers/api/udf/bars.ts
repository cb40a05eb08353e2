// Bars for a charting library: stored minutes or columns, and the hub's newest ones with the running bar.
import { ALL, type MapFilter } from "../../../src/shared/market/filter.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { type ChartBar, loadChartMinutes } from "../../store/chart-minutes.ts";
import { loadColumns } from "../../store/columns.ts";
import { foldLacking, type VenueCandle, wholeCandles } from "../bars/lacking.ts";
import type { ApiConfig } from "../env.ts";
import { askHistory, askLive } from "../hub-answers.ts";
import { storedMs } from "./resolution.ts";
import type { ChartSymbol } from "./symbols.ts";

/** Minutes of one answer at most, the newest: as many as a chart is given bars. */
const MAX_MINUTES = 5_000;
/** A closed column reaches the database within this many of its own lengths. */
const UNSAVED_COLUMNS = 3;

interface BarQuery extends ChartSymbol {
  widthMs: number;
  fromMs: EpochMs;
  toMs: EpochMs;
}

/** Bars that begin in `[fromMs, toMs)`, oldest first, the running one included; a bar that no exchange has is not there. */
export async function chartBars(env: Cloudflare.Env, config: ApiConfig, query: BarQuery): Promise<ChartBar[]> {
  const { widthMs } = query;
  const sourceMs = storedMs(widthMs);
  // whole bars: the first one that begins in the span, and the last one to its end
  const fromMs = intervalStart(query.fromMs + widthMs - 1, widthMs);
  const toMs = Math.min(intervalStart(query.toMs + widthMs - 1, widthMs), config.clock.now() + widthMs);
  const span = { ...query, widthMs: sourceMs, fromMs, toMs };
  const [stored, newest] = await Promise.all([
    sourceMs === MINUTE_MS ? minuteBars(env.DB, config, span) : columnBars(env.DB, config, span),
    newestBars(env, config, span),
  ]);
  const bars = new Map([...newest, ...stored].map((bar) => [bar.startMs, bar]));
  const inSpan = [...bars.values()].filter((bar) => bar.startMs >= fromMs && bar.startMs < toMs);
  return merged(inSpan, widthMs);
}

function minuteBars(db: D1Database, config: ApiConfig, span: BarQuery): Promise<ChartBar[]> {
  const { symbol, venue, fromMs, toMs } = span;
  const venues = venue === null ? config.venues : [venue];
  return loadChartMinutes(db, { symbol, venues, fromMs, toMs, limit: MAX_MINUTES });
}

async function columnBars(db: D1Database, config: ApiConfig, span: BarQuery): Promise<ChartBar[]> {
  const { symbol, venue, widthMs, fromMs, toMs } = span;
  const venues = venue === null ? config.venues : [venue];
  const columns = await loadColumns(db, { symbol, intervalMs: widthMs, fromMs, toMs });
  const lacking = await foldLacking(db, { symbol, intervalMs: widthMs }, columns, venues);
  return columns.flatMap((column) => {
    const { startMs } = column;
    return barOf({ startMs, venues: wholeCandles(column, lacking.get(startMs), config.venues) }, venue) ?? [];
  });
}

/** What the hub has closed and not yet saved, and the bar that runs; nothing when the hub cannot be asked. */
async function newestBars(env: Cloudflare.Env, config: ApiConfig, span: BarQuery): Promise<ChartBar[]> {
  const { symbol, venue, widthMs, toMs } = span;
  const fromMs = intervalStart(config.clock.now() - UNSAVED_COLUMNS * widthMs, widthMs);
  if (toMs <= fromMs) return [];
  const filter: MapFilter = { ...ALL, venues: venue === null ? null : [venue] };
  const query = { filter, layers: [], intervalMs: widthMs, fromMs, baseline: null };
  try {
    const [live, history] = await Promise.all([askLive(env, symbol, filter, widthMs), askHistory(env, symbol, query)]);
    const closed = history.columns.flatMap((column) => barOf(column, venue) ?? []);
    if (live.candle === null) return closed;
    const { open, high, low, close, volumeBase } = live.candle;
    return [...closed, { startMs: live.columnStartMs, open, high, low, close, volumeBase: volumeBase ?? 0 }];
  } catch {
    // what is stored is still true
    return [];
  }
}

/** Prices of the first exchange in the column, volume of all; null when the chosen one was not in it. */
function barOf(column: { startMs: EpochMs; venues: readonly VenueCandle[] }, venue: VenueId | null): ChartBar | null {
  const chosen = column.venues.filter((one) => venue === null || one.id === venue);
  const first = chosen[0];
  if (first === undefined) return null;
  const { open, high, low, close } = first;
  const volumeBase = chosen.reduce((sum, one) => sum + (one.volumeBase ?? 0), 0);
  return { startMs: column.startMs, open, high, low, close, volumeBase };
}

/** Narrow bars as bars of a width, oldest first. */
function merged(bars: readonly ChartBar[], widthMs: number): ChartBar[] {
  const wide = new Map<EpochMs, ChartBar>();
  for (const bar of [...bars].sort((a, b) => a.startMs - b.startMs)) {
    const startMs = intervalStart(bar.startMs, widthMs);
    const before = wide.get(startMs);
    if (before === undefined) {
      wide.set(startMs, { ...bar, startMs });
      continue;
    }
    before.high = Math.max(before.high, bar.high);
    before.low = Math.min(before.low, bar.low);
    before.close = bar.close;
    before.volumeBase += bar.volumeBase;
  }
  return [...wide.values()];
}
