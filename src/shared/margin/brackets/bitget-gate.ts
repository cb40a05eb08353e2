// Maintenance brackets of Bitget and Gate, USDT. Only the start of each is known: leverage below the last row's is
// answered by the fallback rate (tier-distance.ts). The live tables are public requests of the adapters.
import { type BracketTable, tableFromRows } from "../bracket.ts";

export const BITGET_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  [
    "BTC",
    {
      brackets: tableFromRows([[0, 150_000, 0.004, 125]], "usd", "continuous"),
      provenance: "third-party",
      source: "first position tier of BTCUSDT, July 2025",
    },
  ],
]);

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
