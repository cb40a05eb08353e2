// The plans of the real adapters: every request can be built, and twenty symbols fit into each exchange's limit.
import { describe, expect, test } from "vitest";
import { Feed } from "../../../durable-objects/feed/feed.ts";
import { nextSlice } from "../../../durable-objects/feed/history-slice.ts";
import { paceOf } from "../../../durable-objects/feed/pace.ts";
import type { TimeRange } from "../../../src/shared/market/batch.ts";
import type { Candle } from "../../../src/shared/market/observation.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { ADAPTERS } from "../../../src/shared/venue/registry.ts";
import type { PayloadKind, VenueAdapter, VenueRequest } from "../../../src/shared/venue/venue.ts";
import { candle, instrumentOf, START } from "./fake-venue.ts";

const SYMBOLS = ["BTC", "ETH", "SOL", ...Array.from({ length: 17 }, (_, i) => `COIN${i}`)];

/** The adapter with its own requests; candles are answered with the minute that has just closed, all else with nothing. */
const mute = (adapter: VenueAdapter, asked: (request: VenueRequest) => void): VenueAdapter => ({
  ...adapter,
  request(kind, args) {
    const request = adapter.request(kind, args);
    asked(request);
    return request;
  },
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

interface Sent {
  at: number;
  kind: PayloadKind;
  weight: number;
}

/** The most that requests weigh together in any time of a length, wherever it begins. */
function heaviest(sent: readonly Sent[], lengthMs: number): number {
  let most = 0;
  let sum = 0;
  let oldest = 0;
  for (const { at, weight } of sent) {
    sum += weight;
    for (let first = sent[oldest]; first !== undefined && first.at <= at - lengthMs; first = sent[++oldest])
      sum -= first.weight;
    most = Math.max(most, sum);
  }
  return most;
}

describe.each(ADAPTERS.map((adapter) => [adapter.id, adapter] as const))("%s", (id, adapter) => {
  async function run(needs: TimeRange | null, ticks: number) {
    const world = { wallMs: START };
    const clock = { now: () => world.wallMs };
    const pace = paceOf({ busySymbols: 5, busyPollMs: 5_000, tailPollMs: 15_000 }, 1);
    const answer = { status: 200, contentType: "application/json", retryAfterMs: null, text: "[]" };
    let used = 0;
    const asked = new Map<string, VenueRequest>();
    const sent: Sent[] = [];
    const feed: Feed = new Feed({
      name: `${id}#1`,
      adapter: mute(adapter, (request) => asked.set(request.path + request.body, request)),
      symbols: SYMBOLS,
      pace,
      speed: 1,
      market: clock,
      wall: clock.now,
      random: () => 0.5,
      pause: async (ms) => {
        world.wallMs += ms;
      },
      send: async ({ path, body }) => {
        const { kind, weight } = asked.get(path + body) as VenueRequest;
        sent.push({ at: world.wallMs, kind, weight });
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
    return { report: feed.report(), used, sent };
  }

  test("an hour of polls puts off no request except hourly ones, and stays below the limit", async () => {
    const { report, used } = await run(null, 720);
    expect(report.counters.bugs).toBe(0);
    expect(report.counters.outcomes).toEqual({ ok: report.counters.requests });
    const hourly = adapter.plan.filter(({ cadence }) => cadence === "hour").length;
    if (hourly === 0) expect(report.counters.deferred).toBe(0);
    expect(used).toBeLessThanOrEqual(adapter.budget.weight * 0.9);
  });

  test("twenty symbols weigh less than the limit in any window, wherever it begins, and get all that is planned", async () => {
    const { sent } = await run(null, 120);
    const { weight, windowMs } = adapter.budget;
    expect(heaviest(sent, windowMs)).toBeLessThanOrEqual(weight);
    const minutes = 120 / 12;
    const counts = Map.groupBy(sent, ({ kind }) => kind);
    // five at every tick of 5 s, fifteen at every third
    const perMinute = { poll: 5 * 12 + 15 * 4, minute: 20, hour: 0 };
    for (const { kind, scope, cadence, only } of adapter.plan) {
      const symbols = only === "busy" ? Math.min(5, perMinute[cadence]) : perMinute[cadence];
      const planned = minutes * (scope === "symbol" ? symbols : cadence === "poll" ? 12 : cadence === "minute" ? 1 : 0);
      // a window that is full puts some polls off to the next tick
      expect([kind, (counts.get(kind)?.length ?? 0) >= 0.9 * planned]).toEqual([kind, true]);
    }
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
