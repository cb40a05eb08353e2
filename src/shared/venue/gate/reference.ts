// Contracts and risk limits of Gate.
import type * as z from "zod/mini";
import { SECOND_MS } from "../../time/clock.ts";
import { contractAsked } from "../contract.ts";
import { printed, type Reading, readRow, reject, textAt } from "../reading.ts";
import { rowsIn, unframed } from "./frame.ts";
import { perpetual } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Reads the USDT perpetuals, listed or about to be delisted; coin-margined ones are skipped without a word. */
export function readInstruments(reading: Reading, payload: unknown): void {
  for (const { row: raw, path } of rowsIn(payload, "$")) {
    const name = textAt(raw, "name");
    if (name !== null && !name.endsWith("_USDT")) continue;
    const row = readRow(reading, wire.InstrumentRow, raw, path);
    if (row === null || row.type !== "direct") continue;
    const seconds = row.funding_interval;
    reading.result.instruments.push({
      ...perpetual(row.name, row.quanto_multiplier),
      maxLeverage: row.leverage_max,
      ...(seconds === null ? {} : { fundingIntervalMs: seconds * SECOND_MS }),
      listed: !row.in_delisting && (row.status ?? "trading") === "trading",
    });
  }
}

type Tier = z.output<typeof wire.TierRow> & { path: string; venueSymbol: string; printed: string };

/** Reads risk limits in USDT: rows name only their upper end, come in any order, and can be repeated. */
export function readLeverageTiers(reading: Reading, payload: unknown): void {
  const { body, path: at } = unframed(payload);
  const framed = typeof body === "object" && body !== null && "risk_limit_tiers" in body ? body.risk_limit_tiers : body;
  const path = framed === body ? at : `${at}.risk_limit_tiers`;
  const byContract = new Map<string, Tier[]>();
  for (const { row: raw, path: where } of rowsIn(framed, path)) {
    const row = readRow(reading, wire.TierRow, raw, where);
    const venueSymbol = row === null ? undefined : (row.contract ?? contractAsked(reading)?.venueSymbol);
    if (row === null || venueSymbol === undefined) continue;
    if (reading.context.venueSymbol !== null && reading.context.venueSymbol !== venueSymbol) continue;
    const tiers = byContract.get(venueSymbol) ?? [];
    const same = printed([row.risk_limit, row.maintenance_rate, row.leverage_max, row.deduction]);
    if (!tiers.some((tier) => tier.printed === same)) tiers.push({ ...row, path: where, venueSymbol, printed: same });
    byContract.set(venueSymbol, tiers);
  }
  for (const tiers of byContract.values()) addBrackets(reading, tiers);
}

/** Where no deduction is stated none is applied: the whole position takes the rate of its tier. */
function addBrackets(reading: Reading, tiers: Tier[]): void {
  let floor = 0;
  for (const tier of tiers.sort((a, b) => a.risk_limit - b.risk_limit)) {
    if (tier.maintenance_rate >= 1 || tier.risk_limit <= floor) {
      reject(reading, tier.path, "the tier is empty or its rate is no fraction", tier.risk_limit);
      continue;
    }
    reading.result.brackets.push({
      venue: "gate",
      venueSymbol: tier.venueSymbol,
      floor,
      cap: tier.risk_limit,
      unit: "usd",
      maintenanceMarginRate: tier.maintenance_rate,
      maintenanceAmount: tier.deduction ?? 0,
      maxLeverage: tier.leverage_max,
    });
    floor = tier.risk_limit;
  }
}
