import { describe, expect, test } from "vitest";
import { missingRanges, nextSlice } from "../../../durable-objects/feed/history-slice.ts";
import type { ObservationBatch, TimeRange } from "../../../src/shared/market/batch.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { bench, candle, fakeAdapter, healthy, json, START } from "./fake-venue.ts";

const minutes = (from: number, to: number): TimeRange => ({
  fromMs: START + from * MINUTE_MS,
  toMs: START + to * MINUTE_MS,
});

/** A hub that wants everything since `from` minutes and takes what it is given. */
function hub(from: number) {
  const covered = new Map<string, number>();
  return (batch: ObservationBatch) => {
    if (batch.history !== null) covered.set(batch.symbol, batch.history.range.toMs);
    const fromMs = covered.get(batch.symbol) ?? START + from * MINUTE_MS;
    const needs = fromMs < START ? { fromMs, toMs: START } : null;
    return { nextMinuteMs: fromMs, needs };
  };
}

const pieces = (batches: ObservationBatch[]) =>
  batches.flatMap(({ symbol, history }) =>
    history === null ? [] : [{ symbol, ...history, from: (history.range.fromMs - START) / MINUTE_MS }],
  );

describe("slices", () => {
  const sources = fakeAdapter.history;

  test("the oldest piece comes first, as long as one request for candles allows", () => {
    expect(nextSlice("Fake", sources, minutes(-300, 0), START)).toEqual({
      range: minutes(-300, -200),
      candles: [minutes(-300, -200)],
      openInterest: [minutes(-300, -199)],
      missingReason: null,
    });
  });

  test("open interest goes from the sample before the range to the one at its end, and pieces end on its step", () => {
    expect(nextSlice("Fake", sources, minutes(-298, 0), START)).toMatchObject({
      range: minutes(-298, -200),
      openInterest: [minutes(-300, -199)],
    });
  });

  test("open interest with fewer rows than candles takes several windows", () => {
    const openInterest = { kind: "open-interest-history", stepMs: 5 * MINUTE_MS, maxRows: 8, reachMs: null } as const;
    const slice = nextSlice("Fake", { ...sources, openInterest }, minutes(-300, 0), START);
    expect(slice?.openInterest).toEqual([minutes(-300, -260), minutes(-260, -220), minutes(-220, -199)]);
  });

  test("what is older than the venue's reach is missing with its reason", () => {
    const candles = { ...sources.candles, reachMs: 200 * MINUTE_MS };
    const slice = nextSlice("Fake", { ...sources, candles }, minutes(-300, 0), START);
    expect(slice).toEqual({
      range: minutes(-300, -198),
      candles: null,
      openInterest: [],
      missingReason: "Fake serves 3 hours of minute candles",
    });
  });

  test("open interest older than its own reach is not asked for, its candles are", () => {
    const openInterest = { ...sources.openInterest!, reachMs: 30 * DAY_MS };
    const needs = { fromMs: START - 31 * DAY_MS, toMs: START };
    expect(nextSlice("Fake", { ...sources, openInterest }, needs, START)).toMatchObject({ openInterest: [] });
  });

  test.each([
    ["an empty range", minutes(0, 0)],
    ["a minute that still runs", minutes(0, 1)],
  ])("%s has no piece", (_, needs) => {
    expect(nextSlice("Fake", sources, needs, START + 30_000)).toBeNull();
  });

  test("gaps before, between and after candles are told", () => {
    const candles = [
      candle("BTC", START + 2 * MINUTE_MS),
      candle("BTC", START + MINUTE_MS),
      candle("BTC", START + 5 * MINUTE_MS),
    ];
    expect(missingRanges(minutes(0, 8), candles as never, "gap")).toEqual([
      { ...minutes(0, 1), reason: "gap" },
      { ...minutes(3, 5), reason: "gap" },
      { ...minutes(6, 8), reason: "gap" },
    ]);
  });
});

