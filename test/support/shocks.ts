// Bars that a model must survive, drawn by fast-check.
import fc from "fast-check";
import type { Bar } from "../../src/shared/market/bar.ts";

const MINUTE = 60_000;

export interface Shock {
  move: number;
  wick: number;
  gapMinutes: number;
  minutes: number;
  volume: number | null;
  taker: number | null;
  openInterest: number | null;
  mark: boolean;
  funding: number | null;
}

/** Anything a market or a broken feed may do: jumps of 60 %, silences of days, no volume, open interest to 0 and back. */
export const shock: fc.Arbitrary<Shock> = fc.record({
  move: fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: -0.01, max: 0.01, noNaN: true }) },
    fc.double({ min: -0.6, max: 0.6, noNaN: true }),
  ),
  wick: fc.oneof({ weight: 4, arbitrary: fc.double({ min: 0, max: 0.005, noNaN: true }) }, fc.constant(0.5)),
  gapMinutes: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20_000 })),
  minutes: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.constantFrom(3, 5, 7, 60, 240)),
  volume: fc.oneof({ weight: 6, arbitrary: fc.double({ min: 0, max: 5_000, noNaN: true }) }, fc.constantFrom(0, null)),
  taker: fc.option(fc.double({ min: 0, max: 1.2, noNaN: true })),
  openInterest: fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: 500, max: 2_000, noNaN: true }) },
    fc.constantFrom(0, null, 1e-9, 1e9),
  ),
  mark: fc.boolean(),
  funding: fc.option(fc.double({ min: -0.06, max: 0.06, noNaN: true }), { freq: 4 }),
});

/** Bars of such a market, one after another. */
export function toBars(shocks: readonly Shock[]): Bar[] {
  let time = 1_750_000_020_000;
  let price = 60_000;
  return shocks.map((s) => {
    time += s.gapMinutes * MINUTE;
    const open = price;
    const close = Math.min(Math.max(open * (1 + s.move), 1e-3), 1e9);
    const high = Math.max(open, close) * (1 + s.wick);
    const low = Math.min(open, close) * (1 - s.wick);
    const bar: Bar = {
      openTime: time,
      intervalMs: s.minutes * MINUTE,
      open,
      high,
      low,
      close,
      volumeBase: s.volume,
      takerBuyBase: s.taker === null || s.volume === null ? null : s.taker * s.volume,
      openInterestBase: s.openInterest,
      markHigh: s.mark ? high * 1.001 : null,
      markLow: s.mark ? low * 1.0005 : null,
      fundingRate: s.funding,
      observedLongUsd: null,
      observedShortUsd: null,
    };
    time += bar.intervalMs;
    price = close;
    return bar;
  });
}
