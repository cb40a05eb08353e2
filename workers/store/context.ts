// Context columns and gaps in D1. Everything is written once: what is there already stays as it is.
import { and, asc, eq, gt, gte, inArray, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ContextColumn, LiquidationEvent, ListeningGap } from "../../src/shared/market/context.ts";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { contextColumns, listeningGaps } from "./context-schema.ts";
import { readContextVenues, writeContextVenues } from "./venue-rows.ts";

/** Rows of one statement: about half a megabyte of the 2 MB a bound value may have. */
const ROWS_PER_STATEMENT = 200;
const EVENTS_PER_STATEMENT = 2_000;

export async function saveContext(db: D1Database, columns: readonly ContextColumn[]): Promise<void> {
  for (const part of parts(columns, ROWS_PER_STATEMENT)) {
    const rows = part.map(({ symbol, intervalMs, startMs, venues }) => [
      symbol,
      intervalMs,
      startMs,
      writeContextVenues(venues),
    ]);
    await drizzle(db).run(sql`
      INSERT OR IGNORE INTO context_columns
      SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(${JSON.stringify(rows)})`);
  }
}

export async function saveLiquidations(db: D1Database, events: readonly LiquidationEvent[]): Promise<void> {
  for (const part of parts(events, EVENTS_PER_STATEMENT)) {
    const rows = part.map((one) => [
      one.symbol,
      one.atMs,
      one.venue,
      `${one.side} ${one.price} ${one.sizeBase} ${one.ordinal}`,
      one.receivedMs,
      one.side,
      one.price,
      one.priceKind,
      one.sizeBase,
      one.notionalUsd,
    ]);
    await drizzle(db).run(sql`
      INSERT OR IGNORE INTO liquidation_events
      SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9
      FROM json_each(${JSON.stringify(rows)})`);
  }
}

export async function saveGaps(db: D1Database, gaps: readonly ListeningGap[]): Promise<void> {
  if (gaps.length === 0) return;
  const rows = gaps.map(({ symbol, venue, fromMs, toMs }) => [symbol, venue, fromMs, toMs]);
  await drizzle(db).run(sql`
    INSERT OR IGNORE INTO listening_gaps
    SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(${JSON.stringify(rows)})`);
}

/** Columns of a width in `[fromMs, toMs)`, oldest first, at most `limit`. */
export async function loadContext(
  db: D1Database,
  query: { symbol: SymbolId; intervalMs: number; fromMs: EpochMs; toMs: EpochMs; limit: number },
): Promise<ContextColumn[]> {
  const { symbol, intervalMs } = query;
  const rows = await drizzle(db)
    .select()
    .from(contextColumns)
    .where(
      and(
        eq(contextColumns.symbol, symbol),
        eq(contextColumns.intervalMs, intervalMs),
        gte(contextColumns.startMs, query.fromMs),
        lt(contextColumns.startMs, query.toMs),
      ),
    )
    .orderBy(asc(contextColumns.startMs))
    .limit(query.limit);
  return rows.map(({ startMs, venues }) => ({
    symbol,
    intervalMs,
    startMs,
    venues: readContextVenues(venues),
  }));
}

/** Newest gaps shown in one answer. */
const MAX_GAPS = 500;

/** Gaps that touch `[fromMs, toMs)`, oldest first. */
export async function loadGaps(
  db: D1Database,
  query: { symbol: SymbolId; venues: readonly VenueId[]; fromMs: EpochMs; toMs: EpochMs },
): Promise<ListeningGap[]> {
  const rows = await drizzle(db)
    .select()
    .from(listeningGaps)
    .where(
      and(
        eq(listeningGaps.symbol, query.symbol),
        inArray(listeningGaps.venue, [...query.venues]),
        lt(listeningGaps.fromMs, query.toMs),
        gt(listeningGaps.toMs, query.fromMs),
      ),
    )
    .orderBy(asc(listeningGaps.fromMs))
    .limit(MAX_GAPS);
  return rows.map((row) => ({ ...row, venue: row.venue as VenueId }));
}

function* parts<T>(rows: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
