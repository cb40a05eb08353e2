// Observed liquidations in D1 as the exchanges reported them, added up from minute bars.
import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { minuteBars } from "./schema.ts";

export interface ObservedSum {
  venue: VenueId;
  startMs: EpochMs;
  longUsd: number;
  shortUsd: number;
}

/**
 * Sums per exchange and interval in `[fromMs, toMs)`, oldest first; an interval in which an exchange reported no figure at
 * all is left out, never zero. `offsetMs` moves the edges of the intervals off the epoch.
 */
export async function sumObserved(
  db: D1Database,
  query: {
    symbol: SymbolId;
    venues: readonly VenueId[];
    intervalMs: number;
    offsetMs: number;
    fromMs: EpochMs;
    toMs: EpochMs;
  },
): Promise<ObservedSum[]> {
  const { intervalMs, offsetMs } = query;
  const startMs = sql<number>`${minuteBars.minuteMs} - (${minuteBars.minuteMs} - ${offsetMs}) % ${intervalMs}`;
  const rows = await drizzle(db)
    .select({
      venue: minuteBars.venue,
      startMs: startMs.as("start_ms"),
      longUsd: sql<number>`total(${minuteBars.observedLongUsd})`,
      shortUsd: sql<number>`total(${minuteBars.observedShortUsd})`,
    })
    .from(minuteBars)
    .where(
      and(
        eq(minuteBars.symbol, query.symbol),
        inArray(minuteBars.venue, [...query.venues]),
        gte(minuteBars.minuteMs, query.fromMs),
        lt(minuteBars.minuteMs, query.toMs),
        sql`(${minuteBars.observedLongUsd} IS NOT NULL OR ${minuteBars.observedShortUsd} IS NOT NULL)`,
      ),
    )
    .groupBy(minuteBars.venue, sql`start_ms`)
    .orderBy(sql`start_ms`, asc(minuteBars.venue));
  return rows.map((row) => ({ ...row, venue: row.venue as VenueId }));
}
