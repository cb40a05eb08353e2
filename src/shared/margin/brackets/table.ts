// Which bracket table a symbol takes on a venue.
import type { SymbolId, VenueId } from "../../market/symbol.ts";
import { type BracketTable, tableFromRows } from "../bracket.ts";
import { BINANCE_BRACKETS } from "./binance.ts";
import { BITGET_BRACKETS, GATE_BRACKETS } from "./bitget-gate.ts";
import { DYDX_BRACKETS, GMX_BRACKETS, onDydx, onGmx } from "./decentralised.ts";
import { BYBIT_BRACKETS, HYPERLIQUID_BRACKETS, OKX_BRACKETS } from "./others.ts";

const TABLES: Record<VenueId, ReadonlyMap<string, BracketTable>> = {
  binance: BINANCE_BRACKETS,
  bybit: BYBIT_BRACKETS,
  okx: OKX_BRACKETS,
  hyperliquid: HYPERLIQUID_BRACKETS,
  bitget: BITGET_BRACKETS,
  gate: GATE_BRACKETS,
  dydx: DYDX_BRACKETS,
  gmx: GMX_BRACKETS,
};

/** Rate where no table speaks: the usual one of liquid coins. Assumed. */
export const FALLBACK_RATE = 0.005;

const centralised: BracketTable = {
  brackets: tableFromRows([[0, null, FALLBACK_RATE, 50]], "usd", "flat"),
  provenance: "assumed",
  source: "fallback: 0.5 % at up to 50x",
};

const onHyperliquid: BracketTable = {
  brackets: tableFromRows([[0, null, 0.05, 10]], "usd", "flat"),
  provenance: "assumed",
  source: "fallback: 10x, the most common maximum of smaller coins there; rate 1 / (2 × 10)",
};

/** What a symbol takes on venues that are not like the centralised ones. */
const FALLBACKS: Partial<Record<VenueId, BracketTable>> = { hyperliquid: onHyperliquid, dydx: onDydx, gmx: onGmx };

/** Returns the symbol's brackets on the venue; without a table of its own, the documented fallback. */
export function bracketTable(venue: VenueId, symbol: SymbolId): BracketTable {
  return TABLES[venue].get(symbol) ?? FALLBACKS[venue] ?? centralised;
}
