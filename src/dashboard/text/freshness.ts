// How old the picture is. Ages are counted on the market clock, whose distance from this device's clock is measured
// from the answer itself: a wrong device clock must not make fresh data look stale.

import type { DataSource } from "../../shared/market/symbol.ts";
import type { EpochMs } from "../../shared/time/clock.ts";

/** Above this the badge turns grey: a dozen missed updates of the fastest poll. */
const STALE_AFTER_MS = 60_000;
const LATE_AFTER_MS = 20_000;

/** A market clock further than this from the server's wall clock is not the wall clock (a replay). */
const SAME_CLOCK_MS = 300_000;

export interface ClockSample {
  asOf: EpochMs;
  dataSource: DataSource;
  /** `Date` of the answer, or null (a stream message has none). */
  serverDateMs: EpochMs | null;
  /** This device's clock when the answer arrived. */
  receivedAt: EpochMs;
}

/** Returns market time minus device time, in ms. Without a usable `Date` the answer counts as new when it arrives. */
export function clockOffset(sample: ClockSample): number {
  const { asOf, serverDateMs, receivedAt } = sample;
  if (serverDateMs === null) return asOf - receivedAt;
  const wall = serverDateMs - receivedAt;
  const followsWall = sample.dataSource === "live" || Math.abs(serverDateMs - asOf) < SAME_CLOCK_MS;
  if (!followsWall) return asOf - receivedAt;
  // `Date` is cut to whole seconds: below that the two clocks agree
  return Math.abs(wall) < 1_500 ? 0 : wall;
}

/** Age of a state in ms at a device time; never negative. */
export function ageOf(asOf: EpochMs, offsetMs: number, deviceNow: EpochMs): number {
  return Math.max(0, deviceNow + offsetMs - asOf);
}

export type Freshness = "fresh" | "late" | "stale";

export function freshnessOf(ageMs: number): Freshness {
  if (ageMs > STALE_AFTER_MS) return "stale";
  return ageMs > LATE_AFTER_MS ? "late" : "fresh";
}
