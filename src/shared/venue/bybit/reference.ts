// Contracts and risk limits of Bybit.
import type * as z from "zod/mini";
import { MINUTE_MS } from "../../time/clock.ts";
import { coinContract } from "../coin-name.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { listOf, open } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Reads the USDT perpetuals; USDC and dated contracts of the same category are skipped without a word. */
export function readInstruments(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  listOf(reading, opened).forEach((raw, i) => {
    const row = readRow(reading, wire.InstrumentRow, raw, `$.result.list[${i}]`);
    if (row === null || row.contractType !== "LinearPerpetual") return;
    if (row.quoteCoin !== "USDT" || row.settleCoin !== "USDT") return;
    const minutes = row.fundingInterval;
    reading.result.instruments.push({
      ...coinContract("bybit", row.symbol, row.baseCoin),
      maxLeverage: row.leverageFilter?.maxLeverage ?? null,
      ...(minutes === null ? {} : { fundingIntervalMs: minutes * MINUTE_MS }),
      listed: row.status === "Trading",
    });
  });
}

type Limit = z.output<typeof wire.RiskLimitRow> & { path: string };

/** Reads risk limits in USD, sorted per symbol: rows arrive in any order and name only their upper end. */
export function readLeverageTiers(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  const bySymbol = new Map<string, Limit[]>();
  listOf(reading, opened).forEach((raw, i) => {
    const path = `$.result.list[${i}]`;
    const row = readRow(reading, wire.RiskLimitRow, raw, path);
    if (row === null) return;
    if (reading.context.venueSymbol !== null && reading.context.venueSymbol !== row.symbol) return;
    bySymbol.set(row.symbol, [...(bySymbol.get(row.symbol) ?? []), { ...row, path }]);
  });
  for (const limits of bySymbol.values()) addBrackets(reading, limits);
}

function addBrackets(reading: Reading, limits: Limit[]): void {
  let floor = 0;
  let rateBelow = 0;
  let amountBelow = 0;
  for (const limit of limits.sort((a, b) => a.riskLimitValue - b.riskLimitValue)) {
    const rate = fractionOf(reading, limit);
    if (rate >= 1 || limit.riskLimitValue <= floor) {
      reject(reading, limit.path, "the bracket is empty or its rate is no fraction", limit.riskLimitValue);
      continue;
    }
    // the lowest limit states no deduction; where another leaves it out it follows from continuity at the floor
    const amount = limit.mmDeduction ?? Math.max(0, amountBelow + floor * (rate - rateBelow));
    reading.result.brackets.push({
      venue: "bybit",
      venueSymbol: limit.symbol,
      floor,
      cap: limit.riskLimitValue,
      unit: "usd",
      maintenanceMarginRate: rate,
      maintenanceAmount: amount,
      maxLeverage: limit.maxLeverage,
    });
    [floor, rateBelow, amountBelow] = [limit.riskLimitValue, rate, amount];
  }
}

/**
 * The maintenance rate as a fraction. A position at the highest leverage must survive its opening, so a rate at which
 * it would not is a percentage; that reading is recorded beside the bracket.
 */
function fractionOf(reading: Reading, { maintenanceMargin, maxLeverage, path }: Limit): number {
  if (maintenanceMargin * maxLeverage < 1) return maintenanceMargin;
  const reason = `${maintenanceMargin} at ${maxLeverage}x is read as percent`;
  reject(reading, `${path}.maintenanceMargin`, reason, maintenanceMargin);
  return maintenanceMargin / 100;
}
