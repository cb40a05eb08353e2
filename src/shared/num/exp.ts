// e^x from additions and multiplications only: the platform's own function may round differently on another machine,
// and the same bars must give the same bytes everywhere.
// x = k·ln 2 + r with |r| ≤ ln 2 / 2; e^r by its series to r^13 (the next term is below 2^-57); then the exponent k.
// Relative error against the true value: below 3e-16 (tested to 1e-15).

// ln 2 split so that k × LN2_HIGH is exact for every exponent k of a double
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019412;

const inverseFactorials = (): Float64Array => {
  const out = new Float64Array(14);
  let factorial = 1;
  for (let n = 0; n < out.length; n++) {
    if (n > 0) factorial *= n;
    out[n] = 1 / factorial;
  }
  return out;
};
const COEFFICIENTS = inverseFactorials();

const word = new DataView(new ArrayBuffer(8));

/** Returns 2^k for a whole k from -1022 to 1023, exactly. */
function powerOfTwo(k: number): number {
  word.setInt32(0, (k + 1023) << 20);
  word.setInt32(4, 0);
  return word.getFloat64(0);
}

/** Returns e^x. 0 below -745.13, Infinity above 709.78, NaN for NaN. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < UNDERFLOW) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let tail = 0;
  for (let n = 13; n >= 2; n--) tail = tail * r + COEFFICIENTS[n]!;
  // the small part first, so that one rounding near 1 remains
  const y = 1 + (r + r * r * tail);
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  // below the normal range the last multiplication rounds once into the subnormals
  if (k < -1021) return y * powerOfTwo(k + 60) * powerOfTwo(-60);
  return y * powerOfTwo(k);
}
