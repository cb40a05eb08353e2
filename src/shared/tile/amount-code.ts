// Sizes on an absolute logarithmic scale: code e stands for 2^(e / 16) USD, so neighbouring codes are 4.4 % apart and a
// stored size is off by at most 2.2 %. The scale is the same for every tile, so an unchanged size has an unchanged code
// and a difference of two columns is not made of rounding.
import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";

const STEPS_PER_OCTAVE = 16;
const LN2 = Math.LN2;

/** Worst relative error of a size that went through a code: 2^(1/32) − 1. */
export const AMOUNT_RELATIVE_ERROR = 0.0219;

/** Codes a byte can hold beside 0 = empty: sizes below the largest of their column by a factor of 2^15.9 vanish. */
export const CODES = 255;

/** Absolute code of a positive size in USD. */
export function toAmountCode(usd: number): number {
  return Math.round((log(usd) / LN2) * STEPS_PER_OCTAVE);
}

/** Size in USD of an absolute code. */
export function fromAmountCode(code: number): number {
  const cached = TABLE[code - TABLE_LOW];
  return cached === undefined ? exp((code / STEPS_PER_OCTAVE) * LN2) : cached;
}

// 2^-20 USD to 2^44 USD: everything a market can hold
const TABLE_LOW = -20 * STEPS_PER_OCTAVE;
const TABLE = Float64Array.from({ length: 64 * STEPS_PER_OCTAVE }, (_, i) =>
  exp(((TABLE_LOW + i) / STEPS_PER_OCTAVE) * LN2),
);
