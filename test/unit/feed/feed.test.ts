import { describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { bench, candle, healthy, json, liquidation, START } from "./fake-venue.ts";

const states = (batches: { symbol: string; status: { state: string } }[]) =>
  Object.fromEntries(batches.map(({ symbol, status }) => [symbol, status.state]));

describe("a healthy venue", () => {
  test("one batch per symbol and tick holds all its answers and is live", async () => {
    const { tick } = bench({});
    const { batches } = await tick();
    expect(batches.map(({ symbol }) => symbol).sort()).toEqual(["BTC", "ETH"]);
    for (const { observations, status, history } of batches) {
      expect(observations.map(({ kind }) => kind).sort()).toEqual(["candle", "candle", "markPrice", "openInterest"]);
      expect(status).toEqual({ state: "live", reason: null, sinceMs: START });
      expect(history).toBeNull();
    }
  });

  test("bulk requests go out once per tick, candles once per closed minute", async () => {
    const { tick } = bench({});
    const kinds: string[][] = [];
    for (let i = 0; i < 13; i += 1) kinds.push((await tick()).calls.map(({ kind }) => kind).sort());
    expect(kinds[0]).toEqual(["klines", "klines", "open-interest", "open-interest", "premium-index"]);
    expect(kinds[1]).toEqual(["open-interest", "open-interest", "premium-index"]);
    expect(kinds.map((list) => list.includes("klines"))).toEqual([...Array(13).keys()].map((i) => i % 12 === 0));
  });

  test("symbols of the tail are polled and sent at their own interval", async () => {
    const { tick } = bench({
      symbols: ["BTC", "ETH", "SOL"],
      settings: { busySymbols: 1, busyPollMs: 5_000, tailPollMs: 15_000 },
    });
    await tick();
    const sent: Record<string, number> = { BTC: 0, ETH: 0, SOL: 0 };
    for (let i = 0; i < 12; i += 1) for (const { symbol } of (await tick()).batches) sent[symbol]! += 1;
    expect(sent).toEqual({ BTC: 12, ETH: 4, SOL: 4 });
  });

  test("candles reach back to the minute the hub waits for", async () => {
    const { tick, world, calls } = bench({ symbols: ["BTC"] });
    world.reply = () => ({ nextMinuteMs: START - 10 * MINUTE_MS, needs: null });
    await tick(MINUTE_MS);
    await tick();
    expect(calls.filter(({ kind }) => kind === "klines").map(({ limit }) => limit)).toEqual([3, 13]);
  });

  test("a candle that had not closed at the exchange is asked for again at the next poll", async () => {
    const { tick, world } = bench({ symbols: ["BTC"] });
    world.answer = (call, now) => {
      return call.kind === "klines"
        ? json([candle("BTC", START - MINUTE_MS, now > START + 4_000)])
        : healthy(call, now);
    };
    const asked: boolean[] = [];
    for (let i = 0; i < 3; i += 1) asked.push((await tick()).calls.some(({ kind }) => kind === "klines"));
    expect(asked).toEqual([true, true, false]);
  });

  test("a minute without a candle is asked for at first, and when a last one counts as closed; not to its end", async () => {
    const { tick, world } = bench({ symbols: ["BTC"] });
    world.answer = (call, now) => (call.kind === "klines" ? json([]) : healthy(call, now));
    const askedAt: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      if ((await tick()).calls.some(({ kind }) => kind === "klines")) askedAt.push(i * 5);
    }
    expect(askedAt).toEqual([0, 5, 10, 15, 30, 35, 40]);
  });
});

