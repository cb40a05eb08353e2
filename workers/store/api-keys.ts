// API keys in D1: what is known of each, by its hash or its id, and how much it was used.
import { and, asc, desc, eq, gte, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { KeyKind } from "../../src/shared/key/api-key.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { apiKeys, apiUsage } from "./schema.ts";

export interface ApiKey {
  /** Public name of the key; says nothing about the key itself. */
  id: string;
  /** SHA-256 of the key, hex. */
  hash: string;
  kind: KeyKind;
  name: string;
  plan: string;
  /** Origins a publishable key may be used from; empty: any. */
  origins: string[];
  createdMs: EpochMs;
  revokedMs: EpochMs | null;
  /** Its first characters, to recognise it by; null for keys of before these were kept. */
  masked: string | null;
}

export interface UsageDay {
  dayMs: EpochMs;
  requests: number;
  refused: number;
}

export async function insertKey(db: D1Database, key: ApiKey): Promise<void> {
  await drizzle(db)
    .insert(apiKeys)
    .values({ ...key, origins: JSON.stringify(key.origins) });
}

export async function findKey(db: D1Database, by: { hash: string } | { id: string }): Promise<ApiKey | null> {
  const where = "hash" in by ? eq(apiKeys.hash, by.hash) : eq(apiKeys.id, by.id);
  const [row] = await drizzle(db).select().from(apiKeys).where(where).limit(1);
  return row === undefined ? null : toKey(row);
}

/** Keys, newest first, at most `limit`. */
export async function listKeys(db: D1Database, limit: number): Promise<ApiKey[]> {
  const rows = await drizzle(db).select().from(apiKeys).orderBy(desc(apiKeys.createdMs)).limit(limit);
  return rows.map(toKey);
}

/** True when the key was in use until now. */
export async function revokeKey(db: D1Database, id: string, now: EpochMs): Promise<boolean> {
  const revoked = await drizzle(db)
    .update(apiKeys)
    .set({ revokedMs: now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedMs)))
    .returning({ id: apiKeys.id });
  return revoked.length > 0;
}

export async function addUsage(db: D1Database, keyId: string, used: UsageDay): Promise<void> {
  await drizzle(db)
    .insert(apiUsage)
    .values({ keyId, ...used })
    .onConflictDoUpdate({
      target: [apiUsage.keyId, apiUsage.dayMs],
      set: {
        requests: sql`${apiUsage.requests} + excluded.requests`,
        refused: sql`${apiUsage.refused} + excluded.refused`,
      },
    });
}

/** Days with requests since `fromMs`, oldest first. */
export async function loadUsage(db: D1Database, keyId: string, fromMs: EpochMs): Promise<UsageDay[]> {
  const rows = await drizzle(db)
    .select({ dayMs: apiUsage.dayMs, requests: apiUsage.requests, refused: apiUsage.refused })
    .from(apiUsage)
    .where(and(eq(apiUsage.keyId, keyId), gte(apiUsage.dayMs, fromMs)))
    .orderBy(asc(apiUsage.dayMs));
  return rows;
}

function toKey(row: typeof apiKeys.$inferSelect): ApiKey {
  return { ...row, kind: row.kind as KeyKind, origins: JSON.parse(row.origins) as string[] };
}
