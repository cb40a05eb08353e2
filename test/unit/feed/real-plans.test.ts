// The plans of the real adapters: every request can be built, and twenty symbols fit into each exchange's limit.
import { describe, expect, test } from "vitest";
import { Feed } from "../../../durable-objects/feed/feed.ts";
import { nextSlice } from "../../../durable-objects/feed/history-slice.ts";
import { paceOf } from "../../../durable-objects/feed/pace.ts";
import type { TimeRange } from "../../../src/shared/market/batch.ts";
import type { Candle } from "../../../src/shared/market/observation.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { ADAPTERS } from "../../../src/shared/venue/registry.ts";
import type { VenueAdapter } from "../../../src/shared/venue/venue.ts";
import { candle, instrumentOf, START } from "./fake-venue.ts";

const SYMBOLS = ["BTC", "ETH", "SOL", ...Array.from({ length: 17 }, (_, i) => `COIN${i}`)];

/** The adapter with its own requests; candles are answered with the minute that has just closed, all else with nothing. */
const mute = (adapter: VenueAdapter): VenueAdapter => ({
  ...adapter,
  stream: null,
  defaultInstrument: (symbol) => instrumentOf(symbol),
  judge: () => ({ type: "ok" }),
  parse(kind, _, { venueSymbol, receivedAt }) {
    const openTime = (Math.floor(receivedAt / MINUTE_MS) - 1) * MINUTE_MS;
    const closed = candle((venueSymbol ?? "").replace("USDT", ""), openTime);
    const stamps = { venue: adapter.id, exchangeTime: receivedAt, receivedAt };
    const observations = kind === adapter.history.candles.kind ? [{ ...stamps, ...closed } as Candle] : [];
    return { observations, instruments: [], brackets: [], rejects: [] };
  },
});

describe.each(ADAPTERS.map((adapter) => [adapter.id, adapter] as const))("%s", (id, adapter) => {
  async function run(needs: TimeRange | null, ticks: number) {
    const world = { wallMs: START };
    const clock = { now: () => world.wallMs };
    const pace = paceOf({ busySymbols: 5, busyPollMs: 5_000, tailPollMs: 15_000 }, 1);
    const answer = { status: 200, contentType: "application/json", retryAfterMs: null, text: "[]" };
    let used = 0;
    const feed: Feed = new Feed({
      name: `${id}#1`,
      adapter: mute(adapter),
      symbols: SYMBOLS,
      pace,
      speed: 1,
      market: clock,
      wall: clock.now,
      random: () => 0.5,
      pause: async (ms) => {
        world.wallMs += ms;
      },
      send: async () => {
        world.wallMs += 20;
        used = Math.max(used, feed.report().budget.used);
        return { type: "answer", answer };
      },
      deliver: async () => ({ nextMinuteMs: Math.floor(world.wallMs / MINUTE_MS) * MINUTE_MS, needs }),
      stream: null,
      memory: null,
    });
    for (let i = 0; i < ticks; i += 1) {
      await feed.tick();
      world.wallMs = Math.ceil((world.wallMs + 1) / pace.stepMs) * pace.stepMs;
    }
    return { report: feed.report(), used };
  }

  test("an hour of polls puts off no request except hourly ones, and stays below the limit", async () => {
    const { report, used } = await run(null, 720);
    expect(report.counters.bugs).toBe(0);
    expect(report.counters.outcomes).toEqual({ ok: report.counters.requests });
    const hourly = adapter.plan.filter(({ cadence }) => cadence === "hour").length;
    if (hourly === 0) expect(report.counters.deferred).toBe(0);
    expect(used).toBeLessThanOrEqual(adapter.budget.weight * 0.9);
  });

  test("history beside polls stays below the limit too", async () => {
    const { report, used } = await run({ fromMs: START - 2 * HOUR_MS, toMs: START }, 60);
    expect(report.counters.bugs).toBe(0);
    expect(report.counters.historySlices + report.counters.batches).toBeGreaterThan(SYMBOLS.length);
    expect(used).toBeLessThanOrEqual(adapter.budget.weight * 0.9);
  });

  test("fourteen days are cut into pieces that meet without gap or overlap", () => {
    const toMs = START;
    let fromMs = START - 14 * DAY_MS;
    let pieces = 0;
    while (fromMs < toMs) {
      const slice = nextSlice(adapter.name, adapter.history, { fromMs, toMs }, START);
      expect(slice?.range.fromMs).toBe(fromMs);
      expect(slice?.openInterest.length ?? 0).toBeLessThanOrEqual(2);
      fromMs = slice?.range.toMs ?? toMs;
      pieces += 1;
    }
    expect(fromMs).toBe(toMs);
    const { maxRows, stepMs } = adapter.history.candles;
    expect(pieces).toBeLessThanOrEqual(Math.ceil((14 * DAY_MS) / (maxRows * stepMs)) + 10);
  });
});
