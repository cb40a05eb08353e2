// How answers are shared, kept, and given out while the hub cannot be reached; a real hub, its calls counted.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { app } from "../../workers/api/app.ts";
import { fromEdge, toEdge } from "../../workers/api/cache/edge-answers.ts";
import { fromKv, toKv } from "../../workers/api/cache/last-answers.ts";
import { reviveStale, type StoredAnswer } from "../../workers/api/cache/stored-answer.ts";
import { startMarketOf } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

const calls = new Map<string, number>();
let reachable = true;

/** The namespace with its calls counted, and a way to make it unreachable. */
function counted(): Cloudflare.Env {
  const namespace = new Proxy(env.SYMBOL_HUB, {
    get: (target, name) =>
      name !== "getByName"
        ? Reflect.get(target, name)
        : (symbol: string) =>
            new Proxy(
              {},
              {
                get:
                  (_, method: string) =>
                  (...given: unknown[]) => {
                    calls.set(method, (calls.get(method) ?? 0) + 1);
                    if (!reachable) return Promise.reject(new Error("unreachable"));
                    const stub = target.getByName(symbol) as unknown as Record<string, (...all: unknown[]) => unknown>;
                    return stub[method]?.(...given);
                  },
              },
            ),
  });
  return { ...env, SYMBOL_HUB: namespace };
}

const request = (path: string, init: RequestInit = {}) => app.request(path, init, counted());

beforeAll(() => startMarketOf({ minutes: 60, venues: ["okx"] }), 60_000);

describe("a rush of equal requests", () => {
  test("a thousand reach the hub once, and all get the same answer", async () => {
    calls.clear();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => request("/v1/heatmap/BTC?range=12h&bucket=0.05")),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(Object.fromEntries(calls)).toEqual({ live: 1, history: 1 });
    const sources = answers.map((answer) => /desc="(\w+)"/.exec(answer.headers.get("server-timing") ?? "")?.[1]);
    expect(sources.filter((source) => source === "hub")).toHaveLength(1);
    expect(sources.filter((source) => source === "memory")).toHaveLength(999);
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
  });

  test("the order of parameters makes no difference", async () => {
    await request("/v1/map/BTC?side=long&mode=exposed");
    calls.clear();
    const answer = await request("/v1/map/BTC?mode=exposed&side=long");
    expect(answer.headers.get("server-timing")).toMatch(/^cache;desc="memory", total;dur=\d+$/);
    expect(calls.size).toBe(0);
  });
});

describe("a tagged state", () => {
  test.each([
    ...["/v1/heatmap/BTC", "/v1/map/BTC", "/v1/bars/BTC", "/v1/liquidations/BTC", "/v1/depth/BTC"],
    ...["/v1/symbols", "/v1/exchanges", "/v1/models"],
  ])("%s is not sent again to who has it", async (path) => {
    const first = await request(path);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"[\w.-]+-\d+"$/);
    expect(first.headers.get("cache-control")).toMatch(/^public, max-age=(\d+)/);
    const again = await request(path, { headers: { "if-none-match": `"other", ${tag}` } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect(again.headers.get("etag")).toBe(tag);
    expect(again.headers.get("content-type")).toBeNull();
    expect(again.headers.get("access-control-allow-origin")).toBe("*");
    expect((await request(path, { headers: { "if-none-match": 'W/"other-1"' } })).status).toBe(200);
  });
});

describe("while the hub cannot be reached", () => {
  test("the last good answer goes out, marked in body and headers, and may not be kept", async () => {
    await request("/v1/map/BTC");
    reachable = false;
    await vi.waitFor(
      async () => {
        const answer = await request("/v1/map/BTC");
        expect(answer.status).toBe(200);
        expect(answer.headers.get("server-timing")).toContain("stale");
        expect(answer.headers.get("cache-control")).toBe("no-store");
        const body = (await answer.json()) as { stale?: boolean; levels: unknown[] };
        expect(body.stale).toBe(true);
        expect(body.levels.length).toBeGreaterThan(10);
      },
      { timeout: 10_000, interval: 500 },
    );
    const never = await request("/v1/map/BTC?delta=24h&age=7d");
    expect(never.status).toBe(503);
    expect(never.headers.get("retry-after")).toBe("2");
    reachable = true;
    expect((await request("/v1/map/BTC")).headers.get("server-timing")).toContain('"hub"');
  });
});

describe("the caches behind memory", () => {
  const answer = (): StoredAnswer => ({
    body: new TextEncoder().encode('{"asOf":1}').buffer as ArrayBuffer,
    headers: [["content-type", "application/json"]],
    storedAtMs: Date.now(),
    freshMs: 2_000,
  });
  const text = (stored: StoredAnswer | null) => new TextDecoder().decode(stored?.body);

  test("the data centre's gives back what it was given", async () => {
    const given = answer();
    await toEdge("/v1/map/X?side=long", given);
    const back = await fromEdge("/v1/map/X?side=long");
    expect([back?.headers, back?.storedAtMs, back?.freshMs]).toEqual([given.headers, given.storedAtMs, 2_000]);
    expect(text(back)).toBe('{"asOf":1}');
    expect(await fromEdge("/v1/map/Y")).toBeNull();
  });

  test("KV keeps the last unfiltered answer only", async () => {
    await toKv(env.TILES, "/v1/map/X", answer());
    await toKv(env.TILES, "/v1/map/X?side=long", answer());
    const back = await fromKv(env.TILES, "/v1/map/X");
    expect(text(back)).toBe('{"asOf":1}');
    expect(await fromKv(env.TILES, "/v1/map/X?side=long")).toBeNull();
    const stale = reviveStale(back as StoredAnswer, Date.now() + 60_000);
    expect(await stale.json()).toEqual({ asOf: 1, stale: true });
    expect(stale.headers.get("age")).toBe("60");
  });
});

describe("other methods", () => {
  test("HEAD has the headers of GET and no body", async () => {
    const [get, head] = [await request("/v1/symbols"), await request("/v1/symbols", { method: "HEAD" })];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    for (const name of ["etag", "content-type", "cache-control"])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  test("OPTIONS names the methods that are taken", async () => {
    const answer = await request("/v1/symbols", { method: "OPTIONS" });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });
});
