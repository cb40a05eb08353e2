// Closed columns in D1: price, candles, coverage. Their cells are in the tiles.
import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { columns } from "./schema.ts";
import { readColumnVenues, writeColumnVenues } from "./venue-rows.ts";

const ROWS_PER_STATEMENT = 1_000;

/** Writes closed columns once: a published column never changes. */
export async function saveColumns(db: D1Database, closed: readonly ClosedColumn[]): Promise<void> {
  const orm = drizzle(db);
  for (let from = 0; from < closed.length; from += ROWS_PER_STATEMENT) {
    const rows = closed
      .slice(from, from + ROWS_PER_STATEMENT)
      .map((column) => [
        column.symbol,
        column.intervalMs,
        column.startMs,
        column.modelVersion,
        column.price,
        column.openInterestUsd,
        column.knownOpenInterestUsd,
        column.backfilled ? 1 : 0,
        writeColumnVenues(column.venues),
      ]);
    await orm.run(sql`
      INSERT OR IGNORE INTO columns
      SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8
      FROM json_each(${JSON.stringify(rows)})`);
  }
}

/** Closed columns of a symbol in `[fromMs, toMs)`, oldest first. */
export async function loadColumns(
  db: D1Database,
  query: { symbol: SymbolId; intervalMs: number; fromMs: EpochMs; toMs: EpochMs },
): Promise<ClosedColumn[]> {
  const rows = await drizzle(db)
    .select()
    .from(columns)
    .where(
      and(
        eq(columns.symbol, query.symbol),
        eq(columns.intervalMs, query.intervalMs),
        gte(columns.startMs, query.fromMs),
        lt(columns.startMs, query.toMs),
      ),
    )
    .orderBy(asc(columns.startMs));
  return rows.map((row) => ({
    ...row,
    backfilled: row.backfilled !== 0,
    venues: readColumnVenues(row.venues),
  }));
}
