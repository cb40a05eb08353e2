// One notional bracket of a symbol's maintenance margin, and tables of them with their origin.
import type { RiskBracket } from "../market/observation.ts";

export type Bracket = Omit<RiskBracket, "venue" | "venueSymbol">;

export interface BracketTable {
  /** Ascending by floor, each floor the cap before it. */
  brackets: readonly Bracket[];
  /** `docs`: published by the exchange; `third-party`: read from software that uses the exchange; `assumed`: our judgement. */
  provenance: "docs" | "third-party" | "assumed";
  /** Where the figures come from, and when they were read. */
  source: string;
}

/** Returns the bracket that holds `notional` (same unit as the table); beyond the last cap the last one. */
export function bracketAt(brackets: readonly Bracket[], notional: number): Bracket {
  let found = brackets[0];
  for (const bracket of brackets) {
    if (bracket.floor > notional) break;
    found = bracket;
  }
  if (found === undefined) throw new Error("assertion failed: bracket table is empty");
  return found;
}

/** `[floor, cap, rate, maximum leverage]`; cap null = no end. */
export type BracketRow = readonly [number, number | null, number, number];

/**
 * Builds a table whose deduction makes the requirement continuous: D(n) = D(n−1) + floor(n)·(m(n) − m(n−1)).
 * `flat` leaves it out, for venues where the whole position takes the rate of its bracket.
 */
export function tableFromRows(
  rows: readonly BracketRow[],
  unit: Bracket["unit"],
  deduction: "continuous" | "flat",
): Bracket[] {
  let amount = 0;
  let rateBefore: number | null = null;
  return rows.map(([floor, cap, rate, maxLeverage]) => {
    if (rateBefore !== null && deduction === "continuous") amount += floor * (rate - rateBefore);
    rateBefore = rate;
    return { floor, cap, unit, maintenanceMarginRate: rate, maintenanceAmount: amount, maxLeverage };
  });
}
