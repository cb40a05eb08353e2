// Contracts and risk limits of Bybit.
import type * as z from "zod/mini";
import type { Instrument, RiskBracket } from "../../market/observation.ts";
import { MINUTE_MS } from "../../time/clock.ts";
import { coinContract, inverseContract } from "../coin-name.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { listOf, open } from "./envelope.ts";
import { USD_PER_CONTRACT } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Reads USDT and coin-margined perpetuals; USDC and dated contracts of the same categories are skipped without a word. */
export function readInstruments(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  listOf(reading, opened).forEach((raw, i) => {
    const row = readRow(reading, wire.InstrumentRow, raw, `$.result.list[${i}]`);
    const contract = row === null ? null : contractOf(row);
    if (row === null || contract === null) return;
    const minutes = row.fundingInterval;
    reading.result.instruments.push({
      ...contract,
      maxLeverage: row.leverageFilter?.maxLeverage ?? null,
      ...(minutes === null || minutes === 0 ? {} : { fundingIntervalMs: minutes * MINUTE_MS }),
      listed: row.status === "Trading",
    });
  });
}

function contractOf(row: z.output<typeof wire.InstrumentRow>): Instrument | null {
  const { contractType, symbol, baseCoin, quoteCoin, settleCoin } = row;
  if (contractType === "LinearPerpetual" && quoteCoin === "USDT" && settleCoin === "USDT") {
    return coinContract("bybit", symbol, baseCoin);
  }
  if (contractType !== "InversePerpetual" || quoteCoin !== "USD" || settleCoin !== baseCoin) return null;
  return inverseContract("bybit", symbol, baseCoin, USD_PER_CONTRACT);
}

type Limit = z.output<typeof wire.RiskLimitRow> & { path: string };

/**
 * Reads risk limits, in USD or (coin-margined) in coins, sorted per symbol: rows arrive in any order and name only their
 * upper end.
 */
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
  const unit = opened.category === "inverse" ? "coins" : "usd";
  for (const limits of bySymbol.values()) addBrackets(reading, limits, unit);
}

function addBrackets(reading: Reading, limits: Limit[], unit: RiskBracket["unit"]): void {
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
      unit,
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
