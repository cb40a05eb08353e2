// When a symbol is traded too little for its map to mean much.
import { type NumberRange, readNumber } from "./vars.ts";

export interface ThinLimits {
  openInterestUsd: number;
  dailyVolumeUsd: number;
}

/** €30 M and €500 M at 1.17 USD per EUR, rounded. */
export const THIN_LIMITS: ThinLimits = { openInterestUsd: 35_000_000, dailyVolumeUsd: 585_000_000 };

const LIMIT: NumberRange = { unit: "USD", min: 0, max: 1e15, whole: false };

/** The limits of a deployment: THIN_OPEN_INTEREST_USD and THIN_DAILY_VOLUME_USD set others. */
export function parseThinLimits(vars: object): ThinLimits {
  return {
    openInterestUsd: readNumber(vars, "THIN_OPEN_INTEREST_USD", LIMIT, THIN_LIMITS.openInterestUsd),
    dailyVolumeUsd: readNumber(vars, "THIN_DAILY_VOLUME_USD", LIMIT, THIN_LIMITS.dailyVolumeUsd),
  };
}

interface MarketSize {
  openInterestUsd: number | null;
  /** Of the last 24 hours. */
  volumeUsd: number | null;
}

export interface ThinMark {
  thin: boolean;
  /** Only where it is. */
  thinReason?: string;
}

/** Whether a symbol is thin, and why; a figure that is unknown is not thin but unknown. */
export function thinMark(limits: ThinLimits, { openInterestUsd, volumeUsd }: MarketSize): ThinMark {
  const reasons: string[] = [];
  if (openInterestUsd !== null && openInterestUsd < limits.openInterestUsd)
    reasons.push(`open interest is below ${limits.openInterestUsd} USD`);
  if (volumeUsd !== null && volumeUsd < limits.dailyVolumeUsd)
    reasons.push(`volume of 24 hours is below ${limits.dailyVolumeUsd} USD`);
  return reasons.length > 0 ? { thin: true, thinReason: reasons.join("; ") } : { thin: false };
}
