// Minutes of several exchanges as one candle each, for charts.
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";

export interface ChartBar {
  startMs: EpochMs;
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number;
}

/**
 * Minutes in `[fromMs, toMs)`, oldest first, the newest `limit` of them: prices of the first exchange of `venues` that has
 * the minute, volume of all. They are added up where they lie, so that eight exchanges are no more rows than one.
 */
export async function loadChartMinutes(
  db: D1Database,
  query: { symbol: SymbolId; venues: readonly VenueId[]; fromMs: EpochMs; toMs: EpochMs; limit: number },
): Promise<ChartBar[]> {
  // beside a lone min() SQLite takes the other columns from the row that has it
  const rows = await drizzle(db).all<ChartBar & { place: number }>(sql`
    SELECT minute_ms AS startMs, open, high, low, close, total(volume_base) AS volumeBase, min(key) AS place
    FROM json_each(${JSON.stringify(query.venues)}) CROSS JOIN minute_bars
      ON symbol = ${query.symbol} AND venue = value AND minute_ms >= ${query.fromMs} AND minute_ms < ${query.toMs}
    WHERE open IS NOT NULL AND high IS NOT NULL AND low IS NOT NULL AND close IS NOT NULL
    GROUP BY minute_ms ORDER BY minute_ms DESC LIMIT ${query.limit}`);
  return rows.reverse().map(({ place: _, ...minute }) => minute);
}
