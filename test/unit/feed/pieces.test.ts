import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseColo } from "../../../durable-objects/feed/colo.ts";
import { FeedStore, type SavedFeed } from "../../../durable-objects/feed/feed-store.ts";
import { InstrumentBook } from "../../../durable-objects/feed/instrument-book.ts";
import { LiquidationFilter } from "../../../durable-objects/feed/liquidation-filter.ts";
import { Outbox } from "../../../durable-objects/feed/outbox.ts";
import { nextTickAt, paceOf, pollSlot } from "../../../durable-objects/feed/pace.ts";
import { NO_PROGRESS, type PlannedSymbol, planRequests } from "../../../durable-objects/feed/poll-plan.ts";
import { isWorthSending, judgeSymbol, nextStatus } from "../../../durable-objects/feed/symbol-status.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import { bench, fakeAdapter, healthy, instrumentOf, json, liquidation, START } from "./fake-venue.ts";

describe("pace", () => {
  test.each([
    [1, 5_000, 3],
    [10, 500, 3],
    [60, 250, 1],
    [0.5, 10_000, 3],
  ])("at speed %d ticks are %d ms apart, the tail takes every %d", (speed, stepMs, tailEvery) => {
    expect(paceOf({ busySymbols: 5, busyPollMs: 5_000, tailPollMs: 15_000 }, speed)).toEqual({
      stepMs,
      tailEvery,
      busySymbols: 5,
    });
  });

  test("ticks lie on the grid of the clock and slow down when the tape has ended", () => {
    const pace = { stepMs: 5_000, tailEvery: 3, busySymbols: 5 };
    expect(nextTickAt(pace, 12_345, false)).toBe(15_000);
    expect(nextTickAt(pace, 15_000, false)).toBe(20_000);
    expect(nextTickAt({ ...pace, stepMs: 250 }, 15_001, true)).toBe(30_000);
  });

  test("a late alarm delays a poll of the tail but does not skip it", () => {
    const pace = { stepMs: 5_000, tailEvery: 3, busySymbols: 0 };
    expect(pollSlot(pace, 0, 14_999)).toBe(0);
    expect(pollSlot(pace, 0, 21_000)).toBe(1);
  });
});

describe("poll plan", () => {
  const target: PlannedSymbol = {
    symbol: "BTC",
    venueSymbol: "BTCUSDT",
    nextMinuteMs: null,
    newestClosedMs: null,
    needsHistory: false,
    busy: true,
  };
  const plan = [
    { kind: "funding-rate", scope: "symbol", cadence: "hour" },
    { kind: "open-interest", scope: "symbol", cadence: "poll" },
    { kind: "klines", scope: "symbol", cadence: "minute" },
    { kind: "tickers", scope: "venue", cadence: "poll" },
  ] as const;
  const source = { ...fakeAdapter, plan };
  const time = { market: START, wall: START };

  test("bulk first, then candles, polls and hourly requests", () => {
    const kinds = planRequests(source, [target], () => NO_PROGRESS, time).map(({ entry }) => entry.kind);
    expect(kinds).toEqual(["tickers", "klines", "open-interest", "funding-rate"]);
  });

  test("what the budget bears for the busiest only is asked for those only", () => {
    const scarce = [...plan, { kind: "taker-volume", scope: "symbol", cadence: "minute", only: "busy" }] as const;
    const tail = { ...target, symbol: "TAIL", busy: false };
    const planned = planRequests({ ...source, plan: scarce }, [target, tail], () => NO_PROGRESS, time);
    expect(planned.filter(({ entry }) => entry.kind === "taker-volume").map(({ symbol }) => symbol)).toEqual(["BTC"]);
    expect(planned.filter(({ entry }) => entry.kind === "klines")).toHaveLength(2);
  });

  test("what was put off for want of budget goes first, what failed waits", () => {
    const progress = (key: string) => {
      if (key === "klines BTC") return { ...NO_PROGRESS, deferred: 2 };
      return key === "open-interest BTC" ? { ...NO_PROGRESS, notBeforeMs: START + 1 } : NO_PROGRESS;
    };
    const kinds = planRequests(source, [target], progress, time).map(({ entry }) => entry.kind);
    expect(kinds).toEqual(["klines", "tickers", "funding-rate"]);
  });

  test.each([
    [60, ["tickers", "klines", "open-interest", "funding-rate"]],
    [61, ["funding-rate", "tickers", "klines", "open-interest"]],
  ])("an hourly request put off %i times", (deferred, expected) => {
    const progress = (key: string) => (key.startsWith("funding") ? { ...NO_PROGRESS, deferred } : NO_PROGRESS);
    expect(planRequests(source, [target], progress, time).map(({ entry }) => entry.kind)).toEqual(expected);
  });

  test("hourly requests are due once the hour has changed", () => {
    const isDue = (doneAt: number) =>
      planRequests(source, [target], () => ({ ...NO_PROGRESS, doneAt }), time).some(
        ({ entry }) => entry.kind === "funding-rate",
      );
    expect([isDue(START - 1), isDue(START)]).toEqual([true, false]);
  });

  test.each<[string, Partial<PlannedSymbol>, number]>([
    ["unknown", {}, 3],
    ["up to date", { nextMinuteMs: START }, 2],
    ["one minute", { nextMinuteMs: START - MINUTE_MS }, 3],
    ["beyond a request", { nextMinuteMs: START - 24 * HOUR_MS }, 100],
    [
      "history under way",
      { nextMinuteMs: START - HOUR_MS, needsHistory: true, newestClosedMs: START - 3 * MINUTE_MS },
      4,
    ],
  ])("rows of candles when what the hub waits for is %s", (_, wanted, rows) => {
    const planned = planRequests(source, [{ ...target, ...wanted }], () => NO_PROGRESS, time);
    expect(planned.find(({ entry }) => entry.kind === "klines")?.args.limit).toBe(rows);
  });

  test("nothing is asked when no symbol is due", () => {
    expect(planRequests(source, [], () => NO_PROGRESS, time)).toEqual([]);
  });
});

