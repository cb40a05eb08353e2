// Which minutes an exchange's history may still bring, in whole or their open interest alone.
import type { Minute } from "../../src/shared/market/minute.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { adapterOf } from "../../src/shared/venue/registry.ts";

type BarMinute = Extract<Minute, { type: "bar" }>;

/** A sample of open interest that history has not brought in this time (market time) is not there: asking ends. */
const OPEN_INTEREST_OWED_MS = 3 * HOUR_MS;

/**
 * True for a missing minute, and for one without an open interest of its own at whose end the exchange's history of
 * open interest has a row. `now` is market time.
 */
export function isOwed(venue: VenueId, minute: Minute, now: EpochMs): boolean {
  if (minute.type === "missing") return true;
  if (!minute.quality.openInterestCarried || now - minute.minuteMs > OPEN_INTEREST_OWED_MS) return false;
  const source = adapterOf(venue).history.openInterest;
  return source !== null && (minute.minuteMs + MINUTE_MS) % source.stepMs === 0;
}

/** The minute as an answer of history corrects it; null when the answer has nothing new about it. */
export function corrected(known: Minute, served: Minute | undefined): Minute | null {
  if (served?.type !== "bar") return null;
  if (known.type === "missing") {
    const { heardOpenInterestBase: heard, heardShortOpenInterestBase: heardShort } = known;
    const isOwn = heard === undefined || !served.quality.openInterestCarried;
    return isOwn ? served : withOpenInterest(served, heard, heardShort);
  }
  if (served.quality.openInterestCarried) return null;
  // what was seen live stays: prices, volume, reported liquidations
  return withOpenInterest(known, served.bar.openInterestBase, served.bar.shortOpenInterestBase);
}

function withOpenInterest(minute: BarMinute, base: number | null, shortBase: number | undefined): BarMinute {
  const sides = shortBase === undefined ? {} : { shortOpenInterestBase: shortBase };
  const quality = { ...minute.quality, openInterestCarried: false };
  return { ...minute, quality, bar: { ...minute.bar, openInterestBase: base, ...sides } };
}