describe("filling", () => {
  test("brings what hubs need, the most important symbol first, without gaps", async () => {
    const { tick, world, batches } = bench({});
    world.reply = hub(-250);
    await tick();
    const sent = pieces(batches);
    expect(sent.map(({ symbol, from }) => [symbol, from])).toEqual([
      ["BTC", -250],
      ["BTC", -150],
      ["BTC", -50],
      ["ETH", -250],
      ["ETH", -150],
      ["ETH", -50],
    ]);
    expect(sent.flatMap(({ missing }) => missing)).toEqual([]);
    const kinds = Map.groupBy(batches.find(({ history }) => history !== null)!.observations, ({ kind }) => kind);
    expect(kinds.get("candle")).toHaveLength(100);
    // the sample before the first minute, and all to the one at the end of the last
    expect(kinds.get("openInterest")).toHaveLength(21);
  });

  test("live polls go on while history takes many ticks", async () => {
    const { tick, world } = bench({ symbols: ["BTC"] });
    world.reply = hub(-5_000);
    const answer = world.answer;
    world.answer = (call, now) => {
      if (call.fromMs !== null) world.wallMs += 1_000;
      return answer(call, now);
    };
    const first = await tick(1_000);
    expect(pieces(first.batches)).toHaveLength(2);
    const second = await tick(1_000);
    expect(second.batches.filter(({ history }) => history === null)).toHaveLength(1);
    expect(pieces(second.batches)).toHaveLength(2);
  });

  test("history never takes more than its share of the budget", async () => {
    const budget = { weight: 40, windowMs: 60_000, source: "made up" };
    const { tick, world } = bench({ symbols: ["BTC"], adapter: { budget } });
    world.reply = hub(-5_000);
    expect(pieces((await tick()).batches)).toHaveLength(10);
    const next = await tick();
    expect(pieces(next.batches)).toHaveLength(0);
    expect(next.calls.map(({ kind }) => kind)).toContain("open-interest");
  });

  test("short windows of a budget are waited for within the tick", async () => {
    const budget = { weight: 8, windowMs: 2_000, source: "made up" };
    const { tick, world } = bench({ symbols: ["BTC"], adapter: { budget } });
    world.reply = hub(-5_000);
    // weight 4 of 8 is history's: two pieces in each of the windows that begin before the deadline at 4 s
    expect(pieces((await tick()).batches)).toHaveLength(4);
  });

  test("a venue without open interest history still sends candles", async () => {
    const history = { ...fakeAdapter.history, openInterest: null };
    const { tick, world, batches } = bench({ symbols: ["BTC"], adapter: { history } });
    world.reply = hub(-50);
    await tick();
    const [piece] = batches.filter((batch) => batch.history !== null);
    expect(new Set(piece?.observations.map(({ kind }) => kind))).toEqual(new Set(["candle"]));
    expect(piece?.observations).toHaveLength(50);
  });

  test("what lies beyond the reach is sent as missing without a request", async () => {
    const candles = { ...fakeAdapter.history.candles, reachMs: 2 * HOUR_MS };
    const { tick, world, batches, calls } = bench({
      symbols: ["BTC"],
      adapter: { history: { candles, openInterest: null } },
    });
    world.reply = hub(-200);
    await tick();
    expect(pieces(batches)[0]).toMatchObject({
      range: minutes(-200, -118),
      missing: [{ ...minutes(-200, -118), reason: "Fake serves 2 hours of minute candles" }],
    });
    expect(Math.min(...calls.flatMap(({ fromMs }) => fromMs ?? []))).toBe(START - 118 * MINUTE_MS);
  });

  test("minutes the venue leaves out are named", async () => {
    const { tick, world, batches } = bench({ symbols: ["BTC"] });
    world.reply = hub(-10);
    world.answer = (call, now) =>
      call.kind === "klines" && call.fromMs !== null
        ? json([candle("BTC", START - 10 * MINUTE_MS), candle("BTC", START - MINUTE_MS)])
        : healthy(call, now);
    await tick();
    expect(pieces(batches)[0]?.missing).toEqual([{ ...minutes(-9, -1), reason: "Fake served no candle" }]);
  });

  test("an exchange that is behind is asked again: what it serves later is not missing", async () => {
    const { tick, world, batches } = bench({ symbols: ["BTC"] });
    world.reply = hub(-10);
    let behindMs = 8 * MINUTE_MS;
    world.answer = (call, now) =>
      call.kind === "klines" && call.fromMs !== null
        ? healthy({ ...call, toMs: Math.min(call.toMs ?? now, START - behindMs) }, now)
        : healthy(call, now);
    for (let i = 0; i < 20; i++) await tick();
    expect(pieces(batches).map(({ range }) => range)).toEqual([minutes(-10, -8)]);
    behindMs = 0;
    for (let i = 0; i < 20; i++) await tick();
    const [first, second] = pieces(batches);
    expect(second?.range.fromMs).toBe(first?.range.toMs);
    expect(pieces(batches).flatMap(({ missing }) => missing)).toEqual([]);
  });

  test("minutes that an exchange does not serve within half an hour are missing", async () => {
    const { tick, world, batches } = bench({ symbols: ["BTC"] });
    world.reply = hub(-10);
    world.answer = (call, now) => (call.kind === "klines" && call.fromMs !== null ? json([]) : healthy(call, now));
    for (let i = 0; i < 12 * 24; i++) await tick();
    const missing = pieces(batches).flatMap((piece) => piece.missing);
    expect(missing[0]?.fromMs).toBe(START - 10 * MINUTE_MS);
    for (const part of missing) expect(part.toMs).toBeLessThanOrEqual(world.wallMs - 30 * MINUTE_MS);
  });

  test("an empty past of a new listing is believed after a few tries", async () => {
    const { tick, world, batches } = bench({ symbols: ["BTC"] });
    world.reply = hub(-300);
    world.answer = (call, now) => (call.kind === "klines" && call.fromMs !== null ? json([]) : healthy(call, now));
    for (let i = 0; i < 12; i++) await tick();
    expect(pieces(batches)[0]).toMatchObject({ missing: [{ reason: "Fake served no candle" }] });
  });

  test("a piece that keeps failing is tried with growing waits, then given up with its reason", async () => {
    const { tick, world, batches } = bench({ symbols: ["BTC"] });
    world.reply = hub(-50);
    let tries = 0;
    world.answer = (call, now) => {
      if (call.fromMs === null) return healthy(call, now);
      tries += 1;
      return new Response("<html>", { headers: { "content-type": "text/html" } });
    };
    for (let i = 0; i < 12; i += 1) await tick();
    expect(tries).toBeLessThan(8);
    for (let i = 0; i < 100 && pieces(batches).length === 0; i += 1) await tick();
    expect(tries).toBe(9);
    expect(pieces(batches)[0]?.missing[0]?.reason).toBe("8 requests failed: content type text/html");
  });

  test("a changed format is a failure, not an empty past", async () => {
    const { tick, world, batches } = bench({ symbols: ["BTC"] });
    world.reply = hub(-50);
    world.answer = (call, now) => (call.fromMs === null ? healthy(call, now) : json([{ renamed: 1 }]));
    await tick();
    expect(pieces(batches)).toEqual([]);
  });

  test("a blocked venue is not asked for history", async () => {
    const { tick, world, calls } = bench({ symbols: ["BTC"] });
    world.reply = hub(-50);
    world.answer = () => json({}, 451);
    await tick();
    await tick();
    expect(calls.filter(({ fromMs }) => fromMs !== null)).toEqual([]);
  });

  test("a hub that asks for the same again is not flooded", async () => {
    const { tick, world, batches } = bench({ symbols: ["BTC"] });
    world.reply = () => ({ nextMinuteMs: null, needs: minutes(-50, 0) });
    await tick();
    expect(pieces(batches)).toHaveLength(1);
  });
});
