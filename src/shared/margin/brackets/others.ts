// Maintenance brackets of Bybit, OKX and Hyperliquid as of 2026. The first two are known only near their start: leverage
// below the last row's is answered by the fallback rate (tier-distance.ts).
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
        ],
        "usd",
        "continuous",
      ),
      provenance: "third-party",
      source: "first two of 35 risk limits of BTCUSDT, 2026",
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
