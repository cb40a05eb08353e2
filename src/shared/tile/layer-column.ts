// One column of one layer: the sizes of both sides at the end of the column, as codes of amount-code.ts.
import { CODES, fromAmountCode, toAmountCode } from "./amount-code.ts";

/** Codes of one side: bucket `low + i` holds code `base + codes[i]` (absolute), 0 = empty. */
export interface SideCodes {
  low: number;
  codes: Uint8Array;
}

export interface LayerColumn {
  startMs: number;
  /** Added to a non-zero byte to get the absolute amount code. */
  base: number;
  long: SideCodes;
  short: SideCodes;
}

/**
 * Encodes USD per bucket of both sides; `longUsd[i]` and `shortUsd[i]` belong to bucket `firstBucket + i`.
 * Sizes below the column's largest by more than 2^15.9 become empty.
 */
export function encodeLayerColumn(
  startMs: number,
  firstBucket: number,
  longUsd: Float64Array,
  shortUsd: Float64Array,
): LayerColumn {
  const largest = Math.max(maximum(longUsd), maximum(shortUsd));
  const base = largest > 0 ? toAmountCode(largest) - CODES : 0;
  return {
    startMs,
    base,
    long: encodeSide(firstBucket, longUsd, base),
    short: encodeSide(firstBucket, shortUsd, base),
  };
}

/** Adds the column's USD of one side into `into`, where index 0 is bucket `firstBucket`; outside buckets are skipped. */
export function addSideUsd(
  column: LayerColumn,
  side: "long" | "short",
  into: Float64Array,
  firstBucket: number,
  factor = 1,
): void {
  const { low, codes } = column[side];
  const from = Math.max(0, firstBucket - low);
  const to = Math.min(codes.length, firstBucket + into.length - low);
  for (let i = from; i < to; i++) {
    const code = codes[i]!;
    if (code !== 0) into[low + i - firstBucket]! += factor * fromAmountCode(column.base + code);
  }
}

/** Sum of one side in USD. */
export function sumSideUsd(column: LayerColumn, side: "long" | "short"): number {
  let sum = 0;
  for (const code of column[side].codes) if (code !== 0) sum += fromAmountCode(column.base + code);
  return sum;
}

function maximum(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > largest) largest = values[i]!;
  return largest;
}

function encodeSide(firstBucket: number, usd: Float64Array, base: number): SideCodes {
  const codes = new Uint8Array(usd.length);
  // most cells of a wide window are dust: they fall below the smallest code before it is computed
  const dust = fromAmountCode(base) / 2;
  let first = -1;
  let last = -1;
  for (let i = 0; i < usd.length; i++) {
    if (!(usd[i]! > dust)) continue;
    const code = toAmountCode(usd[i]!) - base;
    if (code < 1) continue;
    codes[i] = code > CODES ? CODES : code;
    if (first < 0) first = i;
    last = i;
  }
  if (first < 0) return { low: 0, codes: new Uint8Array(0) };
  return { low: firstBucket + first, codes: codes.slice(first, last + 1) };
}
