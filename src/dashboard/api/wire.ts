// Answers of the public API as the page reads them; units in the names, times in ms UTC.
import type { Range } from "../../shared/market/filter.ts";
import type { DataSource } from "../../shared/market/symbol.ts";
import type { StreamExchange } from "../../shared/protocol/messages.ts";
import type { EpochMs } from "../../shared/time/clock.ts";
import type { MapLevel } from "../grid/levels.ts";

export interface Coverage {
  ratio: number | null;
  exchanges: StreamExchange[];
}

export interface Envelope {
  asOf: EpochMs;
  modelVersion: string;
  dataSource: DataSource;
  coverage: Coverage;
}

export interface SymbolEntry {
  symbol: string;
  price: number | null;
  openInterestUsd: number | null;
  thin: boolean;
  exchanges: string[];
}

export interface SymbolsAnswer extends Envelope {
  symbols: SymbolEntry[];
}

export interface StatusAnswer extends Envelope {
  symbols: { symbol: string; historyProgress?: number; historyFromMs?: EpochMs | null }[];
}

export interface HeatmapAnswer extends Envelope {
  symbol: string;
  range: Range;
  intervalMs: number;
  price: number | null;
  columns: EpochMs[];
  prices: number[];
  /** `[columnIndex, priceIndex, usd]`. */
  cells: [number, number, number][];
  /** `[startMs, open, high, low, close, volumeBase]`. */
  candles: (number | null)[][];
  firstBucket: number;
  bucketsPerLevel: number;
  live: boolean;
}

export interface MapAnswer extends Envelope {
  price: number | null;
  levels: MapLevel[];
  cumulative: { price: number; longUsd: number; shortUsd: number }[];
}
