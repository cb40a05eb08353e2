// Bars of an answer as exchanges reported them: minutes as they are stored, wider ones from columns and what those lack.
import type { ColumnVenue } from "../../../src/shared/market/closed-column.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { significant } from "../../../src/shared/num/significant.ts";
import { loadColumns } from "../../store/columns.ts";
import { loadMinutes, type StoredMinute } from "../../store/minute-bars.ts";
import type { FoldedMinutes } from "../../store/minute-fold.ts";
import { foldLacking } from "./lacking.ts";
import type { ReportedBar } from "./with-context.ts";

export async function minuteRows(db: D1Database, query: Parameters<typeof loadMinutes>[1]): Promise<ReportedBar[]> {
  const minutes = await loadMinutes(db, query);
  return minutes.map((minute) => ({
    ...openInterestOf(minute),
    exchange: minute.venue,
    startMs: minute.minuteMs,
    open: minute.open,
    high: minute.high,
    low: minute.low,
    close: minute.close,
    volumeBase: minute.volumeBase,
    takerBuyBase: minute.takerBuyBase,
    takerSellBase:
      minute.volumeBase === null || minute.takerBuyBase === null
        ? null
        : Math.max(0, minute.volumeBase - minute.takerBuyBase),
    fundingRate: minute.fundingRate,
    observedLongLiquidationUsd: minute.observedLongUsd,
    observedShortLiquidationUsd: minute.observedShortUsd,
    openInterestCarried: minute.openInterestCarried,
    fromHistory: minute.fromHistory,
    ...(minute.missingReason === null ? {} : { missingReason: minute.missingReason }),
  }));
}

function openInterestOf({ openInterestBase: longBase, shortOpenInterestBase: shortBase, close }: StoredMinute) {
  const base = longBase === null ? null : (longBase + (shortBase ?? longBase)) / 2;
  return {
    openInterestBase: base,
    openInterestUsd: base === null || close === null ? null : base * close,
    ...(longBase === null || shortBase === null ? {} : { openInterestSides: { longBase, shortBase } }),
  };
}

/** Rows of each stored column, in the order of `venues`. */
export async function columnRows(
  db: D1Database,
  query: Parameters<typeof loadColumns>[1],
  venues: readonly VenueId[],
): Promise<ReportedBar[]> {
  const columns = await loadColumns(db, query);
  const lacking = await foldLacking(db, query, columns, venues);
  return columns.flatMap(({ startMs, backfilled, venues: inside }) => {
    const folded = lacking.get(startMs) ?? [];
    return venues.flatMap((id): ReportedBar[] => {
      const stored = inside.find((venue) => venue.id === id);
      if (stored !== undefined) return [storedRow(stored, startMs, backfilled)];
      const minutes = folded.find(({ venue }) => venue === id);
      return minutes === undefined ? [] : [foldedRow(minutes)];
    });
  });
}

function storedRow(venue: ColumnVenue, startMs: number, fromHistory: boolean): ReportedBar {
  return {
    exchange: venue.id,
    startMs,
    open: venue.open,
    high: venue.high,
    low: venue.low,
    close: venue.close,
    volumeBase: venue.volumeBase,
    takerBuyBase: venue.takerBuyBase ?? null,
    takerSellBase: venue.takerSellBase ?? null,
    openInterestBase: venue.close > 0 ? venue.openInterestUsd / venue.close : null,
    openInterestUsd: venue.openInterestUsd,
    fundingRate: venue.fundingRate ?? null,
    observedLongLiquidationUsd: null,
    observedShortLiquidationUsd: null,
    openInterestCarried: false,
    fromHistory,
  };
}

function foldedRow(folded: FoldedMinutes): ReportedBar {
  const { venue: exchange, close, openInterestBase, missingMinutes, missingReason, ...bar } = folded;
  return {
    ...bar,
    exchange,
    close,
    volumeBase: rounded(bar.volumeBase),
    takerBuyBase: rounded(bar.takerBuyBase),
    takerSellBase: rounded(bar.takerSellBase),
    openInterestBase,
    openInterestUsd: openInterestBase === null || close === null ? null : significant(openInterestBase * close),
    observedLongLiquidationUsd: null,
    observedShortLiquidationUsd: null,
    ...(missingMinutes === 0 ? {} : { missingMinutes, missingReason: missingReason ?? "no minute is stored" }),
  };
}

/** As columns keep their sums. */
function rounded(sum: number | null): number | null {
  return sum === null ? null : significant(sum);
}
