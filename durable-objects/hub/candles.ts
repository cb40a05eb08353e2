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
    return { startMs, open: bar.open, high: bar.high, low: bar.low, close: bar.close, volumeBase: bar.volumeBase };
  }
  return {
    startMs,
    open: candle.open,
    high: Math.max(candle.high, bar.high),
    low: Math.min(candle.low, bar.low),
    close: bar.close,
    volumeBase:
      bar.volumeBase === null && candle.volumeBase === null ? null : (candle.volumeBase ?? 0) + (bar.volumeBase ?? 0),
  };
}
