// Funding history of one contract: venues list when a rate was charged, not how often.
import type { Instrument } from "../market/observation.ts";
import { HOUR_MS } from "../time/clock.ts";
import { emitFundingRate } from "./emit.ts";
import type { Reading } from "./reading.ts";
import { inOrder, type TimedRow } from "./series.ts";

/** How often order-book exchanges charge funding unless they say otherwise. */
export const USUAL_FUNDING_MS = 8 * HOUR_MS;

/** Returns how often funding is charged: as a payload states it, else as the contract's description does, else usually. */
export function fundingIntervalMs(instrument: Instrument, statedMs: number | null): number {
  return statedMs ?? instrument.fundingIntervalMs ?? USUAL_FUNDING_MS;
}

/** Charged at `time`. */
export interface FundingRow extends TimedRow {
  fundingRate: number;
}

/**
 * Adds charged rates in order of time. A rate's interval is the time since the charge before it; the first row, and a
 * row after longer than any interval of the contract or the venue, take the contract's own interval, else
 * `usualIntervalMs`: there a charge is missing.
 */
export function emitFundingHistory(
  reading: Reading,
  instrument: Instrument,
  rows: readonly FundingRow[],
  usualIntervalMs: number,
): void {
  const charges = inOrder(reading, rows);
  const usual = instrument.fundingIntervalMs ?? usualIntervalMs;
  charges.forEach((row, i) => {
    const before = charges[i - 1];
    const since = before === undefined ? usual : row.time - before.time;
    const intervalMs = since <= Math.max(usual, usualIntervalMs) ? since : usual;
    const { fundingRate, time: fundingTime } = row;
    emitFundingRate(reading, instrument, fundingTime, { fundingRate, intervalMs, fundingTime });
  });
}
