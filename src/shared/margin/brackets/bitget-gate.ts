// Maintenance brackets of Bitget and Gate, notional in USDT. Both count margin marginally: Bitget for positions opened
// since 2025-11-10, Gate since 2025-07-29. The live tables are public requests of the adapters.
import { type BracketRow, type BracketTable, tableFromRows } from "../bracket.ts";

const K = 1_000;
const M = 1_000_000;

function bitget(rows: readonly BracketRow[], source: string): BracketTable {
  return { brackets: tableFromRows(rows, "usd", "continuous"), provenance: "docs", source };
}

export const BITGET_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  [
    "BTC",
    bitget(
      [
        [0, 200 * K, 0.004, 125],
        [200 * K, 1 * M, 0.005, 100],
        [1 * M, 5 * M, 0.007, 75],
        [5 * M, 15 * M, 0.01, 50],
        [15 * M, 50 * M, 0.02, 25],
        [50 * M, 100 * M, 0.03, 20],
        [100 * M, 150 * M, 0.06, 10],
        [150 * M, 300 * M, 0.12, 5],
        [300 * M, 500 * M, 0.15, 4],
        [500 * M, 700 * M, 0.2, 3],
        [700 * M, 900 * M, 0.3, 2],
        [900 * M, 1_200 * M, 0.6, 1],
      ],
      "https://www.bitget.com/support/articles/12560603838668 (in force since 2025-09-26)",
    ),
  ],
  [
    "ETH",
    bitget(
      [
        [0, 200 * K, 0.005, 100],
        [200 * K, 750 * K, 0.01, 75],
        [750 * K, 3 * M, 0.015, 50],
        [3 * M, 16 * M, 0.03, 20],
        [16 * M, 38 * M, 0.05, 10],
        [38 * M, 48 * M, 0.08, 8],
        [48 * M, 55 * M, 0.09, 7],
        [55 * M, 68 * M, 0.1, 6],
        [68 * M, 80 * M, 0.12, 5],
        [80 * M, 100 * M, 0.15, 4],
        [100 * M, 130 * M, 0.2, 3],
        [130 * M, 200 * M, 0.3, 2],
        [200 * M, 800 * M, 0.6, 1],
      ],
      "https://www.bitget.com/support/articles/12560603832368 (in force since 2025-07-23)",
    ),
  ],
  [
    "SOL",
    bitget(
      [
        [0, 50 * K, 0.005, 100],
        [50 * K, 100 * K, 0.008, 75],
        [100 * K, 1 * M, 0.01, 50],
        [1 * M, 5 * M, 0.02, 25],
        [5 * M, 10 * M, 0.03, 20],
        [10 * M, 30 * M, 0.05, 10],
        [30 * M, 60 * M, 0.12, 5],
        [60 * M, 80 * M, 0.15, 4],
        [80 * M, 150 * M, 0.3, 2],
        [150 * M, 300 * M, 0.6, 1],
      ],
      "https://www.bitget.com/support/articles/12560603837608 (in force since 2025-09-12)",
    ),
  ],
]);

/** Only a first limit is known: the exchange's help shows a table as an example, which is none of its contracts'. */
export const GATE_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  [
    "BTC",
    {
      brackets: tableFromRows([[0, 1_000_000, 0.005, 100]], "usd", "flat"),
      provenance: "docs",
      source: "first risk limit of BTC_USDT as the exchange's documentation shows it, 2026",
    },
  ],
]);