describe("refusals", () => {
  test("429: nothing is asked before Retry-After has passed, then polling resumes", async () => {
    const { tick, world, feed } = bench({ symbols: ["BTC"] });
    await tick();
    world.answer = () => json({}, 429, { "retry-after": "12" });
    const refused = await tick();
    expect(refused.batches.at(-1)?.status).toMatchObject({ state: "degraded", reason: "rate-limited: 429" });
    world.answer = healthy;
    expect((await tick()).calls).toHaveLength(0);
    expect((await tick()).calls).toHaveLength(0);
    expect((await tick()).calls).toHaveLength(1);
    const back = await tick();
    expect(states(back.batches)).toEqual({ BTC: "live" });
    expect(feed.report().counters.outcomes["rate-limited"]).toBeGreaterThan(0);
  });

  test("418: a ban is kept until its stated end, even by an object that restarts", async () => {
    const { tick, world, feed, newFeed, calls } = bench({ symbols: ["BTC"] });
    const until = START + 10 * MINUTE_MS;
    world.answer = () => new Response(String(until), { status: 418 });
    await tick();
    const asked = calls.length;
    const reborn = newFeed(structuredClone(feed.memory()));
    world.answer = healthy;
    world.wallMs = until - 1;
    await reborn.tick();
    expect(calls).toHaveLength(asked);
    world.wallMs = until + 2_000;
    await reborn.tick();
    expect(calls.length).toBeGreaterThan(asked);
  });

  test("451: the venue is blocked at once, probed once an hour, and recovers by itself", async () => {
    const { tick, world, calls } = bench({});
    await tick();
    world.answer = () => json({ code: 0 }, 451);
    const blocked = await tick(1);
    expect(states(blocked.batches)).toEqual({ BTC: "blocked", ETH: "blocked" });
    expect(blocked.batches[0]?.status.reason).toBe("451 for this place");
    const before = calls.length;
    for (let i = 0; i < 700; i += 1) await tick();
    expect(calls.length - before).toBe(0);
    for (let i = 0; i < 40; i += 1) await tick();
    expect(calls.length - before).toBe(1);
    world.answer = healthy;
    for (let i = 0; i < 720; i += 1) await tick();
    expect(states((await tick()).batches)).toEqual({ BTC: "live", ETH: "live" });
  });

  test("a refusal holds back what was queued behind it", async () => {
    const symbols = Array.from({ length: 20 }, (_, i) => `C${i}`);
    const { tick, world, calls } = bench({
      symbols,
      settings: { busySymbols: 20, busyPollMs: 5_000, tailPollMs: 5_000 },
    });
    world.answer = () => json({}, 429);
    await tick();
    expect(calls.length).toBeLessThanOrEqual(6);
  });

  test("an unknown symbol is dropped alone", async () => {
    const { tick, world } = bench({});
    world.answer = (call, now) => (call.venueSymbol === "ETHUSDT" ? json("ETHUSDT", 400) : healthy(call, now));
    expect(states((await tick()).batches)).toEqual({ BTC: "live", ETH: "off" });
    const next = await tick();
    expect(next.calls.map(({ venueSymbol }) => venueSymbol)).not.toContain("ETHUSDT");
    expect(states(next.batches)).toEqual({ BTC: "live" });
  });

  test("one kind failing degrades, the others are delivered", async () => {
    const { tick, world } = bench({});
    world.answer = (call, now) => (call.kind === "open-interest" ? new Response("<html>") : healthy(call, now));
    const { batches } = await tick();
    expect(states(batches)).toEqual({ BTC: "degraded", ETH: "degraded" });
    expect(batches[0]?.status.reason).toMatch(/^open-interest: content type/);
    expect(batches[0]?.observations.map(({ kind }) => kind)).toContain("markPrice");
  });
});

