// A seeded market of hours for evaluation: liquidations follow from how far price went, so that there is something to find.
import type { NamedMarket } from "../../src/shared/evaluate/evaluate.ts";
import type { Bar } from "../../src/shared/market/bar.ts";
import { createPrng } from "../../src/shared/num/prng.ts";
import { HOUR_MS } from "../../src/shared/time/clock.ts";

export function hourlyMarket(hours: number, seed = 1): NamedMarket {
  const random = createPrng(seed);
  let price = 60_000;
  let interest = 80_000;
  const bars = Array.from({ length: hours }, (_, hour): Bar => {
    const open = price;
    price *= Math.exp(0.006 * random.normal());
    const high = Math.max(open, price) * Math.exp(0.003 * random.uniform());
    const low = Math.min(open, price) * Math.exp(-0.003 * random.uniform());
    const volume = interest * 0.15 * (0.3 + random.uniform());
    interest += volume * 0.1 * random.normal();
    return {
      openTime: Date.UTC(2025, 2, 3) + hour * HOUR_MS,
      intervalMs: HOUR_MS,
      open,
      high,
      low,
      close: price,
      volumeBase: volume,
      takerBuyBase: volume * random.uniform(),
      openInterestBase: interest,
      markHigh: null,
      markLow: null,
      fundingRate: null,
      observedLongUsd: 3e7 * (open / low - 1) * random.uniform(),
      observedShortUsd: 3e7 * (high / open - 1) * random.uniform(),
    };
  });
  return { name: `hourly-${seed}`, venue: "binance", symbol: "BTC", bars };
}

export function toCsv(bars: readonly Bar[]): string {
  const header = "time_ms,open,high,low,close,volume,taker_buy_volume,open_interest_base,long_liq_usd,short_liq_usd";
  const lines = bars.map((bar) =>
    [
      bar.openTime,
      bar.open,
      bar.high,
      bar.low,
      bar.close,
      bar.volumeBase,
      bar.takerBuyBase,
      bar.openInterestBase,
      bar.observedLongUsd,
      bar.observedShortUsd,
    ]
      .map((value) => value ?? "")
      .join(","),
  );
  return `${[header, ...lines].join("\n")}\n`;
}
