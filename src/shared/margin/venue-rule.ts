// How each venue turns its brackets into a liquidation price (isolated margin; the trigger is the mark price unless said otherwise).
//   Binance      general form with deduction; the bracket is that of the notional at the liquidation price
//   Bybit        requirement valued at entry, with deduction
//   OKX          general form with the taker fee, whole position at its tier's rate, no deduction
//   Hyperliquid  general form with deduction, rate 1 / (2 × maximum leverage of the bracket)
//   Bitget       general form with the taker fee and deduction (positions opened since 2025-11-10)
//   Gate         general form with the taker fee, and the deduction where a tier states one
//   dYdX         general form with one flat rate per market; the trigger is the oracle price
//   GMX          requirement and closing fee valued at entry; the trigger is the oracle price (gmx-position.ts)
// Cross margin makes the price of one position unknowable from outside: these are isolated-equivalent estimates.
import type { Side, VenueId } from "../market/symbol.ts";
import { type Bracket, bracketAt } from "./bracket.ts";
import { liquidationPrice, type MarginTerms } from "./liquidation-price.ts";

export interface VenueRule {
  feeRate: number;
  valuedAt: MarginTerms["valuedAt"];
  deduction: boolean;
  /** Which notional chooses the bracket. */
  bracketBy: "entry" | "liquidation";
}

/** Taker fee of OKX swaps at the lowest fee level, as a fraction; exchange documentation, read 2026. */
const OKX_TAKER_FEE = 0.0005;
/** Taker fee of Bitget USDT futures at the lowest fee level; contract list (`takerFeeRate`), 2026. */
const BITGET_TAKER_FEE = 0.0006;
/** Taker fee of Gate USDT futures at the lowest fee level; contract list (`taker_fee_rate`), 2023, and help article 27724. */
const GATE_TAKER_FEE = 0.00075;

/** Closing fee of GMX v2 when it does not balance the pool, as a fraction; exchange documentation, read 2026. */
const GMX_CLOSING_FEE = 0.0006;

export const VENUE_RULES: Record<VenueId, VenueRule> = {
  binance: { feeRate: 0, valuedAt: "price", deduction: true, bracketBy: "liquidation" },
  bybit: { feeRate: 0, valuedAt: "entry", deduction: true, bracketBy: "entry" },
  okx: { feeRate: OKX_TAKER_FEE, valuedAt: "price", deduction: false, bracketBy: "entry" },
  hyperliquid: { feeRate: 0, valuedAt: "price", deduction: true, bracketBy: "liquidation" },
  bitget: { feeRate: BITGET_TAKER_FEE, valuedAt: "price", deduction: true, bracketBy: "liquidation" },
  gate: { feeRate: GATE_TAKER_FEE, valuedAt: "price", deduction: true, bracketBy: "entry" },
  dydx: { feeRate: 0, valuedAt: "price", deduction: false, bracketBy: "entry" },
  gmx: { feeRate: GMX_CLOSING_FEE, valuedAt: "entry", deduction: false, bracketBy: "entry" },
};

export interface IsolatedPosition {
  side: Side;
  entryPrice: number;
  /** Base coin, above 0. */
  sizeBase: number;
  leverage: number;
  /** Margin added beyond entry value / leverage, quote currency. */
  extraMarginUsd: number;
  /** Base coins per contract, for brackets counted in contracts. */
  basePerContract: number;
}

/** Longest chase of a bracket that changes at its own liquidation price; two or three rounds are normal. */
const MAX_ROUNDS = 8;

/** Returns the liquidation price of an isolated linear position of known size under the venue's rule. */
export function isolatedLiquidationPrice(
  venue: VenueId,
  brackets: readonly Bracket[],
  position: IsolatedPosition,
): number {
  const rule = VENUE_RULES[venue];
  const { sizeBase, entryPrice } = position;
  let price = entryPrice;
  let bracket = bracketAt(brackets, measure(position, entryPrice, brackets));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const deduction = rule.deduction ? bracket.maintenanceAmount : 0;
    price = liquidationPrice(
      {
        side: position.side,
        contractKind: "linear",
        entryPrice,
        leverage: position.leverage,
        creditPerBase: (deduction + position.extraMarginUsd) / sizeBase,
      },
      { maintenanceMarginRate: bracket.maintenanceMarginRate, feeRate: rule.feeRate, valuedAt: rule.valuedAt },
    );
    const next = bracketAt(brackets, measure(position, price, brackets));
    if (rule.bracketBy === "entry" || next === bracket) break;
    bracket = next;
  }
  return price;
}

/** The position's size in the unit in which the table counts. */
function measure(position: IsolatedPosition, price: number, brackets: readonly Bracket[]): number {
  const unit = brackets[0]?.unit;
  if (unit === "contracts") return position.sizeBase / position.basePerContract;
  return unit === "coins" ? position.sizeBase : position.sizeBase * Math.max(price, 0);
}

export interface MarginedPosition {
  side: Side;
  /** Current mark price. */
  markPrice: number;
  sizeBase: number;
  /** Isolated margin with unrealised result, or account value of a cross account, quote currency. */
  equityUsd: number;
  /** Requirement of everything that shares the equity, this position included, quote currency. */
  maintenanceUsd: number;
  maintenanceMarginRate: number;
}

/** Returns the price at which a position of a known account is liquidated (the published form of Hyperliquid and dYdX). */
export function accountLiquidationPrice(position: MarginedPosition): number {
  const s = position.side === "long" ? 1 : -1;
  const available = position.equityUsd - position.maintenanceUsd;
  return position.markPrice - (s * available) / position.sizeBase / (1 - s * position.maintenanceMarginRate);
}
