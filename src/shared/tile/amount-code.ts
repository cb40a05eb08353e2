// Sizes on an absolute logarithmic scale: code e stands for 2^(e / 16) USD, so neighbouring codes are 4.4 % apart and a
// stored size is off by at most 2.2 %. The scale is the same for every tile, so an unchanged size has an unchanged code
// and a difference of two columns is not made of rounding.
import { exp } from "../num/exp.ts";

const STEPS_PER_OCTAVE = 16;

/** Worst relative error of a size that went through a code: 2^(1/32) − 1. */
export const AMOUNT_RELATIVE_ERROR = 0.0219;

/** Codes a byte can hold beside 0 = empty: sizes below the largest of their column by a factor of 2^15.9 vanish. */
export const CODES = 255;

const octave = (steps: number) => exp((steps / STEPS_PER_OCTAVE) * Math.LN2);

/** Mantissas (1 to 2) at which the code goes up by one. */
const EDGES = Float64Array.from({ length: STEPS_PER_OCTAVE }, (_, i) => octave(i + 0.5));

const bits = new DataView(new ArrayBuffer(8));

/** Absolute code of a positive size in USD: exponent and mantissa of the double, without a logarithm. */
export function toAmountCode(usd: number): number {
  bits.setFloat64(0, usd);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000f_ffff) | 0x3ff0_0000);
  const mantissa = bits.getFloat64(0);
  let step = 0;
  for (let half = STEPS_PER_OCTAVE / 2; half > 0; half >>= 1) if (mantissa >= EDGES[step + half - 1]!) step += half;
  if (mantissa >= EDGES[step]!) step += 1;
  return exponent * STEPS_PER_OCTAVE + step;
}

/** Size in USD of an absolute code. */
export function fromAmountCode(code: number): number {
  return TABLE[code - TABLE_LOW] ?? octave(code);
}

// 2^-20 USD to 2^44 USD: everything a market can hold
const TABLE_LOW = -20 * STEPS_PER_OCTAVE;
const TABLE = Float64Array.from({ length: 64 * STEPS_PER_OCTAVE }, (_, i) => octave(TABLE_LOW + i));
