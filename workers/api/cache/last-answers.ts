// The third cache: the last good unfiltered answer of an address in KV, read only when no newer one can be made.
// KV takes one write a second per key and shows it a minute later: no use for what is two seconds fresh, good for an outage.
import { STALE_MS, type StoredAnswer } from "./stored-answer.ts";

/** One write per address and isolate in this time: 144 a day for an address that is always asked for. */
const WRITE_EVERY_MS = 600_000;

const written = new Map<string, number>();

export async function fromKv(kv: KVNamespace, key: string): Promise<StoredAnswer | null> {
  try {
    const { value, metadata } = await kv.getWithMetadata<Omit<StoredAnswer, "body">>(`last${key}`, "arrayBuffer");
    return value === null || metadata === null ? null : { ...metadata, body: value };
  } catch (error) {
    console.warn("last answers: no read", error);
    return null;
  }
}

export async function toKv(kv: KVNamespace, key: string, answer: StoredAnswer): Promise<void> {
  // a filter has too many values to keep each; what others' shapes say is made of the same state
  if (key.includes("?") || !key.startsWith("/v1/") || answer.storedAtMs - (written.get(key) ?? 0) < WRITE_EVERY_MS)
    return;
  written.set(key, answer.storedAtMs);
  const { body, ...metadata } = answer;
  try {
    await kv.put(`last${key}`, body, { metadata, expirationTtl: Math.floor(STALE_MS / 1_000) });
  } catch (error) {
    console.warn("last answers: no write", error);
  }
}
