// Maintenance brackets of Binance USD-M perpetuals, notional in USDT. Facts as published in October 2024; the live table
// needs a signed request, so an operator with a key may refresh these. Deductions follow from the rows.
import { type BracketRow, type BracketTable, tableFromRows } from "../bracket.ts";

const M = 1_000_000;

const ROWS: Record<string, readonly BracketRow[]> = {
  BTC: [
    [0, 50_000, 0.004, 125],
    [50_000, 600_000, 0.005, 100],
    [600_000, 3 * M, 0.0065, 75],
    [3 * M, 12 * M, 0.01, 50],
    [12 * M, 70 * M, 0.02, 25],
    [70 * M, 100 * M, 0.025, 20],
    [100 * M, 230 * M, 0.05, 10],
    [230 * M, 480 * M, 0.1, 5],
    [480 * M, 600 * M, 0.125, 4],
    [600 * M, 800 * M, 0.15, 3],
    [800 * M, 1200 * M, 0.25, 2],
    [1200 * M, 1800 * M, 0.5, 1],
  ],
  ETH: [
    [0, 50_000, 0.004, 125],
    [50_000, 600_000, 0.005, 100],
    [600_000, 3 * M, 0.0065, 75],
    [3 * M, 12 * M, 0.01, 50],
    [12 * M, 50 * M, 0.02, 25],
    [50 * M, 65 * M, 0.025, 20],
    [65 * M, 150 * M, 0.05, 10],
    [150 * M, 320 * M, 0.1, 5],
    [320 * M, 400 * M, 0.125, 4],
    [400 * M, 530 * M, 0.15, 3],
    [530 * M, 800 * M, 0.25, 2],
    [800 * M, 1200 * M, 0.5, 1],
  ],
  SOL: [
    [0, 20_000, 0.005, 100],
    [20_000, 100_000, 0.0065, 75],
    [100_000, 800_000, 0.01, 50],
    [800_000, 4 * M, 0.02, 25],
    [4 * M, 8 * M, 0.025, 20],
    [8 * M, 40 * M, 0.05, 10],
    [40 * M, 80 * M, 0.1, 5],
    [80 * M, 100 * M, 0.125, 4],
    [100 * M, 200 * M, 0.25, 2],
    [200 * M, 400 * M, 0.5, 1],
  ],
  XRP: [
    [0, 10_000, 0.005, 75],
    [10_000, 20_000, 0.0065, 50],
    [20_000, 160_000, 0.01, 40],
    [160_000, 800_000, 0.02, 25],
    [800_000, 1.6 * M, 0.025, 20],
    [1.6 * M, 8 * M, 0.05, 10],
    [8 * M, 16 * M, 0.1, 5],
    [16 * M, 20 * M, 0.125, 4],
    [20 * M, 40 * M, 0.25, 2],
    [40 * M, 80 * M, 0.5, 1],
  ],
  DOGE: [
    [0, 10_000, 0.005, 75],
    [10_000, 50_000, 0.007, 50],
    [50_000, 750_000, 0.01, 40],
    [750_000, 800_000, 0.02, 25],
    [800_000, 1.6 * M, 0.025, 20],
    [1.6 * M, 8 * M, 0.05, 10],
    [8 * M, 16 * M, 0.1, 5],
    [16 * M, 20 * M, 0.125, 4],
    [20 * M, 40 * M, 0.25, 2],
    [40 * M, 80 * M, 0.5, 1],
  ],
  BNB: [
    [0, 10_000, 0.005, 75],
    [10_000, 50_000, 0.006, 50],
    [50_000, 200_000, 0.01, 40],
    [200_000, 1.5 * M, 0.02, 25],
    [1.5 * M, 3 * M, 0.025, 20],
    [3 * M, 15 * M, 0.05, 10],
    [15 * M, 30 * M, 0.1, 5],
    [30 * M, 37.5 * M, 0.125, 4],
    [37.5 * M, 75 * M, 0.25, 2],
    [75 * M, 150 * M, 0.5, 1],
  ],
};

const SOURCE = "Binance leverage and margin table of USD-M perpetuals, October 2024";

export const BINANCE_BRACKETS: ReadonlyMap<string, BracketTable> = new Map(
  Object.entries(ROWS).map(([symbol, rows]) => [
    symbol,
    { brackets: tableFromRows(rows, "usd", "continuous"), provenance: "docs", source: SOURCE } satisfies BracketTable,
  ]),
);
