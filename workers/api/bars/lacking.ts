// What a stored column lacks. It lists the exchanges that were in the map at its end and is never rewritten, so one that
// was late just then, and whose minutes came after, has its bar made of those minutes.
import type { ClosedColumn, ColumnVenue } from "../../../src/shared/market/closed-column.ts";
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { type FoldedMinutes, foldMinutes } from "../../store/minute-fold.ts";

type Column = Pick<ClosedColumn, "startMs" | "venues">;

/** By start of the column, what its minutes say of those of `venues` that it lacks; the newest columns as far as the bound goes. */
export async function foldLacking(
  db: D1Database,
  width: { symbol: SymbolId; intervalMs: number },
  columns: readonly Column[],
  venues: readonly VenueId[],
): Promise<Map<EpochMs, FoldedMinutes[]>> {
  const parts = columns
    .toReversed()
    .flatMap(({ startMs, venues: inside }) =>
      venues.flatMap((venue) => (inside.some(({ id }) => id === venue) ? [] : { venue, startMs })),
    );
  return Map.groupBy(await foldMinutes(db, { ...width, parts }), ({ startMs }) => startMs);
}

/** Prices and volume of one exchange. */
export type VenueCandle = Pick<ColumnVenue, "id" | "open" | "high" | "low" | "close" | "volumeBase">;

/** The candles of a column and of what it lacked, in the order of `venues`. */
export function wholeCandles(
  column: Column,
  folded: readonly FoldedMinutes[] | undefined,
  venues: readonly VenueId[],
): VenueCandle[] {
  const added = (folded ?? []).flatMap(({ venue: id, open, high, low, close, volumeBase }): VenueCandle[] =>
    open === null || high === null || low === null || close === null
      ? []
      : [{ id, open, high, low, close, volumeBase }],
  );
  if (added.length === 0) return column.venues;
  return [...column.venues, ...added].sort((a, b) => venues.indexOf(a.id) - venues.indexOf(b.id));
}
