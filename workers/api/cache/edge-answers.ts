// The second cache: the data centre's. A failing cache falls through to the origin and is never an error of the request.
import { STALE_MS, type StoredAnswer } from "./stored-answer.ts";

const STORED_AT = "x-stored-at-ms";
const FRESH = "x-fresh-ms";

export async function fromEdge(key: string): Promise<StoredAnswer | null> {
  try {
    const hit = await edge()?.match(address(key));
    if (hit === undefined) return null;
    const headers = new Headers(hit.headers);
    const [storedAtMs, freshMs] = [Number(headers.get(STORED_AT)), Number(headers.get(FRESH))];
    const kept = JSON.parse(headers.get("x-headers") ?? "[]") as [string, string][];
    return { body: await hit.arrayBuffer(), headers: kept, storedAtMs, freshMs };
  } catch (error) {
    console.warn("edge cache: no read", error);
    return null;
  }
}

export async function toEdge(key: string, answer: StoredAnswer): Promise<void> {
  try {
    await edge()?.put(
      address(key),
      new Response(answer.body, {
        headers: {
          "cache-control": `public, max-age=${Math.floor(STALE_MS / 1_000)}`,
          [STORED_AT]: String(answer.storedAtMs),
          [FRESH]: String(answer.freshMs),
          "x-headers": JSON.stringify(answer.headers),
        },
      }),
    );
  } catch (error) {
    console.warn("edge cache: no write", error);
  }
}

/** The cache's own name space; the host is none that anybody can ask for. */
function address(key: string): string {
  return `https://answers.invalid${key}`;
}

function edge(): Cache | null {
  return typeof caches === "undefined" ? null : caches.default;
}
