// When a symbol's open interest is too small for its map to mean much.
import { readNumber } from "../../../src/shared/settings/vars.ts";

/** €30 M at 1.17 USD per EUR, rounded; THIN_OPEN_INTEREST_USD sets another. */
const OPEN_INTEREST_USD = 35_000_000;

/** Why a symbol counts as thin, or null; an unknown open interest is not thin but unknown. */
export function thinReason(vars: object, openInterestUsd: number | null): string | null {
  const limit = readNumber(vars, "THIN_OPEN_INTEREST_USD", 0, OPEN_INTEREST_USD);
  return openInterestUsd !== null && openInterestUsd < limit ? `open interest is below ${limit} USD` : null;
}
