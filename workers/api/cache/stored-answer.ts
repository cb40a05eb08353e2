// One answer as the caches keep it, and how long it may be used: told by the answer's own Cache-Control.

export interface StoredAnswer {
  body: ArrayBuffer;
  /** Headers that belong to the content, not to one request. */
  headers: [string, string][];
  storedAtMs: number;
  /** `max-age`, in ms: until then it is given out as it is. */
  freshMs: number;
}

/** Headers of a request or of a connection; each answer gets its own. */
const KEPT = /^(content-|etag$|cache-control$|link$|deprecation$|sunset$|cross-origin-resource-policy$)/;

/** How long an answer may stand in for one that cannot be made. */
export const STALE_MS = 24 * 3_600_000;

/** `max-age` of a public answer in ms; null when it must not be shared. */
export function freshMsOf(cacheControl: string | null): number | null {
  if (cacheControl === null || !/(^|,)\s*public\b/.test(cacheControl)) return null;
  const seconds = Number(/(?:^|[\s,])max-age=(\d{1,9})/.exec(cacheControl)?.[1] ?? Number.NaN);
  return seconds > 0 ? seconds * 1_000 : null;
}

/** Copies an answer, when it may be shared; its body is read once, here. */
export async function store(response: Response, nowMs: number): Promise<StoredAnswer | null> {
  const freshMs = freshMsOf(response.headers.get("cache-control"));
  if (response.status !== 200 || freshMs === null) return null;
  const headers = [...response.headers].filter(([name]) => KEPT.test(name));
  return { body: await response.clone().arrayBuffer(), headers, storedAtMs: nowMs, freshMs };
}

export function isFresh(answer: StoredAnswer, nowMs: number): boolean {
  return nowMs - answer.storedAtMs < answer.freshMs;
}

export function revive(answer: StoredAnswer, nowMs: number): Response {
  const response = new Response(answer.body, { headers: answer.headers });
  response.headers.set("age", String(Math.max(0, Math.floor((nowMs - answer.storedAtMs) / 1_000))));
  return response;
}

/** The answer while a newer one cannot be made: marked in the body where that is JSON, and nobody keeps it. */
export function reviveStale(answer: StoredAnswer, nowMs: number): Response {
  const response = revive(answer, nowMs);
  const headers = new Headers(response.headers);
  headers.set("cache-control", "no-store");
  headers.set("warning", '110 - "response is stale"');
  headers.delete("etag");
  headers.delete("content-length");
  if (headers.get("content-type")?.startsWith("application/json") !== true)
    return new Response(answer.body, { headers });
  const text = new TextDecoder().decode(answer.body).trimEnd();
  const marked = text.endsWith("}") ? `${text.slice(0, -1)}${text === "{}" ? "" : ","}"stale":true}` : text;
  return new Response(marked, { headers });
}
