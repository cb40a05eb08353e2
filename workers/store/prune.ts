// How long history is kept, by width of the column: fine columns for the near past, coarse ones for ever.
import { and, eq, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { TILE_COLUMNS } from "../../src/shared/tile/tile-key.ts";
import { DAY_MS, type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { columns, minuteBars, tiles } from "./schema.ts";

/** Days a column is kept, by its width in minutes; wider ones are kept. */
export const KEEP_DAYS: readonly (readonly [minutes: number, days: number])[] = [
  [1, 1],
  [5, 14],
  [15, 90],
  [30, 90],
];

/** Minute bars are kept as long as a rebuild of the model needs them: its longest age slot is open-ended, 90 days do. */
export const KEEP_MINUTES_DAYS = 90;

/** Deletes what is past its keep; idempotent. */
export async function pruneExpired(db: D1Database, now: EpochMs): Promise<void> {
  const orm = drizzle(db);
  await orm.delete(minuteBars).where(lt(minuteBars.minuteMs, now - KEEP_MINUTES_DAYS * DAY_MS));
  for (const [minutes, days] of KEEP_DAYS) {
    const intervalMs = minutes * MINUTE_MS;
    const before = now - days * DAY_MS;
    const firstTile = Math.floor(before / (intervalMs * TILE_COLUMNS));
    await orm.delete(columns).where(and(eq(columns.intervalMs, intervalMs), lt(columns.startMs, before)));
    await orm.delete(tiles).where(and(eq(tiles.intervalMs, intervalMs), lt(tiles.tileIndex, firstTile)));
  }
}
