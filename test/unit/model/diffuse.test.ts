import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bar } from "../../../src/shared/market/bar.ts";
import { followHour, NO_HOUR } from "../../../src/shared/model/diffuse.ts";
import { createModel, stepBar } from "../../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { minuteMarket } from "../../bench/minute-market.ts";

const START = Date.UTC(2026, 0, 1);

function bar(minute: number, prices: readonly [open: number, high: number, low: number, close: number], volume = 10) {
  const [open, high, low, close] = prices;
  const rest = { takerBuyBase: null, openInterestBase: 1_000, markHigh: null, markLow: null, fundingRate: null };
  const observed = { observedLongUsd: null, observedShortUsd: null };
  const at = { openTime: START + minute * MINUTE_MS, intervalMs: MINUTE_MS };
  return { ...at, open, high, low, close, volumeBase: volume, ...rest, ...observed } satisfies Bar;
}

/** Size × way of all bars, undoing the price at which it is valued. */
function travelled(bars: readonly Bar[]) {
  const hour = { ...NO_HOUR };
  const sum = { long: 0, short: 0 };
  for (const one of bars) {
    const step = followHour(hour, one);
    sum.long += step.long / one.close;
    sum.short += step.short / one.close;
  }
  return sum;
}

describe("what an hour opens and force-closes", () => {
  test("volume × way from the open and from the best price, half each", () => {
    // up to 104, down to 98: longs lose ln(100/98) from the open and ln(104/98) from the high
    const { long, short } = travelled([bar(0, [100, 104, 100, 104]), bar(1, [104, 104, 98, 98])]);
    expect(long).toBeCloseTo(20 * 0.5 * (Math.log(100 / 98) + Math.log(104 / 98)), 10);
    expect(short).toBeCloseTo(20 * 0.5 * 2 * Math.log(104 / 100), 10);
  });
  test.each([
    ["a rising bar fell first", [100, 105, 95, 102], Math.log(100 / 95), Math.log(105 / 95)],
    ["a falling bar rose first", [100, 105, 95, 98], Math.log(105 / 95), Math.log(105 / 100)],
  ] as const)("%s", (_, prices, fall, rise) => {
    const { long, short } = travelled([bar(0, prices)]);
    expect(long).toBeCloseTo(10 * 0.5 * (Math.log(100 / 95) + fall), 10);
    expect(short).toBeCloseTo(10 * 0.5 * (Math.log(105 / 100) + rise), 10);
  });
  test("the next hour begins anew", () => {
    const first = bar(59, [100, 100, 90, 90]);
    const second = bar(60, [90, 91, 90, 91]);
    expect(travelled([first, second]).long).toBeCloseTo(travelled([first]).long, 12);
  });
  test("without volume there is nothing", () => {
    expect(travelled([{ ...bar(0, [100, 110, 90, 95]), volumeBase: null }])).toEqual({ long: 0, short: 0 });
  });
});

test("an hour of minutes adds up to what the hour's path says, in whatever parts it comes", () => {
  const steps = fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(steps, (moves) => {
      const minutes: Bar[] = [];
      let price = 10_000;
      for (const [minute, move] of moves.entries()) {
        const close = price + move;
        minutes.push(bar(minute, [price, Math.max(price, close), Math.min(price, close), close]));
        price = close;
      }
      const joined = Array.from({ length: 12 }, (_, i) => {
        const five = minutes.slice(5 * i, 5 * i + 5);
        const high = Math.max(...five.map((m) => m.high));
        const low = Math.min(...five.map((m) => m.low));
        return bar(5 * i, [five[0]?.open ?? 0, high, low, five.at(-1)?.close ?? 0], 50);
      });
      // the ways from the open are the same; a part's order of high and low may shorten the way from the best price
      const fine = travelled(minutes);
      const coarse = travelled(joined);
      const low = Math.min(...minutes.map((m) => m.low));
      expect(fine.long).toBeGreaterThanOrEqual(600 * 0.5 * Math.log(10_000 / low) - 1e-9);
      expect(coarse.long).toBeLessThanOrEqual(2 * fine.long + 1e-9);
      expect(fine.long).toBeLessThanOrEqual(2 * coarse.long + 1e-9);
    }),
  );
});

test("minutes, five minutes and hours of one market expect nearly the same diffuse value", () => {
  const minutes = minuteMarket({ seed: 4, bars: 20 * 24 * 60 }).map((one) => ({ ...one, fundingRate: null }));
  const first = minutes.findIndex(({ openTime }) => openTime % HOUR_MS === 0);
  const whole = minutes.slice(first, first + 19 * 24 * 60);
  const total = (width: number) => {
    const model = createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
    let usd = 0;
    for (let i = 0; i < whole.length; i += width) {
      const part = whole.slice(i, i + width);
      const last = part.at(-1);
      const step = stepBar(model, {
        ...(part[0] as Bar),
        intervalMs: width * MINUTE_MS,
        high: Math.max(...part.map((one) => one.high)),
        low: Math.min(...part.map((one) => one.low)),
        close: last?.close ?? 0,
        volumeBase: part.reduce((sum, one) => sum + (one.volumeBase ?? 0), 0),
        takerBuyBase: null,
        openInterestBase: last?.openInterestBase ?? null,
      });
      usd += (step?.diffuseLongUsd ?? 0) + (step?.diffuseShortUsd ?? 0);
    }
    return usd;
  };
  const hours = total(60);
  expect(total(1) / hours).toBeGreaterThan(0.95);
  expect(total(1) / hours).toBeLessThan(1.2);
  expect(total(5) / hours).toBeGreaterThan(0.95);
  expect(total(5) / hours).toBeLessThan(1.2);
});
