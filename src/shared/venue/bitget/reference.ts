// Contracts and position tiers of Bitget.
import { HOUR_MS } from "../../time/clock.ts";
import { coinContract } from "../coin-name.ts";
import { contractAsked } from "../contract.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Reads the USDT perpetuals on coins; dated contracts, stocks, metals and other assets are skipped without a word. */
export function readInstruments(reading: Reading, payload: unknown): void {
  const { rows, path } = rowsOf(reading, payload, "list");
  rows.forEach((raw, i) => {
    const row = readRow(reading, wire.InstrumentRow, raw, `${path}[${i}]`);
    if (row === null || row.quoteCoin !== "USDT" || row.isRwa === "YES") return;
    // v2 says perpetual in `symbolType`; v3 says it in `type`, and what the contract is on in `symbolType`
    if ((row.type ?? row.symbolType) !== "perpetual") return;
    if (row.type !== undefined && row.symbolType !== undefined && row.symbolType !== "crypto") return;
    const hours = row.fundInterval;
    reading.result.instruments.push({
      ...coinContract("bitget", row.symbol, row.baseCoin),
      maxLeverage: row.maxLeverage ?? row.maxLever,
      ...(hours === null ? {} : { fundingIntervalMs: hours * HOUR_MS }),
      listed: row.status === "online" || row.symbolStatus === "normal",
    });
  });
}

interface Tier {
  path: string;
  venueSymbol: string;
  floor: number;
  cap: number;
  rate: number;
  maxLeverage: number;
}

/**
 * Reads position tiers in USDT. The rate applies to the part of a position within its tier (positions opened since
 * 2025-11-10), so what is deducted follows from continuity at each floor.
 */
export function readLeverageTiers(reading: Reading, payload: unknown): void {
  const bySymbol = new Map<string, Tier[]>();
  const { rows, path } = rowsOf(reading, payload, "list");
  rows.forEach((raw, i) => {
    const tier = tierOf(reading, raw, `${path}[${i}]`);
    if (tier === null) return;
    const asked = reading.context.venueSymbol;
    if (asked !== null && asked !== tier.venueSymbol) return;
    bySymbol.set(tier.venueSymbol, [...(bySymbol.get(tier.venueSymbol) ?? []), tier]);
  });
  for (const tiers of bySymbol.values()) addBrackets(reading, tiers);
}

function tierOf(reading: Reading, raw: unknown, path: string): Tier | null {
  if (typeof raw === "object" && raw !== null && "mmr" in raw) {
    const venueSymbol = contractAsked(reading)?.venueSymbol;
    const row = venueSymbol === undefined ? null : readRow(reading, wire.TierRowV3, raw, path);
    if (row === null || venueSymbol === undefined) return null;
    const { minTierValue: floor, maxTierValue: cap, mmr: rate, leverage: maxLeverage } = row;
    return { path, venueSymbol, floor, cap, rate, maxLeverage };
  }
  const row = readRow(reading, wire.TierRow, raw, path);
  if (row === null) return null;
  const { symbol: venueSymbol, startUnit: floor, endUnit: cap, keepMarginRate: rate, leverage: maxLeverage } = row;
  return { path, venueSymbol, floor, cap, rate, maxLeverage };
}

function addBrackets(reading: Reading, tiers: Tier[]): void {
  let rateBelow = 0;
  let amount = 0;
  let isFirst = true;
  for (const { path, venueSymbol, floor, cap, rate, maxLeverage } of tiers.sort((a, b) => a.floor - b.floor)) {
    if (rate >= 1 || cap <= floor) {
      reject(reading, path, "the tier is empty or its rate is no fraction", cap);
      continue;
    }
    amount = isFirst ? 0 : Math.max(0, amount + floor * (rate - rateBelow));
    reading.result.brackets.push({
      venue: "bitget",
      venueSymbol,
      floor,
      cap,
      unit: "usd",
      maintenanceMarginRate: rate,
      maintenanceAmount: amount,
      maxLeverage,
    });
    rateBelow = rate;
    isFirst = false;
  }
}
