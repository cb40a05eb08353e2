// Running candles of one exchange, one per column width.
import type { Bar } from "../../src/shared/market/bar.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { type EpochMs, intervalStart } from "../../src/shared/time/clock.ts";

export interface RunningCandle {
  startMs: EpochMs;
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number | null;
  takerBuyBase: number | null;
  /** Volume less the taker buys, of the minutes whose taker side is known. */
  takerSellBase: number | null;
  /** Rates charged, added up. */
  fundingRate: number | null;
}

/** One per entry of INTERVALS; null before the first bar. */
export type RunningCandles = (RunningCandle | null)[];

export function createCandles(): RunningCandles {
  return INTERVALS.map(() => null);
}

/** Adds a minute to every width. */
export function addBar(candles: RunningCandles, bar: Bar): void {
  INTERVALS.forEach((intervalMs, i) => {
    candles[i] = merge(candles[i] ?? null, intervalStart(bar.openTime, intervalMs), bar);
  });
}

/** The candle with one more bar in it, or a new one when the bar starts another interval; never changes its input. */
export function merge(candle: RunningCandle | null, startMs: EpochMs, bar: Bar): RunningCandle {
  if (candle === null || candle.startMs !== startMs) {
    const { open, high, low, close, volumeBase, takerBuyBase, fundingRate } = bar;
    const flow = { volumeBase, takerBuyBase, takerSellBase: takerSell(bar), fundingRate };
    return { startMs, open, high, low, close, ...flow };
  }
  return {
    startMs,
    open: candle.open,
    high: Math.max(candle.high, bar.high),
    low: Math.min(candle.low, bar.low),
    close: bar.close,
    volumeBase: plus(candle.volumeBase, bar.volumeBase),
    takerBuyBase: plus(candle.takerBuyBase, bar.takerBuyBase),
    takerSellBase: plus(candle.takerSellBase, takerSell(bar)),
    fundingRate: plus(candle.fundingRate, bar.fundingRate),
  };
}

function takerSell({ volumeBase, takerBuyBase }: Bar): number | null {
  return volumeBase === null || takerBuyBase === null ? null : Math.max(0, volumeBase - takerBuyBase);
}

/** Sum of two figures; unknown only while both are. */
function plus(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}
