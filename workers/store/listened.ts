// Observed liquidations of context columns and how long somebody listened, without the rest of the row.
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";

export interface ListenedPart {
  venue: VenueId;
  startMs: EpochMs;
  /** Null while nothing was reported and nobody listened. */
  longUsd: number | null;
  shortUsd: number | null;
  /** Whole minutes. */
  listenedMinutes: number;
}

/** Columns of a width that begin in `[fromMs, toMs)`, one row per exchange. */
export function loadListened(
  db: D1Database,
  query: { symbol: SymbolId; venues: readonly VenueId[]; intervalMs: number; fromMs: EpochMs; toMs: EpochMs },
): Promise<ListenedPart[]> {
  // places of the figures in a row: venue-rows.ts
  return drizzle(db).all<ListenedPart>(sql`
    SELECT start_ms AS startMs, part.value->>0 AS venue, part.value->>10 AS longUsd, part.value->>11 AS shortUsd,
      part.value->>13 AS listenedMinutes
    FROM context_columns, json_each(context_columns.venues) AS part
    WHERE symbol = ${query.symbol} AND interval_ms = ${query.intervalMs}
      AND start_ms >= ${query.fromMs} AND start_ms < ${query.toMs}
      AND part.value->>0 IN (SELECT value FROM json_each(${JSON.stringify(query.venues)}))`);
}
