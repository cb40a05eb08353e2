// The part of the native heatmap answer that other forms are made from.
import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
import type { Currency } from "../../../src/shared/market/currency.ts";
import type { Range } from "../../../src/shared/market/filter.ts";
import type { DataSource } from "../../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";

/** Units as in `GET /v1/heatmap`. */
export interface PictureSource {
  asOf: EpochMs;
  modelVersion: string;
  dataSource: DataSource;
  coverage: Coverage;
  symbol: string;
  range: Range;
  intervalMs: number;
  price: number | null;
  columns: EpochMs[];
  prices: number[];
  /** `[columnIndex, priceIndex, usd]` */
  cells: [number, number, number][];
  /** `[startMs, open, high, low, close, volumeBase]` */
  candles: (number | null)[][];
  firstBucket: number;
  bucketsPerLevel: number;
  live: boolean;
  filter: { exchange: string[]; leverage: number[]; age: string; side: string; mode: string; delta: string | null };
  currency: Currency;
  /** Units of `currency` for one USD; null where nothing is converted. */
  rate: { value: number; source: string; timeMs: EpochMs } | null;
  /** Exchanges that the deployment reads: a filter of fewer is told. Not in the native answer. */
  exchangesRead?: number;
}
