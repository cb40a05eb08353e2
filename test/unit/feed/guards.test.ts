// What is kept from the hubs, and when an exchange that insists is believed after all.
import { beforeEach, describe, expect, test } from "vitest";
import { Quarantine } from "../../../durable-objects/feed/guards/quarantine.ts";
import type { Candle, MarkPrice, OpenInterest } from "../../../src/shared/market/observation.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { START } from "./fake-venue.ts";

const stamps = (at: number) => ({ venue: "bybit", symbol: "BTC", exchangeTime: at, receivedAt: at }) as const;
const interest = (base: number, usd: number | null = null, at = START): OpenInterest => ({
  kind: "openInterest",
  ...stamps(at),
  openInterestBase: base,
  openInterestUsd: usd,
});
const mark = (price: number, at = START): MarkPrice => ({
  kind: "markPrice",
  ...stamps(at),
  markPrice: price,
  indexPrice: null,
});
const candle = (change: Partial<Candle> = {}): Candle => ({
  kind: "candle",
  ...stamps(START),
  openTime: START,
  intervalMs: MINUTE_MS,
  open: 100,
  high: 110,
  low: 90,
  close: 105,
  volumeBase: 10,
  takerBuyBase: 5,
  closed: true,
  ...change,
});

let quarantine: Quarantine;
beforeEach(() => {
  quarantine = new Quarantine();
});
const passes = (...observations: Parameters<Quarantine["pass"]>[0]) => quarantine.pass(observations).length;

describe("numbers that cannot be", () => {
  test.each([
    mark(0),
    mark(-1),
    mark(Number.NaN),
    mark(1e308),
    candle({ low: 0 }),
    candle({ close: Number.POSITIVE_INFINITY }),
    candle({ high: 99 }),
    candle({ volumeBase: -1 }),
    candle({ volumeBase: 1e308 }),
    interest(0),
    interest(-5),
    interest(1e308),
    interest(Number.NaN),
    { ...mark(100), exchangeTime: START + 2 * 86_400_000 },
  ])("%j is held back, counted and shown", (bad) => {
    expect(passes(bad)).toBe(0);
    expect(quarantine.report()).toMatchObject({ count: 1, last: { symbol: "BTC", kind: bad.kind, at: START } });
  });

  test("sound ones pass untouched, unknown volume too", () => {
    const sound = [mark(100), candle(), candle({ volumeBase: null }), interest(5, 500)];
    expect(quarantine.pass(sound)).toEqual(sound);
    expect(quarantine.report()).toEqual({ count: 0, last: null });
  });
});

describe("open interest against the payload's own USD figure", () => {
  test("both sides counted as one, or contracts taken for coins, are held back", () => {
    expect(passes(mark(100), interest(10, 500))).toBe(1);
    expect(passes(mark(100), interest(500, 500))).toBe(1);
    expect(quarantine.report().count).toBe(2);
    expect(quarantine.report().last?.reason).toContain("the payload says 500 USD");
  });
  test("a premium of a few percent passes, and so does a figure without a price to check it", () => {
    expect(passes(interest(6, 500))).toBe(1);
    expect(passes(mark(100), interest(5, 480))).toBe(2);
  });
  test("release: a figure that changes its meaning beside a steady open interest is ignored after five minutes", () => {
    passes(mark(100), interest(5, 500));
    const passed: number[] = [];
    for (let second = 5; second <= 400; second += 5) {
      if (passes(interest(5, 1_000, START + second * 1_000)) === 1) passed.push(second);
    }
    expect(passed).toEqual(Array.from({ length: 20 }, (_, i) => 305 + 5 * i));
  });
  test("beside a figure that is ignored a jump is still held back", () => {
    passes(mark(100), interest(5, 500));
    for (let second = 5; second <= 400; second += 5) passes(interest(5, 1_000, START + second * 1_000));
    expect(passes(interest(5, 1_000, START + 405_000))).toBe(1);
    expect(passes(interest(50, 1_000, START + 410_000))).toBe(0);
  });
  test("a wrong unit is never released", () => {
    passes(mark(100), interest(5, 500));
    for (let second = 5; second <= 1_000; second += 5) {
      expect(passes(interest(500, 500, START + second * 1_000))).toBe(0);
    }
  });
});

describe("open interest against what was and what was traded", () => {
  const at = (seconds: number) => START + seconds * 1_000;

  test("a jump beyond three times the volume is held back, the next sound one passes", () => {
    passes(interest(1_000), candle({ volumeBase: 10 }));
    expect(passes(interest(2_000, null, at(5)))).toBe(0);
    expect(passes(interest(1_005, null, at(10)))).toBe(1);
  });
  test("a large change with the volume for it passes", () => {
    passes(interest(1_000));
    passes(candle({ volumeBase: 500 }));
    expect(passes(interest(2_000, null, at(5)))).toBe(1);
  });
  test("release: five minutes of agreeing samples are the new truth", () => {
    passes(interest(1_000));
    const passed: number[] = [];
    for (let second = 5; second <= 400; second += 5) {
      if (passes(interest(2_000 + second, null, at(second))) === 1) passed.push(second);
    }
    expect(passed[0]).toBe(305);
    expect(passed.at(-1)).toBe(400);
  });
  test("samples that contradict each other are never released", () => {
    passes(interest(1_000));
    for (let second = 5; second <= 1_000; second += 5) {
      expect(passes(interest(second % 10 === 0 ? 4_000 : 9_000, null, at(second)))).toBe(0);
    }
  });
  test("after half an hour without a believed sample nothing is doubted", () => {
    passes(interest(1_000));
    expect(passes(interest(5_000, null, START + 31 * MINUTE_MS))).toBe(1);
  });
});

test("a level from a clock that runs ahead counts when it was heard", () => {
  const ahead = { ...interest(5), exchangeTime: START + 5 * MINUTE_MS };
  expect(quarantine.pass([ahead])).toEqual([interest(5)]);
});