describe("status", () => {
  const closed = { state: "closed", sinceMs: 0, failures: 0, trips: 0, cause: null } as const;
  const facts = {
    off: null,
    breaker: closed,
    newsAt: START,
    pollMs: 5_000,
    unheard: null,
    unread: null,
    failing: [],
    streamDown: null,
  };
  const open = (cause: "blocked" | "banned") =>
    ({ state: "open", cause, reason: "why", sinceMs: 0, untilMs: 1, trips: 1 }) as const;

  test.each([
    ["live", {}, 0, { state: "live", reason: null }],
    ["a failing kind", { failing: ["klines: 500"] }, 0, { state: "degraded", reason: "klines: 500" }],
    ["banned", { breaker: open("banned") }, 0, { state: "degraded", reason: "banned: why" }],
    ["banned for long", { breaker: open("banned") }, 31_000, { state: "stale", reason: "banned: why" }],
    ["blocked", { breaker: open("blocked") }, 31_000, { state: "blocked", reason: "why" }],
    [
      "unlisted at a blocked venue",
      { off: "unlisted", breaker: open("blocked") },
      0,
      { state: "off", reason: "unlisted" },
    ],
    ["a silent stream", { streamDown: "silent" }, 0, { state: "degraded", reason: "silent" }],
    [
      "a silent stream beside rows that cannot be read",
      { streamDown: "silent", unread: "no open interest" },
      31_000,
      { state: "stale", reason: "no open interest" },
    ],
    [
      "a silent stream beside an old time",
      { streamDown: "silent" },
      31_000,
      { state: "stale", reason: "the exchange's own time stands still" },
    ],
    [
      "a silent stream before any answer",
      { streamDown: "silent", newsAt: null },
      0,
      { state: "stale", reason: "no answer yet" },
    ],
    ["slow polls", { pollMs: 15_000 }, 45_000, { state: "live", reason: null }],
  ])("%s", (_, change, laterMs, expected) => {
    expect(judgeSymbol({ ...facts, ...change }, START + laterMs)).toEqual(expected);
  });

  test("since stays while the state does, also with another reason", () => {
    const before = { state: "degraded", reason: "a", sinceMs: 1 } as const;
    expect(nextStatus(before, { state: "degraded", reason: "b" }, 9)).toEqual({
      state: "degraded",
      reason: "b",
      sinceMs: 1,
    });
    expect(nextStatus(before, { state: "live", reason: null }, 9).sinceMs).toBe(9);
  });

  test("a live status is not repeated, any other every 30 s", () => {
    const live = { state: "live", reason: null, sinceMs: 0 } as const;
    const stale = { state: "stale", reason: "x", sinceMs: 0 } as const;
    expect(isWorthSending(live, null, 0)).toBe(true);
    expect(isWorthSending(live, { status: live, at: 0 }, HOUR_MS)).toBe(false);
    expect(isWorthSending(stale, { status: live, at: 0 }, 1)).toBe(true);
    expect(isWorthSending(stale, { status: stale, at: 0 }, 29_999)).toBe(false);
    expect(isWorthSending(stale, { status: stale, at: 0 }, 30_000)).toBe(true);
  });
});

describe("liquidations", () => {
  test("equal rows in one payload are two events, the payload again is none", () => {
    const filter = new LiquidationFilter(new Map());
    const payload = [liquidation("BTC", 1), liquidation("BTC", 1), liquidation("BTC", 1, 2)];
    expect(filter.take(payload)).toHaveLength(3);
    expect(filter.take(payload)).toHaveLength(0);
    expect(filter.take([liquidation("ETH", 1)])).toHaveLength(1);
  });

  test("what is kept for a hub is bounded, and what goes is counted", () => {
    const outbox = new Outbox();
    outbox.add(Array.from({ length: 5_100 }, (_, i) => liquidation("BTC", i)));
    expect([outbox.size, outbox.lost]).toEqual([5_000, 100]);
    outbox.restore(outbox.drain());
    expect([outbox.size, outbox.overtaken]).toEqual([5_000, 0]);
  });
});

