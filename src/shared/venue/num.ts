// The one reader of wire numbers. `Number("")` is 0 and `Number(null)` is 0: neither may reach a price or a size.

/** What a field may hold: inclusive bounds, and whether the value must be whole. */
export interface NumberRule {
  min: number;
  max: number;
  whole?: boolean;
}

/** Quote currency per coin, or per the venue's price unit. */
export const PRICE: NumberRule = { min: 1e-15, max: 1e9 };
/** Coins, contracts or lots; zero is a size. */
export const SIZE: NumberRule = { min: 0, max: 1e18 };
/** A size that must be there: open interest, a liquidated amount. */
export const POSITIVE_SIZE: NumberRule = { min: 1e-18, max: 1e18 };
export const AMOUNT_USD: NumberRule = { min: 0, max: 1e15 };
/** An upper end of a bracket in USD; venues write the largest 64-bit integer for "none". */
export const CAP_USD: NumberRule = { min: 0, max: 1e19 };
/** A funding fraction per interval; no venue charges the whole notional. */
export const RATE: NumberRule = { min: -1, max: 1 };
/** A share of notional in (0, 1], or a rate in percent where a venue mixes the two. */
export const MARGIN_RATE: NumberRule = { min: 1e-9, max: 100 };
export const LEVERAGE: NumberRule = { min: 1, max: 1_000 };
/** EpochMs from 2009 to 2100: seconds and microseconds fall outside. */
export const TIME_MS: NumberRule = { min: 1_230_768_000_000, max: 4_102_444_800_000, whole: true };

const DECIMAL = /^-?\d{1,40}(\.\d{1,60})?([eE][+-]?\d{1,3})?$/;

/**
 * Returns the number in a JSON number or decimal string, or why there is none.
 * Refuses "", null, NaN, infinities, padded or hexadecimal text, and values outside the rule.
 */
export function readNumber(value: unknown, rule: NumberRule): { value: number } | { reason: string } {
  if (value === undefined) return { reason: "is missing" };
  if (value === null) return { reason: "is null" };
  if (value === "") return { reason: "is an empty string" };
  if (typeof value === "string" && !DECIMAL.test(value)) return { reason: "is not a decimal number" };
  if (typeof value !== "string" && typeof value !== "number")
    return { reason: `is not a number: was ${typeOf(value)}` };
  const number = Number(value);
  if (!Number.isFinite(number)) return { reason: "is not a finite number" };
  if (number < rule.min) return { reason: `was ${number}, expected at least ${rule.min}` };
  if (number > rule.max) return { reason: `was ${number}, expected at most ${rule.max}` };
  if (rule.whole === true && !Number.isSafeInteger(number)) return { reason: `was ${number}, expected a whole number` };
  return { value: number === 0 ? 0 : number };
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}
