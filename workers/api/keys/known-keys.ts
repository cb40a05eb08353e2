// Looking a key up: in this isolate's memory for a minute, then in D1. A revoked key works elsewhere that long at most.
import { type ApiKey, findKey } from "../../store/api-keys.ts";

const KNOWN_MS = 60_000;
/** Unknown keys are remembered too, so that guessing does not reach D1; this many of both. */
const MAX_KNOWN = 5_000;

const known = new Map<string, { at: number; key: ApiKey | null }>();

export async function knownKey(db: D1Database, by: { hash: string } | { id: string }): Promise<ApiKey | null> {
  const name = "hash" in by ? by.hash : `id:${by.id}`;
  const now = Date.now();
  const entry = known.get(name);
  if (entry !== undefined && now - entry.at < KNOWN_MS) return entry.key;
  const key = await findKey(db, by);
  known.delete(name);
  known.set(name, { at: now, key });
  const oldest = known.keys().next();
  if (known.size > MAX_KNOWN && oldest.done !== true) known.delete(oldest.value);
  return key;
}

/** Forgets what is known of a key: it was just made or revoked here. */
export function forgetKeys(): void {
  known.clear();
}
