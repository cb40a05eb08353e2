// When a known GMX v2 position is liquidated: collateral, net of what it owes, falls to the requirement of its size.
//   collateral other than the index   long (L − r + S) / T             short (L − r − S) / (−T)
//   collateral is the index           long (S + L + o) / (T + C)       short (S − L − o) / (T − C)
// S size at entry in USD, T size in coins, L required collateral, C collateral in coins, o owed, r collateral in USD − o.
// https://docs.gmx.io/docs/trading/v2 (liquidation), as the exchange's own interface computes it
import type { Side } from "../market/symbol.ts";

export interface GmxPosition {
  side: Side;
  /** Size at entry, USD, and in coins. */
  sizeUsd: number;
  sizeBase: number;
  /** In coins of the index when they are the collateral, else in USD. */
  collateral: { base: number } | { usd: number };
  /** Closing fee, pending funding and borrowing, and the capped negative price impact, USD. */
  owedUsd: number;
  /** Smallest collateral as a share of size, and in USD. */
  minCollateralFactor: number;
  minCollateralUsd: number;
}

/** Returns the liquidation price; null for a short that its own coins cover at any price. */
export function gmxLiquidationPrice(position: GmxPosition): number | null {
  const { side, sizeUsd, sizeBase, collateral, owedUsd } = position;
  const s = side === "long" ? 1 : -1;
  const requiredUsd = Math.max(sizeUsd * position.minCollateralFactor, position.minCollateralUsd);
  if ("usd" in collateral) return (s * (requiredUsd - (collateral.usd - owedUsd)) + sizeUsd) / sizeBase;
  const coins = sizeBase + s * collateral.base;
  return coins > 0 ? (sizeUsd + s * (requiredUsd + owedUsd)) / coins : null;
}
