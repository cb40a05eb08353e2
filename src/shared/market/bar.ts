import type { EpochMs } from "../time/clock.ts";

/** What one venue reported for one symbol in one interval: the model's only input. Null = not available. */
export interface Bar {
  openTime: EpochMs;
  intervalMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number | null;
  takerBuyBase: number | null;
  /** One-sided open interest at the END of the bar, base coin. */
  openInterestBase: number | null;
  /** Set where the two sides differ (a pool is the counterparty): then `openInterestBase` is the long side alone. */
  shortOpenInterestBase?: number;
  /** Extremes of the mark price inside the bar: the trigger of liquidations where known. */
  markHigh: number | null;
  markLow: number | null;
  /** Fraction charged in this bar, positive = longs pay; null when none was charged. */
  fundingRate: number | null;
  /** Liquidations the venue reported in the bar, USD. Observed, never estimated. */
  observedLongUsd: number | null;
  observedShortUsd: number | null;
}
