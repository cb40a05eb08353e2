// The price at which a position's equity equals its maintenance requirement, for given margin figures.
//   general, linear    long (E(1 − 1/L) − (D + X)/q) / (1 − m − f)     short (E(1 + 1/L) + (D + X)/q) / (1 + m + f)
//   general, inverse   long E(1 + m + f) / (1 + 1/L)                   short E(1 − m − f) / (1 − 1/L)
//   at entry, linear   long E(1 − 1/L + m + f) − (D + X)/q             short E(1 + 1/L − m − f) + (D + X)/q
//   at entry, inverse  long E / (1 + 1/L − m − f)                      short E / (1 − 1/L + m + f)
// E entry, L leverage, m maintenance rate, f fee rate counted in the requirement, D deduction, X added margin, q size.
import type { Side } from "../market/symbol.ts";

export interface MarginTerms {
  maintenanceMarginRate: number;
  /** Close fee as a fraction where the venue counts it in the requirement, else 0. */
  feeRate: number;
  /** Whether the requirement is valued at the running price or stays as valued at entry (Bybit, GMX). */
  valuedAt: "price" | "entry";
}

export interface Position {
  side: Side;
  contractKind: "linear" | "inverse";
  entryPrice: number;
  leverage: number;
  /** Deduction plus added margin, per base unit (quote currency); linear contracts only. */
  creditPerBase: number;
}

/**
 * Returns the liquidation price. A long with more margin than its value has none: the result is then ≤ 0; an inverse
 * short at 1x has none either: Infinity.
 */
export function liquidationPrice(position: Position, terms: MarginTerms): number {
  const { side, contractKind, entryPrice, leverage, creditPerBase } = position;
  const s = side === "long" ? 1 : -1;
  const rate = terms.maintenanceMarginRate + terms.feeRate;
  if (contractKind === "linear") {
    if (terms.valuedAt === "entry") return entryPrice * (1 - s / leverage + s * rate) - s * creditPerBase;
    return (entryPrice * (1 - s / leverage) - s * creditPerBase) / (1 - s * rate);
  }
  if (terms.valuedAt === "entry") return entryPrice / (1 + s / leverage - s * rate);
  return (entryPrice * (1 + s * rate)) / (1 + s / leverage);
}
