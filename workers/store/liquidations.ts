// Reading reported liquidations back, page by page.
import { and, desc, eq, gte, inArray, lt, lte, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { LiquidationPriceKind } from "../../src/shared/market/observation.ts";
import type { Side, SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { liquidationEvents } from "./context-schema.ts";

/** Where a page ended: the key of its last row. */
export interface EventCursor {
  atMs: EpochMs;
  venue: string;
  eventKey: string;
}

export interface StoredLiquidation extends EventCursor {
  venue: VenueId;
  receivedMs: EpochMs;
  side: Side;
  price: number;
  priceKind: LiquidationPriceKind;
  sizeBase: number;
  notionalUsd: number;
}

/** Events in `[fromMs, toMs)`, newest first, at most `limit`; with a cursor, those that follow it. */
export async function loadLiquidations(
  db: D1Database,
  query: {
    symbol: SymbolId;
    venues: readonly VenueId[];
    fromMs: EpochMs;
    toMs: EpochMs;
    side: Side | null;
    minUsd: number;
    after: EventCursor | null;
    limit: number;
  },
): Promise<StoredLiquidation[]> {
  const table = liquidationEvents;
  const { after } = query;
  const rows = await drizzle(db)
    .select()
    .from(table)
    .where(
      and(
        eq(table.symbol, query.symbol),
        gte(table.atMs, query.fromMs),
        lt(table.atMs, query.toMs),
        after === null ? undefined : lte(table.atMs, after.atMs),
        inArray(table.venue, [...query.venues]),
        query.side === null ? undefined : eq(table.side, query.side),
        query.minUsd > 0 ? gte(table.notionalUsd, query.minUsd) : undefined,
        after === null
          ? undefined
          : sql`(${table.atMs}, ${table.venue}, ${table.eventKey}) < (${after.atMs}, ${after.venue}, ${after.eventKey})`,
      ),
    )
    .orderBy(desc(table.atMs), desc(table.venue), desc(table.eventKey))
    .limit(query.limit);
  return rows.map((row) => ({
    ...row,
    venue: row.venue as VenueId,
    side: row.side as Side,
    priceKind: row.priceKind as LiquidationPriceKind,
  }));
}
