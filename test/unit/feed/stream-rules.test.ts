// The streams of the real adapters, tended every five seconds, against what each exchange documents about its streams.
import { describe, expect, test } from "vitest";
import { Stream, type StreamSocket } from "../../../durable-objects/feed/stream.ts";
import { MAX_TICK_MS } from "../../../src/shared/settings/deployment.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../../src/shared/time/clock.ts";
import { ADAPTERS } from "../../../src/shared/venue/registry.ts";
import type { Allowance, StreamPlan } from "../../../src/shared/venue/venue.ts";
import { START } from "./fake-venue.ts";

/** Alarms are aligned to this grid (docs/design/feed.md), and may be late by as much. */
const TICK_MS = 5 * SECOND_MS;
const LATE_MS = 5 * SECOND_MS - 1;
const SYMBOLS = Array.from({ length: 40 }, (_, i) => `COIN${i}USDT`);

/** Plays a plan: `answers` sockets open and answer everything, others are closed at once. */
function play(plan: StreamPlan, spanMs: number, answers: boolean, tickMs = TICK_MS) {
  const sent: { at: number; message: string }[] = [];
  const connected: number[] = [];
  const world = { wallMs: START };
  const open = (): StreamSocket => {
    const listeners = new Map<string, (event: object) => void>();
    const fire = (type: string, data?: unknown) => listeners.get(type)?.({ type, data });
    connected.push(world.wallMs);
    queue.push(() => fire(answers ? "open" : "close"));
    return {
      binaryType: "blob",
      send(message) {
        sent.push({ at: world.wallMs, message });
        queue.push(() => fire("message", "pong"));
      },
      close: () => {},
      addEventListener: (type, listener) => void listeners.set(type, listener),
    };
  };
  const queue: (() => void)[] = [];
  const wall = () => world.wallMs;
  const stream = new Stream({
    ...{ base: "wss://fake.example", open, wall, tickMs, random: () => 0 },
    plan: { ...plan, acknowledges: false },
    onPayload: () => {},
    onBug: (error) => {
      throw error;
    },
  });
  for (let i = 0; world.wallMs < START + spanMs; i += 1) {
    stream.tend(SYMBOLS, true);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) next();
    // every third alarm is late by nearly a tick
    world.wallMs = START + (i + 1) * tickMs + (i % 3 === 2 ? LATE_MS : 0);
  }
  return { sent, connected };
}

function most(times: readonly number[], windowMs: number): number {
  const inWindow = times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length);
  return Math.max(0, ...inWindow);
}

function expectWithin(times: readonly number[], allowance: Allowance | null): void {
  if (allowance !== null) expect(most(times, allowance.windowMs)).toBeLessThanOrEqual(allowance.count);
}

const streams = ADAPTERS.flatMap(({ id, stream }) => (stream === null ? [] : [[id, stream] as const]));

describe.each(streams)("%s", (_id, plan) => {
  const { rules } = plan;

  test.each([TICK_MS, 7 * SECOND_MS, 10 * SECOND_MS, MAX_TICK_MS])(
    "is heard as often as the exchange asks for, tended every %i ms",
    (tickMs) => {
      const { sent } = play(plan, 10 * MINUTE_MS, true, tickMs);
      const gaps = sent.slice(1).map(({ at }, i) => at - (sent[i]?.at ?? at));
      expect(plan.ping === null || gaps.length > 10).toBe(true);
      expect(rules.heardWithinMs === null || plan.ping !== null).toBe(true);
      for (const gap of gaps) expect(gap).toBeLessThanOrEqual(rules.heardWithinMs ?? Number.POSITIVE_INFINITY);
    },
  );

  test("sends no more than it may, and no subscription twice", () => {
    const { sent } = play(plan, HOUR_MS, true);
    expectWithin(
      sent.map(({ at }) => at),
      rules.messages,
    );
    const subscriptions = plan.subscribe(SYMBOLS);
    expect(new Set(subscriptions).size).toBe(subscriptions.length);
  });

  test("connects no more often than it may while every try fails", () => {
    const { connected } = play(plan, 10 * MINUTE_MS, false);
    expect(connected.length).toBeGreaterThan(5);
    expectWithin(connected, rules.connections);
  });

  test("is given up only after a second chance to answer", () => {
    const longestMs = rules.heardWithinMs ?? plan.ping?.everyMs ?? 0;
    expect(plan.silenceMs).toBeGreaterThan(longestMs);
  });

  test("its rules have a source", () => {
    expect(rules.source).toMatch(/^https:\/\/.+ \(read \d{4}-\d{2}\)$/);
  });
});

test("Binance: topics fit on one connection, whatever the number of symbols", () => {
  const binance = streams.find(([id]) => id === "binance")?.[1];
  const symbols = Array.from({ length: 3_000 }, (_, i) => `COIN${i}USDT`);
  for (const count of [1, 999, 1_000, 1_001, 3_000]) {
    const path = binance?.path(symbols.slice(0, count)) ?? "";
    expect(path.split("/").length - 2).toBeLessThanOrEqual(binance?.rules.topics ?? 0);
  }
});
