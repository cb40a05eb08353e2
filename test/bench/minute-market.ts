// A seeded minute market for tests and benchmarks: wandering volatility, fat tails, volume that follows the range, open
// interest that follows volume. Not a claim about real markets, only input of realistic size and roughness.
import type { Bar } from "../../src/shared/market/bar.ts";
import { exp } from "../../src/shared/num/exp.ts";
import { createPrng } from "../../src/shared/num/prng.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";

export interface MarketShape {
  seed: number;
  bars: number;
  startPrice?: number;
  startOpenInterestBase?: number;
}

export function minuteMarket({ seed, bars, startPrice = 65_000, startOpenInterestBase = 80_000 }: MarketShape): Bar[] {
  const chance = createPrng(seed);
  const start = 1_750_000_020_000;
  let price = startPrice;
  let openInterest = startOpenInterestBase;
  let heat = 0;
  const out: Bar[] = [];
  for (let i = 0; i < bars; i++) {
    heat = 0.995 * heat + 0.06 * chance.normal();
    const sigma = 0.0005 * exp(heat) * (chance.uniform() < 0.001 ? 12 : 1);
    const open = price;
    const close = open * exp(sigma * chance.normal());
    const wick = sigma * Math.abs(chance.normal());
    const high = Math.max(open, close) * exp(wick * chance.uniform());
    const low = Math.min(open, close) * exp(-wick * chance.uniform());
    const volume = startOpenInterestBase * 0.0025 * exp(heat + 0.5 * chance.normal());
    const missing = chance.uniform() < 0.01;
    openInterest = Math.max(openInterest * (1 + 0.0003 * chance.normal()), 0.1 * startOpenInterestBase);
    out.push({
      openTime: start + i * MINUTE_MS,
      intervalMs: MINUTE_MS,
      open,
      high,
      low,
      close,
      volumeBase: volume,
      takerBuyBase: volume * chance.uniform(),
      openInterestBase: missing ? null : openInterest,
      markHigh: null,
      markLow: null,
      fundingRate: i % 480 === 479 ? 0.0001 * chance.normal() : null,
      observedLongUsd: null,
      observedShortUsd: null,
    });
    price = close;
  }
  return out;
}
