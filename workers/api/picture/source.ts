// The part of the native heatmap answer that other forms are made from.
import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
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
  currency: string;
}
