// One exchange of a generated market: its minutes, and what follows from them.
import type { VenueId } from "../../shared/market/symbol.ts";
import { DAY_MS, type EpochMs } from "../../shared/time/clock.ts";
import { roundTo } from "../decimal.ts";
import type { Contract } from "../market/contract.ts";
import type { FundingCharge, LiquidationEvent } from "../market/market.ts";
import type { Minutes } from "../market/minutes.ts";
import type { Exchange, ForcedClose } from "./exchange.ts";

/** The mark price follows the last price but cuts wicks. */
const MARK_WICK = 0.8;

export interface VenueMarket {
  venue: VenueId;
  contract: Contract;
  exchange: Exchange;
  minutes: Minutes;
  liquidations: LiquidationEvent[];
  fundingCharges: FundingCharge[];
  close: number;
  basis: number;
  averagePremium: number;
}

/** The mark price's range in a bar: its body and most of its wicks. */
export function markRange(open: number, high: number, low: number, close: number): { high: number; low: number } {
  const top = Math.max(open, close);
  const bottom = Math.min(open, close);
  return { high: top + MARK_WICK * (high - top), low: bottom - MARK_WICK * (bottom - low) };
}

/** Premium plus interest of 0.01 % per eight hours, the difference capped as the exchanges do; per funding interval. */
export function fundingRateOf(venue: VenueMarket): number {
  const premium = venue.averagePremium;
  const interest = 0.0001;
  const perEightHours = premium + Math.min(0.0005, Math.max(-0.0005, interest - premium));
  return roundTo((perEightHours * venue.contract.fundingIntervalMs) / (DAY_MS / 3), 8);
}

export function forcedLots(forced: readonly ForcedClose[]): number {
  return forced.reduce((sum, { lots }) => sum + lots, 0);
}

export function lotsToBase(lots: number, contract: Contract): number {
  return roundTo(lots * contract.sizeStep, contract.sizePlaces);
}

/** Drops what is older than the minutes that are kept. */
export function forget(venue: VenueMarket, beforeMs: EpochMs): void {
  for (const list of [venue.liquidations, venue.fundingCharges]) {
    const kept = list.findIndex((item) => item.time >= beforeMs);
    if (kept > 0) list.splice(0, kept);
  }
}
