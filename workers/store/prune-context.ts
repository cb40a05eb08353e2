// How long context is kept: events for as long as the deployment says, fine columns for the near past.
import { and, eq, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { DAY_MS, type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { contextColumns, liquidationEvents, listeningGaps } from "./context-schema.ts";

/** Days a column is kept, by its width in minutes; wider ones are kept. */
export const KEEP_CONTEXT_DAYS: readonly (readonly [minutes: number, days: number])[] = [
  [1, 14],
  [5, 30],
  [15, 90],
  [30, 90],
];

/** Deletes what is past its keep; idempotent. */
export async function pruneContext(db: D1Database, now: EpochMs, keepEventsMs: number): Promise<void> {
  const orm = drizzle(db);
  await orm.delete(liquidationEvents).where(lt(liquidationEvents.atMs, now - keepEventsMs));
  await orm.delete(listeningGaps).where(lt(listeningGaps.toMs, now - keepEventsMs));
  for (const [minutes, days] of KEEP_CONTEXT_DAYS) {
    const isOld = lt(contextColumns.startMs, now - days * DAY_MS);
    await orm.delete(contextColumns).where(and(eq(contextColumns.intervalMs, minutes * MINUTE_MS), isOld));
  }
}
