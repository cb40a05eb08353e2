// Public answers are made once: memory, the data centre's cache, then the route (which asks D1 and the hub).
// When the route cannot answer, the last good answer goes out instead, marked as stale.
import type { MiddlewareHandler } from "hono";
import { fromEdge, toEdge } from "../cache/edge-answers.ts";
import { fromKv, toKv } from "../cache/last-answers.ts";
import { MemoryAnswers } from "../cache/memory-answers.ts";
import { isFresh, revive, reviveStale, STALE_MS, type StoredAnswer, store } from "../cache/stored-answer.ts";
import type { ApiEnv } from "../env.ts";
import { ageWhenAway } from "../heatmap/while-away.ts";
import { digest } from "../http/entity-tag.ts";
import { keepAlive } from "./keep-alive.ts";

/** Of the 128 MB an isolate has. */
const MEMORY_BYTES = 24 * 1024 * 1024;
/** The maker's request may have been cancelled by its client: then a waiting one makes the answer itself. */
const PATIENCE_MS = 12_000;

type Source = "memory" | "edge" | "kv" | "hub";

const memory = new MemoryAnswers(MEMORY_BYTES);

export const answerCache: MiddlewareHandler<ApiEnv> = async (context, next) => {
  if (context.req.method !== "GET" && context.req.method !== "HEAD") return next();
  const startedAt = Date.now();
  const key = answerKey(context.req.path, new URL(context.req.url));
  const give = (response: Response, source: Source, isStale = false) => {
    const timing = `cache;desc="${source}${isStale ? ", stale" : ""}", total;dur=${Date.now() - startedAt}`;
    response.headers.set("server-timing", timing);
    context.res = response;
  };

  const known = memory.get(key, startedAt);
  if (known !== null && isFresh(known, startedAt)) return give(revive(known, startedAt), "memory");
  // no pause between this look and the announcement below: requests in step would all become makers
  const making = memory.making(key);
  const others = making === null ? null : await patiently(making);
  if (others !== null) return give(revive(others, Date.now()), "memory");

  const tried = { edge: null as StoredAnswer | null, route: false };
  const make = async (): Promise<StoredAnswer | null> => {
    tried.edge = await fromEdge(key);
    if (tried.edge !== null && isFresh(tried.edge, Date.now())) return tried.edge;
    tried.route = true;
    await next();
    return tagged(await store(context.res, Date.now()));
  };
  const made = make();
  memory.announce(key, made);
  keepAlive(context, made);
  const answer = await made;
  if (answer !== null) {
    memory.set(key, answer);
    if (!tried.route) return give(revive(answer, Date.now()), "edge");
    keepAlive(context, toEdge(key, answer));
    keepAlive(context, toKv(context.env.TILES, key, answer));
    const tag = answer.headers.find(([name]) => name === "etag")?.[1];
    if (tag !== undefined) context.res.headers.set("etag", tag);
    return give(context.res, "hub");
  }
  // made without the hub: good unless an answer is kept that is newer still
  const awayMs = ageWhenAway(context.res);
  if (context.res.status !== 503 && awayMs === null) return;
  const last = known ?? tried.edge ?? (awayMs === null ? await fromKv(context.env.TILES, key) : null);
  if (last === null || Date.now() - last.storedAtMs > (awayMs ?? STALE_MS)) return;
  const from = last === known ? "memory" : last === tried.edge ? "edge" : "kv";
  // hono merges the headers of an answer that it replaces: the problem is taken away first
  context.res = undefined;
  give(reviveStale(last, Date.now()), from, true);
};

/** Equal questions have equal keys: parameters in the order of their names. */
function answerKey(path: string, url: URL): string {
  const query = new URLSearchParams([...url.searchParams].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return url.search === "" ? path : `${path}?${query}`;
}

/** Every shared answer has a tag: one that names no state is tagged by its bytes. */
async function tagged(answer: StoredAnswer | null): Promise<StoredAnswer | null> {
  if (answer === null || answer.headers.some(([name]) => name === "etag")) return answer;
  return { ...answer, headers: [...answer.headers, ["etag", `W/"${await digest(answer.body)}"`]] };
}

/** An answer that another request is making, if it comes in time. */
export async function patiently(made: Promise<StoredAnswer | null>): Promise<StoredAnswer | null> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([made, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
