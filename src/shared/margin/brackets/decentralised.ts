// Margin requirements of dYdX and GMX: one rate per market, without brackets.
import { type BracketTable, tableFromRows } from "../bracket.ts";

function flat(rate: number, maxLeverage: number, origin: Pick<BracketTable, "provenance" | "source">): BracketTable {
  return { brackets: tableFromRows([[0, null, rate, maxLeverage]], "usd", "flat"), ...origin };
}

const DYDX = { provenance: "third-party", source: "perpetualMarkets of the indexer, December 2025" } as const;

/** Maintenance fraction and 1 / initial fraction; the initial one, not this one, grows with open interest. */
export const DYDX_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  ["BTC", flat(0.012, 50, DYDX)],
  ["ETH", flat(0.012, 50, DYDX)],
  ["SOL", flat(0.03, 20, DYDX)],
]);

export const onDydx: BracketTable = flat(0.05, 10, {
  provenance: "assumed",
  source: "fallback: 5 % at up to 10x, the usual class of smaller markets there",
});

const GMX = { provenance: "assumed", source: "0.5 % of size must remain; 100x on the two deepest markets" } as const;

/** Smallest collateral as a share of size before liquidation. */
export const GMX_BRACKETS: ReadonlyMap<string, BracketTable> = new Map([
  ["BTC", flat(0.005, 100, GMX)],
  ["ETH", flat(0.005, 100, GMX)],
]);

export const onGmx: BracketTable = flat(0.01, 50, {
  provenance: "assumed",
  source: "fallback: 1 % of size must remain, at up to 50x",
});
