// Closed tiles in KV: read near the client, where D1 is in one place. Written when D1 was read for one, so once a tile.
import type { StoredAnswer } from "../cache/stored-answer.ts";

/** Longer than fine columns are kept; a tile that is asked for after that is read from D1 and written again. */
const KEEP_SECONDS = 30 * 86_400;

export async function tileFromKv(kv: KVNamespace, key: string): Promise<StoredAnswer | null> {
  try {
    const { value, metadata } = await kv.getWithMetadata<Omit<StoredAnswer, "body">>(nameOf(key), "arrayBuffer");
    return value === null || metadata === null ? null : { ...metadata, body: value };
  } catch (error) {
    console.warn("tiles: no read from KV", error);
    return null;
  }
}

export async function tileToKv(kv: KVNamespace, key: string, { body, ...metadata }: StoredAnswer): Promise<void> {
  try {
    await kv.put(nameOf(key), body, { metadata, expirationTtl: KEEP_SECONDS });
  } catch (error) {
    console.warn("tiles: no write to KV", error);
  }
}

/** The address has the model's version in it: what is under a name never changes. */
function nameOf(key: string): string {
  return `tile${key}`;
}
