// Recorded liquidations with prices: CSV with the columns time_ms, symbol, side, price and usd, found by name.
import type { Side } from "../market/symbol.ts";

export interface PricedLiquidation {
  timeMs: number;
  /** Coin. */
  symbol: string;
  /** Of the position that was liquidated. */
  side: Side;
  /** Order price: that at which the position's margin is used up. */
  bankruptcyPrice: number;
  usd: number;
}

const COLUMNS = ["time_ms", "symbol", "side", "price", "usd"] as const;

/** Returns the rows that can be used, and how many could not: an unknown side teaches nothing about where. */
export function parseEvents(text: string): { events: PricedLiquidation[]; rejected: number } | { error: string } {
  const [head = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const names = head.split(",");
  const missing = COLUMNS.find((name) => !names.includes(name));
  if (missing !== undefined) return { error: `no column ${missing}` };
  const events: PricedLiquidation[] = [];
  let rejected = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    const cells = line.split(",");
    const cell = (name: (typeof COLUMNS)[number]) => cells[names.indexOf(name)] ?? "";
    const [timeMs, bankruptcyPrice, usd] = [Number(cell("time_ms")), Number(cell("price")), Number(cell("usd"))];
    const side = cell("side");
    const usable =
      Number.isSafeInteger(timeMs) && bankruptcyPrice > 0 && usd > 0 && Number.isFinite(bankruptcyPrice * usd);
    if (!usable || (side !== "long" && side !== "short")) {
      rejected += 1;
      continue;
    }
    events.push({ timeMs, symbol: cell("symbol").replace(/USD[TC]?$/, ""), side, bankruptcyPrice, usd });
  }
  return { events, rejected };
}
