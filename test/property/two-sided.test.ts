// Where a pool is the counterparty the sides differ: each is conserved to its own open interest, whatever happens.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bar } from "../../src/shared/market/bar.ts";
import {
  conservationError,
  createModel,
  decodeModel,
  encodeModel,
  openInterestBase,
  sideOpenInterestBase,
  sideTotals,
  stepBar,
} from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";
import { minuteMarket } from "../bench/minute-market.ts";

const MINUTE = 60_000;

const interest = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 500, max: 2_000, noNaN: true }) },
  fc.constantFrom(0, 1e-9, 1e9),
);
const shock = fc.record({
  move: fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: -0.01, max: 0.01, noNaN: true }) },
    fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  ),
  minutes: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.constantFrom(5, 7, 60)),
  gapMinutes: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5_000 })),
  volume: fc.option(fc.double({ min: 0, max: 5_000, noNaN: true }), { freq: 2 }),
  long: fc.option(interest, { freq: 6 }),
  short: interest,
});

function toBars(shocks: readonly (typeof shock extends fc.Arbitrary<infer T> ? T : never)[]): Bar[] {
  let time = 1_750_000_020_000;
  let price = 60_000;
  return shocks.map(({ move, minutes, gapMinutes, volume, long, short }) => {
    time += gapMinutes * MINUTE;
    const open = price;
    const close = Math.min(Math.max(open * (1 + move), 1e-3), 1e9);
    const bar: Bar = {
      openTime: time,
      intervalMs: minutes * MINUTE,
      open,
      high: Math.max(open, close) * 1.001,
      low: Math.min(open, close) * 0.999,
      close,
      volumeBase: volume,
      takerBuyBase: null,
      openInterestBase: long,
      ...(long === null ? {} : { shortOpenInterestBase: short }),
      markHigh: null,
      markLow: null,
      fundingRate: null,
      observedLongUsd: null,
      observedShortUsd: null,
    };
    time += bar.intervalMs;
    price = close;
    return bar;
  });
}

const newModel = () => createModel({ venue: "gmx", symbol: "BTC", params: DEFAULT_PARAMS });

describe("sides that differ", () => {
  test("each equals its own open interest after every bar; snapshots hold both", () => {
    fc.assert(
      fc.property(fc.array(shock, { minLength: 2, maxLength: 12 }), (shocks) => {
        const model = newModel();
        for (const bar of toBars(shocks)) {
          stepBar(model, bar);
          expect(conservationError(model)).toBeLessThan(1e-9);
          if (bar.openInterestBase === null || model.book === null) continue;
          expect(sideOpenInterestBase(model, "long")).toBe(bar.openInterestBase);
          expect(sideOpenInterestBase(model, "short")).toBe(bar.shortOpenInterestBase);
          expect(openInterestBase(model)).toBe((bar.openInterestBase + (bar.shortOpenInterestBase ?? 0)) / 2);
        }
        const bytes = encodeModel(model);
        const read = decodeModel(bytes, DEFAULT_PARAMS);
        expect("error" in read ? read.error : encodeModel(read)).toEqual(bytes);
        if (!("error" in read)) expect(sideOpenInterestBase(read, "short")).toBe(sideOpenInterestBase(model, "short"));
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test("without volume nothing is clipped, and only the side that grew is drawn", () => {
    const model = newModel();
    const [first, second] = toBars([
      { move: 0, minutes: 1, gapMinutes: 0, volume: null, long: 1_000, short: 800 },
      { move: 0.001, minutes: 1, gapMinutes: 0, volume: null, long: 1_500, short: 800 },
    ]);
    stepBar(model, first as Bar);
    const result = stepBar(model, second as Bar);
    expect(result).toMatchObject({ clipped: false, openedBase: 250, closedBase: 0 });
    expect(sideTotals(model, "long").drawnBase).toBeGreaterThan(0);
    expect(sideTotals(model, "short")).toEqual({ drawnBase: 0, reservoirBase: 800 });
  });

  test("naming equal sides twice gives the bytes of naming them once", () => {
    const bars = [...minuteMarket({ seed: 5, bars: 300, startPrice: 1_700, startOpenInterestBase: 700_000 })];
    const once = newModel();
    const twice = newModel();
    for (const bar of bars) {
      stepBar(once, bar);
      const { openInterestBase: base } = bar;
      stepBar(twice, base === null ? bar : { ...bar, shortOpenInterestBase: base });
    }
    expect(encodeModel(twice)).toEqual(encodeModel(once));
  });
});
