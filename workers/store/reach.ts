// How far back each kind of data reaches: one look at the first row, never a scan.
import { and, asc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { contextColumns, liquidationEvents } from "./context-schema.ts";
import { columns } from "./schema.ts";

/** First minute that is stored of any of some exchanges; null when none is. */
export async function firstMinuteMs(
  db: D1Database,
  { symbol, venues }: { symbol: SymbolId; venues: readonly VenueId[] },
): Promise<EpochMs | null> {
  // a minimum over several exchanges at once would read all their rows
  const found = await drizzle(db).get<{ first: number | null }>(sql`
    SELECT min(first) AS first FROM (
      SELECT (SELECT minute_ms FROM minute_bars WHERE symbol = ${symbol} AND venue = value ORDER BY minute_ms LIMIT 1)
        AS first
      FROM json_each(${JSON.stringify(venues)}))`);
  return found?.first ?? null;
}

/** Start of the first map column of a width. */
export function firstColumnMs(db: D1Database, symbol: SymbolId, intervalMs: number): Promise<EpochMs | null> {
  return firstOf(db, columns, symbol, intervalMs);
}

/** Start of the first context column of a width. */
export function firstContextMs(db: D1Database, symbol: SymbolId, intervalMs: number): Promise<EpochMs | null> {
  return firstOf(db, contextColumns, symbol, intervalMs);
}

async function firstOf(
  db: D1Database,
  table: typeof columns | typeof contextColumns,
  symbol: SymbolId,
  intervalMs: number,
): Promise<EpochMs | null> {
  const [row] = await drizzle(db)
    .select({ startMs: table.startMs })
    .from(table)
    .where(and(eq(table.symbol, symbol), eq(table.intervalMs, intervalMs)))
    .orderBy(asc(table.startMs))
    .limit(1);
  return row?.startMs ?? null;
}

/** Time of the first liquidation that was reported. */
export async function firstLiquidationMs(db: D1Database, symbol: SymbolId): Promise<EpochMs | null> {
  const { atMs } = liquidationEvents;
  const [row] = await drizzle(db)
    .select({ atMs })
    .from(liquidationEvents)
    .where(eq(liquidationEvents.symbol, symbol))
    .orderBy(asc(atMs))
    .limit(1);
  return row?.atMs ?? null;
}
