// The object in workerd: its alarm, its memory across evictions, its start by the cron.
import {
  createExecutionContext,
  createScheduledController,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { app } from "../../workers/api/app.ts";
import type { FeedFacts } from "../../workers/api/schema/feed-facts.ts";
import { scheduled } from "../../workers/ingest/scheduled.ts";

const MINUTE_MS = 60_000;
const STEP_MS = 5_000;

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

/** Answers of a Binance in good health, of our own making. */
function answer(url: string): Response {
  const { pathname, searchParams } = new URL(url);
  const now = Date.now();
  const symbol = searchParams.get("symbol") ?? "";
  if (pathname.endsWith("/openInterest")) return json({ symbol, openInterest: "100.5", time: now });
  if (pathname.endsWith("/premiumIndex")) {
    const row = { symbol: "BTCUSDT", markPrice: "90000", indexPrice: "90001", lastFundingRate: "0.0001" };
    return json([{ ...row, nextFundingTime: now + MINUTE_MS, time: now }]);
  }
  if (pathname.endsWith("/klines")) {
    const start = Number(searchParams.get("startTime") ?? now - 2 * MINUTE_MS);
    const open = Math.ceil(start / MINUTE_MS) * MINUTE_MS;
    return json([
      [open, "90000", "90010", "89990", "90005", "12", open + MINUTE_MS - 1, "1080000", 9, "6", "540000", "0"],
    ]);
  }
  if (pathname.includes("/futures/data/")) return json([]);
  const contract = { contractType: "PERPETUAL", status: "TRADING", quoteAsset: "USDT", marginAsset: "USDT" };
  const coins = ["BTC", "ETH", "SOL"];
  return json({
    symbols: coins.map((baseAsset) => ({
      ...contract,
      symbol: `${baseAsset}USDT`,
      pair: `${baseAsset}USDT`,
      baseAsset,
    })),
  });
}

function answerWith(respond: (url: string) => Response | Promise<Response>) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => respond(String(input)));
}

const alarmOf = (stub: DurableObjectStub) => runInDurableObject(stub, (_, state) => state.storage.getAlarm());

Reflect.set(env, "SYMBOLS", "BTC,ETH,SOL");
// a stream's handshake would still be under way when the runtime of this file ends
for (const venue of VENUES) Reflect.set(env, `${venue.toUpperCase()}_STREAM`, "off");

afterEach(() => {
  vi.restoreAllMocks();
});

// generations above 1 are left alone by the configuration, so each test has an object of its own through its variable
function feed(generation: number) {
  Reflect.set(env, "BINANCE_GENERATION", String(generation));
  return env.VENUE_FEED.getByName(`binance#${generation}`);
}

describe("the alarm", () => {
  test("is set once, however often the watchdog calls", async () => {
    answerWith(answer);
    const stub = feed(11);
    const first = await stub.ensureRunning();
    expect(first).toMatchObject({ venue: "binance", name: "binance#11" });
    await runInDurableObject(stub, (_, state) => state.storage.setAlarm(Date.now() + MINUTE_MS));
    const alarm = await alarmOf(stub);
    await stub.ensureRunning();
    expect(await alarmOf(stub)).toBe(alarm);
  });

  test("goes on the grid of the clock and hands batches to the hubs", async () => {
    answerWith(answer);
    const stub = feed(12);
    await stub.ensureRunning();
    await runDurableObjectAlarm(stub);
    expect(((await alarmOf(stub)) ?? 1) % STEP_MS).toBe(0);
    const { symbols, counters } = await stub.report();
    expect(counters).toMatchObject({ bugs: 0, hubFailures: 0 });
    expect(counters.batches).toBeGreaterThanOrEqual(3);
    expect(symbols.map(({ symbol, status }) => [symbol, status?.state])).toEqual([
      ["BTC", "live"],
      ["ETH", "live"],
      ["SOL", "live"],
    ]);
  });

  test("survives a venue that cannot be reached", async () => {
    answerWith(() => Promise.reject(new Error("internal error; reference = x")));
    const stub = feed(13);
    await stub.ensureRunning();
    await runDurableObjectAlarm(stub);
    expect(await alarmOf(stub)).not.toBeNull();
    expect((await stub.report()).symbols[0]?.status?.state).toBe("stale");
  });

  test("stops when a newer generation has taken over", async () => {
    answerWith(answer);
    const stub = feed(14);
    await stub.ensureRunning();
    feed(15);
    await runDurableObjectAlarm(stub);
    expect(await alarmOf(stub)).toBeNull();
  });
});

describe("eviction", () => {
  test("a ban is not forgotten", async () => {
    const until = Date.now() + 10 * MINUTE_MS;
    const spy = answerWith(() => json({ code: -1003, msg: `IP banned until ${until}.` }, 418));
    const stub = feed(21);
    await stub.ensureRunning();
    await runDurableObjectAlarm(stub);
    expect((await stub.report()).breaker).toMatchObject({ state: "open", cause: "banned" });
    await evictDurableObject(stub);
    spy.mockClear();
    await runDurableObjectAlarm(stub);
    expect(spy.mock.calls.map(([url]) => String(url)).filter((url) => url.includes("binance"))).toEqual([]);
    const report = await stub.report();
    expect(report).toMatchObject({ name: "binance#21", breaker: { state: "open", cause: "banned" } });
  });
});

test("an operator sees why and until when an exchange is left alone", async () => {
  const until = Date.now() + 10 * MINUTE_MS;
  answerWith(() => json({ code: -1003, msg: `IP banned until ${until}.` }, 418));
  const stub = feed(31);
  await stub.ensureRunning();
  await runDurableObjectAlarm(stub);
  const { exchanges } = await (await app.request("/v1/exchanges", {}, env)).json<{
    exchanges: { id: string; feed: FeedFacts }[];
  }>();
  const told = exchanges.find(({ id }) => id === "binance")?.feed;
  expect(told).toMatchObject({
    breaker: { state: "open", cause: "banned", waits: 1, reason: expect.stringContaining("IP banned until") },
    lastReasons: { banned: expect.stringContaining("HTTP 418") },
    deferred: 0,
    // switched off by the operator
    stream: null,
  });
  expect(told?.breaker.untilMs).toBeGreaterThanOrEqual(until);
  expect(told?.breaker.untilMs).toBeLessThanOrEqual(until + 2_000);
  const metrics = await (await app.request("/metrics", {}, env)).text();
  const left = Number(/faultline_feed_asked_again_seconds\{exchange="binance"\} ([\d.]+)/.exec(metrics)?.[1]);
  expect(left).toBeGreaterThan(500);
  expect(left).toBeLessThan(603);
  expect(metrics).toMatch(/faultline_feed_requests_total\{exchange="binance",outcome="banned"\} [1-9]/);
  expect(metrics).toContain('faultline_feed_reachable{exchange="binance"} 1');
  expect(metrics).not.toContain("faultline_feed_stream_listening{");
});

test("the cron starts every configured venue", async () => {
  answerWith(() => json({}, 503));
  Reflect.set(env, "BINANCE_GENERATION", "1");
  const context = createExecutionContext();
  await scheduled(createScheduledController({ scheduledTime: new Date(0), cron: "* * * * *" }), env, context);
  await waitOnExecutionContext(context);
  for (const venue of VENUES) {
    const stub = env.VENUE_FEED.getByName(`${venue}#1`);
    expect((await stub.report()).name).toBe(`${venue}#1`);
    const hasRun = (await alarmOf(stub)) !== null || (await stub.report()).counters.requests > 0;
    expect(hasRun).toBe(true);
  }
});
