// Maintenance brackets of Bybit, OKX and Hyperliquid. Bybit's end at 80 M, OKX's are known only near their start: leverage
// below the last row's takes at least the fallback rate (tier-distance.ts).
import { type BracketTable, tableFromRows } from "../bracket.ts";

const M = 1_000_000;

export const BYBIT_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  [
    "BTC",
    {
      brackets: tableFromRows(
        [
          [0, 300_000, 0.0033, 150],
          [300_000, 2 * M, 0.005, 100],
          [2 * M, 2.6 * M, 0.0056, 90],
          [2.6 * M, 3.2 * M, 0.0063, 80],
          [3.2 * M, 3.8 * M, 0.0067, 75],
          [3.8 * M, 4.4 * M, 0.0071, 70],
          [4.4 * M, 5 * M, 0.0077, 65],
          [5 * M, 5.6 * M, 0.0091, 55],
          [5.6 * M, 8.5 * M, 0.01, 50],
          [8.5 * M, 10 * M, 0.013, 45],
          [10 * M, 14 * M, 0.015, 40],
          [14 * M, 20 * M, 0.016, 35],
          [20 * M, 28 * M, 0.02, 30],
          [28 * M, 38 * M, 0.025, 25],
          [38 * M, 50 * M, 0.029, 20],
          [50 * M, 55 * M, 0.03, 19],
          [55 * M, 60 * M, 0.035, 18],
          [60 * M, 65 * M, 0.036, 17],
          [65 * M, 70 * M, 0.038, 16],
          [70 * M, 75 * M, 0.04, 15],
          [75 * M, 80 * M, 0.045, 14],
        ],
        "usd",
        "continuous",
      ),
      provenance: "third-party",
      source:
        "BTCUSDT: the first three as answered in September 2026; from the fourth on the exchange's page of margin parameters (undated), whose third row is the same",
    },
  ],
]);

export const OKX_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  [
    "BTC",
    {
      brackets: tableFromRows([[0, 1_000, 0.004, 100]], "contracts", "flat"),
      provenance: "third-party",
      source: "first position tier of BTC-USDT-SWAP (contracts of 0.01 BTC), 2026",
    },
  ],
]);

/** Hyperliquid's rate is half the initial margin of the bracket: 1 / (2 × maximum leverage). */
function hyperliquid(first: number, edgeUsd: number, second: number): BracketTable {
  return {
    brackets: tableFromRows(
      [
        [0, edgeUsd, 1 / (2 * first), first],
        [edgeUsd, null, 1 / (2 * second), second],
      ],
      "usd",
      "continuous",
    ),
    provenance: "third-party",
    source: "Hyperliquid margin tables, 2026; the rule for the rate is the exchange's documentation",
  };
}

export const HYPERLIQUID_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  ["BTC", hyperliquid(40, 150 * M, 20)],
  ["ETH", hyperliquid(25, 100 * M, 15)],
  ["SOL", hyperliquid(20, 70 * M, 10)],
  ["XRP", hyperliquid(20, 40 * M, 10)],
]);
