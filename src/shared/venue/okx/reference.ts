// Contracts and position tiers of OKX.
import { inverseContract } from "../coin-name.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { rowsOf } from "./envelope.ts";
import { swap } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Reads USDT and coin-margined swaps; USDC ones are skipped without a word, pre-market ones count as unlisted. */
export function readInstruments(reading: Reading, payload: unknown): void {
  rowsOf(reading, payload).forEach((raw, i) => {
    const path = `$.data[${i}]`;
    const kind = readRow(reading, wire.InstrumentRow, raw, path);
    if (kind === null || !kind.instId.endsWith("-SWAP")) return;
    const isInverse = kind.ctType === "inverse";
    if (!isInverse && (kind.ctType !== "linear" || kind.settleCcy !== "USDT")) return;
    const row = readRow(reading, wire.SwapRow, raw, path);
    if (row === null || (isInverse && row.ctValCcy !== "USD")) return;
    const value = row.ctVal * row.ctMult;
    const contract = isInverse
      ? inverseContract("okx", row.instId, kind.settleCcy, value)
      : swap(row.instId, row.ctValCcy, value);
    reading.result.instruments.push({
      ...contract,
      maxLeverage: row.lever,
      listed: row.state === "live" && (row.ruleType ?? "normal") === "normal",
    });
  });
}

/** Reads position tiers in contracts. A position takes the rate of its tier as a whole, so nothing is deducted. */
export function readLeverageTiers(reading: Reading, payload: unknown): void {
  const { venueSymbol: asked } = reading.context;
  const brackets = rowsOf(reading, payload).flatMap((raw, i) => {
    const path = `$.data[${i}]`;
    const row = readRow(reading, wire.TierRow, raw, path);
    if (row === null) return [];
    // rows leave the contract's own name empty and name its family
    const family = row.instFamily || row.uly;
    if (!family || row.baseMaxLoan) {
      reject(reading, path, "is a row of margin trading, not of a swap", raw);
      return [];
    }
    if (row.mmr >= 1 || row.maxSz < row.minSz) {
      reject(reading, path, "the tier is empty or its rate is no fraction", raw);
      return [];
    }
    const venueSymbol = `${family}-SWAP`;
    if (asked !== null && asked !== venueSymbol) return [];
    return [
      { venueSymbol, floor: row.minSz, cap: row.maxSz, maintenanceMarginRate: row.mmr, maxLeverage: row.maxLever },
    ];
  });
  brackets.sort((a, b) =>
    a.venueSymbol === b.venueSymbol ? a.floor - b.floor : a.venueSymbol < b.venueSymbol ? -1 : 1,
  );
  for (const bracket of brackets) {
    reading.result.brackets.push({ venue: "okx", unit: "contracts", maintenanceAmount: 0, ...bracket });
  }
}