describe("silence", () => {
  test("hubs learn of an outage when it begins and every 30 s", async () => {
    const { tick, world } = bench({ symbols: ["BTC"] });
    await tick();
    world.answer = () => json({}, 451);
    const sentAt: number[] = [];
    for (let i = 0; i < 19; i += 1) {
      for (const batch of (await tick()).batches) {
        if (batch.observations.length === 0) sentAt.push(batch.sentAt - START);
      }
    }
    expect(sentAt).toEqual([5_000, 35_000, 65_000, 95_000]);
  });

  test("data whose exchange time stands still becomes stale", async () => {
    const { tick, world } = bench({ symbols: ["BTC"] });
    world.answer = async (call, now) => {
      const rows = (await (await healthy(call, now)).json()) as object[];
      return json(rows.map((row) => ({ ...row, exchangeTime: START })));
    };
    let last = "";
    for (let i = 0; i < 8; i += 1) last = (await tick()).batches[0]?.status.state ?? last;
    expect(last).toBe("stale");
  });

  test("before the first answer a symbol is stale, not live", async () => {
    const { tick, world } = bench({ symbols: ["BTC"] });
    world.answer = () => Promise.reject(new Error("no route"));
    const { batches } = await tick();
    expect(batches[0]?.status).toMatchObject({ state: "stale", reason: expect.stringContaining("no route") });
  });
});

describe("hubs", () => {
  test("a failing hub gets its liquidations again, once, and newer levels only", async () => {
    const plan = [{ kind: "liquidation-orders", scope: "venue", cadence: "poll" } as const];
    const { tick, world, feed } = bench({ symbols: ["BTC"], adapter: { plan } });
    const event = liquidation("BTC", START - 1_000);
    const level = { kind: "markPrice", symbol: "BTC", markPrice: 1, indexPrice: null };
    world.answer = () => json([event, level]);
    world.reply = () => Promise.reject(new Error("overloaded"));
    expect((await tick()).batches).toHaveLength(0);
    world.reply = () => ({ nextMinuteMs: null, needs: null });
    const kinds = (await tick()).batches.map(({ observations }) => observations.map(({ kind }) => kind));
    expect(kinds).toEqual([["liquidation", "markPrice"]]);
    expect((await tick()).batches[0]?.observations.map(({ kind }) => kind)).toEqual(["markPrice"]);
    const { counters } = feed.report();
    expect(counters).toMatchObject({ hubFailures: 1, lastHubFailure: "BTC: overloaded", overtaken: 1, lost: 0 });
    expect(counters.duplicateLiquidations).toBe(2);
  });

  test("liquidations acknowledged before a restart are not sent again after it", async () => {
    const plan = [{ kind: "liquidation-orders", scope: "venue", cadence: "poll" } as const];
    const { tick, world, feed, newFeed, batches } = bench({ symbols: ["BTC"], adapter: { plan } });
    world.answer = () => json([liquidation("BTC", START - 1_000)]);
    await tick();
    const reborn = newFeed(structuredClone(feed.memory()));
    world.answer = () => json([liquidation("BTC", START - 1_000), liquidation("BTC", START + 1_000)]);
    await reborn.tick();
    expect(batches.at(-1)?.observations.map(({ exchangeTime }) => exchangeTime)).toEqual([START + 1_000]);
  });

  test("an error of our own is counted and does not stop the feed", async () => {
    let isBroken = true;
    const { tick, feed } = bench({
      symbols: ["BTC"],
      adapter: {
        judge: () => {
          if (isBroken) throw new Error("bug");
          return { type: "ok" };
        },
      },
    });
    await tick();
    isBroken = false;
    await tick();
    expect(feed.report().counters.bugs).toBeGreaterThan(0);
    expect(states((await tick()).batches)).toEqual({ BTC: "live" });
  });
});

test("a replay polls at market speed and asks for the minutes in between", async () => {
  const { tick, world, calls } = bench({ symbols: ["BTC"], speed: 1_200 });
  world.reply = (batch) => ({ nextMinuteMs: batch.sentAt - (batch.sentAt % MINUTE_MS) - MINUTE_MS, needs: null });
  await tick();
  await tick();
  // 250 ms of wall time are five minutes of market time
  expect(calls.filter(({ kind }) => kind === "klines").at(-1)?.limit).toBe(8);
  expect(HOUR_MS / (250 * 1_200)).toBe(12);
});
