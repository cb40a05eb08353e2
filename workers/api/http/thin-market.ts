// When a symbol is traded too little for its map to mean much.
import { readNumber } from "../../../src/shared/settings/vars.ts";

/** €30 M and €500 M at 1.17 USD per EUR, rounded; THIN_OPEN_INTEREST_USD and THIN_DAILY_VOLUME_USD set others. */
const OPEN_INTEREST_USD = 35_000_000;
const DAILY_VOLUME_USD = 585_000_000;

interface MarketSize {
  openInterestUsd: number | null;
  /** Of the last 24 hours. */
  volumeUsd: number | null;
}

/** Why a symbol counts as thin, or null; a figure that is unknown is not thin but unknown. */
export function thinReason(vars: object, { openInterestUsd, volumeUsd }: MarketSize): string | null {
  const interest = readNumber(vars, "THIN_OPEN_INTEREST_USD", 0, OPEN_INTEREST_USD);
  const volume = readNumber(vars, "THIN_DAILY_VOLUME_USD", 0, DAILY_VOLUME_USD);
  const reasons: string[] = [];
  if (openInterestUsd !== null && openInterestUsd < interest) reasons.push(`open interest is below ${interest} USD`);
  if (volumeUsd !== null && volumeUsd < volume) reasons.push(`volume of 24 hours is below ${volume} USD`);
  return reasons.length > 0 ? reasons.join("; ") : null;
}
