import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addBar, createCandles, merge } from "../../../durable-objects/hub/candles.ts";
import { deltaMessage, type FrameContext, pairs, snapshotMessage } from "../../../durable-objects/hub/frames.ts";
import { createHubState } from "../../../durable-objects/hub/hub-state.ts";
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import type { Bar } from "../../../src/shared/market/bar.ts";
import { ALL } from "../../../src/shared/market/filter.ts";
import { INTERVALS } from "../../../src/shared/tile/tile-key.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { DAY0 } from "../../support/batches.ts";

const state = { ...createHubState(), frame: 7, asOf: DAY0 + 61_000, cursor: DAY0 + MINUTE_MS };
const context: FrameContext = {
  state,
  settings: { symbol: "BTC", venues: ["okx"], historyMs: 60_000, speed: 1 },
  dataSource: "simulated",
  now: DAY0 + 62_000,
  live: [],
  dayVolumeUsd: 12,
};

const usd = fc.oneof(fc.constant(0), fc.double({ min: -1e6, max: 1e8, noNaN: true }));
const levels = fc
  .record({ first: fc.integer({ min: 100, max: 130 }), long: fc.array(usd, { maxLength: 40 }) })
  .map(({ first, long }): Levels => {
    return { first, long: Float64Array.from(long), short: Float64Array.from(long, (value) => value / 2) };
  });

/** What a client holds: buckets by index. */
type Held = Map<number, number>;
function take(held: Held, listed: readonly [number, number][]): void {
  for (const [bucket, value] of listed) {
    if (value === 0) held.delete(bucket);
    else held.set(bucket, value);
  }
}

describe("frames", () => {
  test("a client that adds every delta to its snapshot holds each level within one percent, however long it listens", () => {
    fc.assert(
      fc.property(levels, fc.array(levels, { minLength: 1, maxLength: 12 }), (first, later) => {
        const held: Held = new Map();
        take(held, snapshotMessage(context, ALL, 60_000, first).longs);
        let sent: Levels = { ...first, long: first.long.map(Math.round), short: first.short.map(Math.round) };
        for (const now of later) {
          const delta = deltaMessage(context, ALL, 60_000, sent, now, DAY0);
          take(held, delta.message.longs);
          sent = delta.sent;
          const buckets = new Set([...held.keys(), ...pairs(now.first, now.long).map(([bucket]) => bucket)]);
          for (const bucket of buckets) {
            const is = Math.round(now.long[bucket - now.first] ?? 0);
            const has = held.get(bucket) ?? 0;
            expect(Math.abs(has - is)).toBeLessThanOrEqual(0.01 * Math.abs(has));
          }
        }
      }),
    );
  });

  test("nothing is sent of levels that did not move", () => {
    const still: Levels = { first: 5, long: Float64Array.of(10, 0, 1_000), short: Float64Array.of(0, 4, 0) };
    const { message } = deltaMessage(context, ALL, 60_000, still, still, DAY0);
    expect([message.longs, message.shorts]).toEqual([[], []]);
  });

  test("a level that is gone is sent as 0, also outside the new window", () => {
    const before: Levels = { first: 5, long: Float64Array.of(10, 20), short: new Float64Array(2) };
    const now: Levels = { first: 6, long: Float64Array.of(0), short: new Float64Array(1) };
    expect(deltaMessage(context, ALL, 60_000, before, now, DAY0).message.longs).toEqual([
      [5, 0],
      [6, 0],
    ]);
  });

  test("the column that has closed is named once, when the open column has moved on", () => {
    const none: Levels = { first: 0, long: new Float64Array(0), short: new Float64Array(0) };
    expect(deltaMessage(context, ALL, 60_000, none, none, DAY0).message.closedColumnStartMs).toBe(DAY0);
    expect(deltaMessage(context, ALL, 60_000, none, none, DAY0 + MINUTE_MS).message.closedColumnStartMs).toBeNull();
    expect(deltaMessage(context, ALL, 300_000, none, none, DAY0).message.closedColumnStartMs).toBeNull();
  });

  test("every frame says when, by which model, from what, and how much of the market it covers", () => {
    const none: Levels = { first: 0, long: new Float64Array(0), short: new Float64Array(0) };
    expect(snapshotMessage(context, ALL, 300_000, none)).toMatchObject({
      type: "snapshot",
      v: 1,
      seq: 7,
      asOf: state.asOf,
      dataSource: "simulated",
      symbol: "BTC",
      intervalMs: 300_000,
      columnStartMs: DAY0,
      bucketRatio: 0.0005,
      coverage: {
        ratio: null,
        exchanges: [{ id: "okx", state: "stale" }],
        thin: true,
        thinReason: "volume of 24 hours is below 585000000 USD",
      },
    });
  });
});

describe("candles", () => {
  const bar = (minute: number, change: Partial<Bar> = {}): Bar => ({
    openTime: DAY0 + minute * MINUTE_MS,
    intervalMs: MINUTE_MS,
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    volumeBase: 2,
    takerBuyBase: null,
    openInterestBase: null,
    markHigh: null,
    markLow: null,
    fundingRate: null,
    observedLongUsd: null,
    observedShortUsd: null,
    ...change,
  });

  test("a wider candle has the first open, the last close, the extremes and the sum of volume", () => {
    const candles = createCandles();
    addBar(candles, bar(0, { open: 8 }));
    addBar(candles, bar(1, { high: 15, close: 14 }));
    addBar(candles, bar(4, { low: 3, close: 5 }));
    expect(candles[INTERVALS.indexOf(5 * MINUTE_MS)]).toEqual({
      startMs: DAY0,
      open: 8,
      high: 15,
      low: 3,
      close: 5,
      volumeBase: 6,
      takerBuyBase: null,
      takerSellBase: null,
      fundingRate: null,
    });
    addBar(candles, bar(5));
    expect(candles[INTERVALS.indexOf(5 * MINUTE_MS)]).toMatchObject({ startMs: DAY0 + 5 * MINUTE_MS, volumeBase: 2 });
    expect(candles[INTERVALS.indexOf(15 * MINUTE_MS)]).toMatchObject({ startMs: DAY0, volumeBase: 8 });
  });

  test("unknown volume is unknown until some is known, and adding a bar leaves the old candle as it was", () => {
    const unknown = merge(null, DAY0, bar(0, { volumeBase: null }));
    const still = merge(unknown, DAY0, bar(1, { volumeBase: null }));
    const known = merge(still, DAY0, bar(2));
    expect([unknown.volumeBase, still.volumeBase, known.volumeBase]).toEqual([null, null, 2]);
    expect(unknown.close).toBe(11);
  });
});
