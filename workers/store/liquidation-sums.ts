// Reported liquidations added up, and the largest of them: what a summary needs instead of pages of events.
import { and, asc, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { LiquidationPriceKind } from "../../src/shared/market/observation.ts";
import type { Side, SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { liquidationEvents } from "./context-schema.ts";

interface Span {
  symbol: SymbolId;
  venues: readonly VenueId[];
  fromMs: EpochMs;
  toMs: EpochMs;
}

export interface LiquidationSum {
  startMs: EpochMs;
  venue: VenueId;
  side: Side;
  usd: number;
  count: number;
}

/** Sums per exchange, side and interval in `[fromMs, toMs)`, oldest first; nothing for an interval without a report. */
export async function sumLiquidations(db: D1Database, span: Span & { intervalMs: number }): Promise<LiquidationSum[]> {
  const { venue, side, notionalUsd, atMs } = liquidationEvents;
  const rows = await drizzle(db)
    .select({
      startMs: sql<number>`${atMs} - ${atMs} % ${span.intervalMs}`.as("start_ms"),
      venue,
      side,
      usd: sql<number>`total(${notionalUsd})`,
      count: sql<number>`count(*)`,
    })
    .from(liquidationEvents)
    .where(within(span))
    .groupBy(sql`start_ms`, venue, side)
    .orderBy(sql`start_ms`, asc(venue), asc(side));
  return rows.map((row) => ({ ...row, venue: row.venue as VenueId, side: row.side as Side }));
}

export interface LargeLiquidation {
  venue: VenueId;
  atMs: EpochMs;
  side: Side;
  price: number;
  priceKind: LiquidationPriceKind;
  notionalUsd: number;
}

/** The `limit` largest reports in `[fromMs, toMs)`, largest first. */
export async function largestLiquidations(db: D1Database, span: Span & { limit: number }): Promise<LargeLiquidation[]> {
  const { venue, atMs, side, price, priceKind, notionalUsd } = liquidationEvents;
  const rows = await drizzle(db)
    .select({ venue, atMs, side, price, priceKind, notionalUsd })
    .from(liquidationEvents)
    .where(within(span))
    .orderBy(desc(notionalUsd), desc(atMs))
    .limit(span.limit);
  return rows.map((row) => ({
    ...row,
    venue: row.venue as VenueId,
    side: row.side as Side,
    priceKind: row.priceKind as LiquidationPriceKind,
  }));
}

function within({ symbol, venues, fromMs, toMs }: Span) {
  const { symbol: coin, venue, atMs } = liquidationEvents;
  return and(eq(coin, symbol), gte(atMs, fromMs), lt(atMs, toMs), inArray(venue, [...venues]));
}
