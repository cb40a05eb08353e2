// Minute bars in D1: what each exchange reported, one row per exchange, symbol and minute.
import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { minuteBars } from "./schema.ts";

/** Bits of `minute_bars.quality`. */
const CARRIED = 1;
const FROM_HISTORY = 2;
const MISSING = 4;

/** Rows of one statement: far below the 2 MB a bound value may have. */
const ROWS_PER_STATEMENT = 2_000;

/** Writes minutes once; a minute that is there already stays as it is, unless it was marked missing. */
export async function saveMinutes(db: D1Database, minutes: readonly VenueMinute[]): Promise<void> {
  const orm = drizzle(db);
  for (let from = 0; from < minutes.length; from += ROWS_PER_STATEMENT) {
    const rows = minutes.slice(from, from + ROWS_PER_STATEMENT).map(toRow);
    await orm.run(sql`
      INSERT INTO minute_bars
        (symbol, venue, minute_ms, open, high, low, close, volume_base, taker_buy_base, open_interest_base, mark_high,
         mark_low, funding_rate, observed_long_usd, observed_short_usd, quality, missing_reason,
         short_open_interest_base)
      SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8,
             value->>9, value->>10, value->>11, value->>12, value->>13, value->>14, value->>15, value->>16, value->>17
      FROM json_each(${JSON.stringify(rows)}) WHERE true
      ON CONFLICT (symbol, venue, minute_ms) DO UPDATE SET
        open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
        volume_base = excluded.volume_base, taker_buy_base = excluded.taker_buy_base,
        open_interest_base = excluded.open_interest_base, mark_high = excluded.mark_high,
        mark_low = excluded.mark_low, funding_rate = excluded.funding_rate,
        observed_long_usd = excluded.observed_long_usd, observed_short_usd = excluded.observed_short_usd,
        quality = excluded.quality, missing_reason = excluded.missing_reason,
        short_open_interest_base = excluded.short_open_interest_base
      WHERE (minute_bars.quality & ${MISSING}) <> 0 AND (excluded.quality & ${MISSING}) = 0`);
  }
}

export interface StoredMinute {
  venue: VenueId;
  minuteMs: EpochMs;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number | null;
  volumeBase: number | null;
  takerBuyBase: number | null;
  openInterestBase: number | null;
  /** Null where both sides are the same. */
  shortOpenInterestBase: number | null;
  fundingRate: number | null;
  observedLongUsd: number | null;
  observedShortUsd: number | null;
  openInterestCarried: boolean;
  fromHistory: boolean;
  missingReason: string | null;
}

/** Minutes of a symbol on some exchanges in `[fromMs, toMs)`, oldest first, at most `limit`. */
export async function loadMinutes(
  db: D1Database,
  query: { symbol: SymbolId; venues: readonly VenueId[]; fromMs: EpochMs; toMs: EpochMs; limit: number },
): Promise<StoredMinute[]> {
  const rows = await drizzle(db)
    .select()
    .from(minuteBars)
    .where(
      and(
        eq(minuteBars.symbol, query.symbol),
        inArray(minuteBars.venue, [...query.venues]),
        gte(minuteBars.minuteMs, query.fromMs),
        lt(minuteBars.minuteMs, query.toMs),
      ),
    )
    .orderBy(asc(minuteBars.minuteMs), asc(minuteBars.venue))
    .limit(query.limit);
  return rows.map((row) => ({
    venue: row.venue as VenueId,
    minuteMs: row.minuteMs,
    open: row.open,
    high: row.high,
    low: row.low,
    close: row.close,
    volumeBase: row.volumeBase,
    takerBuyBase: row.takerBuyBase,
    openInterestBase: row.openInterestBase,
    shortOpenInterestBase: row.shortOpenInterestBase,
    fundingRate: row.fundingRate,
    observedLongUsd: row.observedLongUsd,
    observedShortUsd: row.observedShortUsd,
    openInterestCarried: (row.quality & CARRIED) !== 0,
    fromHistory: (row.quality & FROM_HISTORY) !== 0,
    missingReason: row.missingReason,
  }));
}

function toRow({ symbol, venue, minute }: VenueMinute): unknown[] {
  if (minute.type === "missing") {
    const nothing = Array<null>(12).fill(null);
    return [symbol, venue, minute.minuteMs, ...nothing, MISSING, minute.reason, null];
  }
  const { bar, quality } = minute;
  const bits = (quality.openInterestCarried ? CARRIED : 0) | (quality.fromHistory ? FROM_HISTORY : 0);
  return [
    symbol,
    venue,
    minute.minuteMs,
    bar.open,
    bar.high,
    bar.low,
    bar.close,
    bar.volumeBase,
    bar.takerBuyBase,
    bar.openInterestBase,
    bar.markHigh,
    bar.markLow,
    bar.fundingRate,
    bar.observedLongUsd,
    bar.observedShortUsd,
    bits,
    null,
    bar.shortOpenInterestBase ?? null,
  ];
}
