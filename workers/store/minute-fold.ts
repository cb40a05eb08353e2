// Wide bars of one exchange made from its minutes, where no stored column has them.
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";

/** Minutes that one answer folds at most: 90 days of one exchange, all that is kept of it. */
const MAX_FOLDED_MINUTES = 90 * 1_440;

/** One exchange in one interval; prices are null where every minute is missing. */
export interface FoldedMinutes {
  venue: VenueId;
  startMs: EpochMs;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number | null;
  volumeBase: number | null;
  takerBuyBase: number | null;
  /** Volume less the taker buys, of the minutes whose taker side is known. */
  takerSellBase: number | null;
  /** Newest in the interval; where the sides differ, their mean. */
  openInterestBase: number | null;
  /** The last minute had no open interest of its own. */
  openInterestCarried: boolean;
  /** Rates charged, added up. */
  fundingRate: number | null;
  fromHistory: boolean;
  /** Minutes without prices, marked missing or not there at all. */
  missingMinutes: number;
  /** Why they are missing; null where none is, or nothing says. */
  missingReason: string | null;
}

/**
 * Folds the minutes of each exchange and interval of `parts`, the first ones of the list as far as the bound goes; a part
 * without a stored minute is left out.
 */
export async function foldMinutes(
  db: D1Database,
  query: {
    symbol: SymbolId;
    intervalMs: number;
    parts: readonly { venue: VenueId; startMs: EpochMs }[];
  },
): Promise<FoldedMinutes[]> {
  const { symbol, intervalMs, parts } = query;
  if (parts.length === 0) return [];
  const minutes = intervalMs / MINUTE_MS;
  const limit = Math.max(1, Math.floor(MAX_FOLDED_MINUTES / minutes));
  const list = JSON.stringify(parts.map(({ venue, startMs }) => [venue, startMs]));
  type Row = Omit<FoldedMinutes, "openInterestCarried" | "fromHistory" | "missingMinutes"> & {
    known: number;
    carried: number;
    history: number;
  };
  // parts are limited after those without a minute are out: they cost a look-up, not a share of the bound
  const rows = await drizzle(db).all<Row>(sql`
    WITH part AS MATERIALIZED (
      SELECT key AS place, value->>0 AS venue, value->>1 AS start_ms FROM json_each(${list})
      WHERE EXISTS (
        SELECT 1 FROM minute_bars WHERE symbol = ${symbol} AND venue = value->>0
          AND minute_ms >= value->>1 AND minute_ms < value->>1 + ${intervalMs})
      ORDER BY place LIMIT ${limit}
    ), folded AS MATERIALIZED (
      SELECT part.place, part.venue, part.start_ms, max(high) AS high, min(low) AS low,
        sum(volume_base) AS volume, sum(taker_buy_base) AS taker_buy,
        sum(max(0, volume_base - taker_buy_base)) AS taker_sell, sum(funding_rate) AS funding,
        count(close) AS known, max((quality & 2) <> 0) AS history, max(missing_reason) AS reason,
        min(minute_ms) FILTER (WHERE close IS NOT NULL) AS first_ms,
        max(minute_ms) FILTER (WHERE close IS NOT NULL) AS last_ms,
        max(minute_ms) FILTER (WHERE open_interest_base IS NOT NULL) AS interest_ms
      FROM part CROSS JOIN minute_bars AS minute
        ON minute.symbol = ${symbol} AND minute.venue = part.venue
        AND minute.minute_ms >= part.start_ms AND minute.minute_ms < part.start_ms + ${intervalMs}
      GROUP BY part.place
    )
    SELECT folded.venue, folded.start_ms AS startMs, first.open, folded.high, folded.low, last.close,
      folded.volume AS volumeBase, folded.taker_buy AS takerBuyBase, folded.taker_sell AS takerSellBase,
      folded.funding AS fundingRate,
      (interest.open_interest_base + coalesce(interest.short_open_interest_base, interest.open_interest_base)) / 2
        AS openInterestBase,
      coalesce(interest_ms < last_ms OR (interest.quality & 1) <> 0, 0) AS carried,
      folded.history, folded.known, folded.reason AS missingReason
    FROM folded
      LEFT JOIN minute_bars AS first
        ON first.symbol = ${symbol} AND first.venue = folded.venue AND first.minute_ms = first_ms
      LEFT JOIN minute_bars AS last
        ON last.symbol = ${symbol} AND last.venue = folded.venue AND last.minute_ms = last_ms
      LEFT JOIN minute_bars AS interest
        ON interest.symbol = ${symbol} AND interest.venue = folded.venue AND interest.minute_ms = interest_ms`);
  return rows.map(({ known, carried, history, ...row }) => ({
    ...row,
    openInterestCarried: carried !== 0,
    fromHistory: history !== 0,
    missingMinutes: minutes - known,
  }));
}
