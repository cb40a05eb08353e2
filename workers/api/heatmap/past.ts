// An answer as of an earlier moment: what the last column that had ended by then says about itself.
import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { thinMark } from "../../../src/shared/settings/thin-market.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { firstColumnMs } from "../../store/reach.ts";
import type { ApiConfig } from "../env.ts";
import { tooEarly } from "../http/reach.ts";

/** Of some columns, oldest first, those that had ended by `asOfMs`. */
export function endedBy(columns: readonly ClosedColumn[], asOfMs: EpochMs): ClosedColumn[] {
  return columns.filter((column) => column.startMs + column.intervalMs <= asOfMs);
}

/** The newest column; without one there is nothing to answer from, and how far the map reaches is told. */
export async function newestOf(
  db: D1Database,
  columns: readonly ClosedColumn[],
  { symbol, intervals, asOfMs }: { symbol: SymbolId; intervals: readonly number[]; asOfMs: EpochMs },
): Promise<ClosedColumn> {
  const newest = columns.at(-1);
  if (newest !== undefined) return newest;
  const ends = intervals.map(async (intervalMs) => {
    const firstMs = await firstColumnMs(db, symbol, intervalMs);
    return firstMs === null ? Number.POSITIVE_INFINITY : firstMs + intervalMs;
  });
  const reachMs = Math.min(...(await Promise.all(ends)));
  if (Number.isFinite(reachMs) && reachMs > asOfMs) throw tooEarly("asOf", `asOf was ${asOfMs}`, reachMs);
  throw new ApiError("not-enough-history", `no column is stored of the time before ${asOfMs}`, { parameter: "asOf" });
}

/** Close of the first exchange that a filter leaves in the column; null when it leaves none. */
export function pastPrice(column: ClosedColumn, { venues }: MapFilter): number | null {
  if (venues === null) return column.price;
  return column.venues.find(({ id }) => venues.includes(id))?.close ?? null;
}

/** Coverage of a stored column. Which exchanges were in it is stored; their states and the day's volume then are not. */
export function pastCoverage(
  column: ClosedColumn,
  config: Pick<ApiConfig, "venues" | "thin">,
  asOfMs: EpochMs,
): Coverage {
  const known = column.knownOpenInterestUsd;
  return {
    ratio: known > 0 ? Math.min(1, column.openInterestUsd / known) : null,
    exchanges: config.venues.map((id) => {
      const inside = column.venues.find((venue) => venue.id === id);
      return inside === undefined
        ? { id, state: "stale", ageMs: null, openInterestUsd: null, modelled: false, reason: "not in the map then" }
        : {
            id,
            state: "live",
            ageMs: asOfMs - (column.startMs + column.intervalMs),
            openInterestUsd: inside.openInterestUsd,
            modelled: true,
          };
    }),
    ...thinMark(config.thin, { openInterestUsd: known > 0 ? known : null, volumeUsd: null }),
  };
}
