// Requests per key, gathered in memory and written to D1 every ten seconds: an evicted isolate may lose so much.
import { DAY_MS, intervalStart } from "../../../src/shared/time/clock.ts";
import { addUsage, type UsageDay } from "../../store/api-keys.ts";

const WRITE_EVERY_MS = 10_000;

const waiting = new Map<string, UsageDay & { sinceMs: number }>();

/** Counts one request; a promise when it is time to write. */
export function countUsage(db: D1Database, keyId: string, refused: boolean, now: number): Promise<void> | null {
  const dayMs = intervalStart(now, DAY_MS);
  const before = waiting.get(keyId);
  const flushed = before !== undefined && before.dayMs !== dayMs ? writeUsage(db, keyId) : null;
  const count = waiting.get(keyId) ?? { dayMs, requests: 0, refused: 0, sinceMs: now };
  count.requests += 1;
  if (refused) count.refused += 1;
  waiting.set(keyId, count);
  return flushed ?? (now - count.sinceMs >= WRITE_EVERY_MS ? writeUsage(db, keyId) : null);
}

/** Writes what waits of a key; what could not be written waits on. */
export async function writeUsage(db: D1Database, keyId: string): Promise<void> {
  const count = waiting.get(keyId);
  if (count === undefined) return;
  waiting.delete(keyId);
  const { sinceMs: _, ...used } = count;
  try {
    await addUsage(db, keyId, used);
  } catch (error) {
    console.warn("usage of a key was not written", error);
    const since = waiting.get(keyId);
    if (since === undefined) waiting.set(keyId, count);
    else Object.assign(since, { requests: since.requests + used.requests, refused: since.refused + used.refused });
  }
}