describe("instruments", () => {
  const source = { ...fakeAdapter, defaultInstrument: () => null };

  test("the usual contract is assumed until the list says otherwise", () => {
    const book = new InstrumentBook(source, ["BTC", "SHIB"]);
    expect(book.find("SHIB")).toEqual({ venueSymbol: "SHIBUSDT" });
    book.replace([instrumentOf("BTC", false), { ...instrumentOf("SHIB"), venueSymbol: "1000SHIBUSDT" }], START);
    expect(book.find("SHIB")).toEqual({ venueSymbol: "1000SHIBUSDT" });
    expect(book.find("BTC")).toEqual({ off: "Fake has delisted BTCUSDT" });
    expect(book.find("DOGE")).toEqual({ off: "Fake lists no contract on DOGE" });
  });

  test("coin-margined contracts stay out: their rows must not be counted into a coin's linear ones", () => {
    const book = new InstrumentBook(adapterOf("okx"), ["BTC"]);
    const list = { code: "0", data: JSON.parse(readFileSync("test/fixtures/okx/instruments.json", "utf8")).data };
    const context = { receivedAt: START, venueSymbol: null, instruments: new Map() };
    const { instruments } = adapterOf("okx").parse("instruments", list, context);
    expect(instruments.map(({ venueSymbol }) => venueSymbol)).toContain("BTC-USD-SWAP");
    book.replace(instruments, START);
    expect([...book.byVenueSymbol.keys()].sort()).toEqual(["BTC-USDT-SWAP", "NEW-USDT-SWAP"]);
    expect(book.find("BTC")).toEqual({ venueSymbol: "BTC-USDT-SWAP" });
    // the same answer as in a poll: two swaps of BTC, one mark price of BTC
    const polled = JSON.parse(readFileSync("test/fixtures/okx/mark-price.json", "utf8")) as unknown;
    const seen = adapterOf("okx").parse("mark-price", polled, { ...context, instruments: book.byVenueSymbol });
    expect(seen.observations).toMatchObject([{ symbol: "BTC", markPrice: 76_100.5 }]);
  });

  test("the list is fetched at start, again after a minute when that failed, else after six hours", () => {
    const book = new InstrumentBook(source, []);
    expect(book.isDue(START)).toBe(true);
    book.tried(START);
    expect([book.isDue(START + MINUTE_MS - 1), book.isDue(START + MINUTE_MS)]).toEqual([false, true]);
    book.replace([instrumentOf("BTC")], START);
    expect([book.isDue(START + 6 * HOUR_MS - 1), book.isDue(START + 6 * HOUR_MS)]).toEqual([false, true]);
    book.doubt(START + MINUTE_MS);
    expect([book.isDue(START + HOUR_MS - 1), book.isDue(START + HOUR_MS)]).toEqual([false, true]);
  });

  test("a symbol refused by the venue comes back once a fresh list holds it", async () => {
    const parses = [...fakeAdapter.parses, "instruments"] as const;
    const { tick, world } = bench({ symbols: ["BTC"], adapter: { parses } });
    let isKnown = false;
    world.answer = (call, now) => {
      if (call.kind === "instruments") return json([instrumentOf("BTC")]);
      return isKnown || call.venueSymbol === null ? healthy(call, now) : json("x", 400);
    };
    expect((await tick()).batches.map(({ status }) => status.state)).toEqual(["off"]);
    isKnown = true;
    world.wallMs += HOUR_MS;
    await tick();
    const { batches } = await tick();
    expect(batches[0]?.status.state).toBe("live");
  });
});

test("the saved row is written only when it changes", () => {
  const rows: string[] = [];
  const sql = {
    exec(query: string, ...bindings: unknown[]) {
      if (query.startsWith("INSERT")) rows.push(String(bindings[0]));
      return { toArray: () => (query.startsWith("SELECT") && rows.length > 0 ? [{ body: rows.at(-1) }] : []) };
    },
  };
  const store = new FeedStore(sql);
  expect(store.load()).toBeNull();
  const saved: SavedFeed = { name: "binance#1", base: "https://one.example", memory: null };
  store.save(saved);
  store.save({ ...saved });
  expect(rows).toHaveLength(1);
  const reborn = new FeedStore(sql);
  expect(reborn.load()).toEqual(saved);
  reborn.save(saved);
  expect(rows).toHaveLength(1);
});

test.each([
  ["fl=1\ncolo=NRT\nloc=JP\n", "NRT"],
  ["<html>", null],
])("colo of %j is %j", (trace, colo) => {
  expect(parseColo(trace)).toBe(colo);
});
