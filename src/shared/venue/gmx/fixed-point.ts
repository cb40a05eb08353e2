// Whole numbers on the wire that stand for fractions: far beyond 2^53, so they are read as bigint and become a number in
// one correctly rounded step.
import * as z from "zod/mini";
import { assert } from "../../error/assert.ts";

const INTEGER = /^-?\d{1,70}$/;

/** USD amounts, market prices and rates are scaled by 10^30. */
export const USD_DECIMALS = 30;

/** A field that must hold a whole number, as text. */
export const integer = z.pipe(
  z.unknown(),
  z.transform((value: unknown, ctx): bigint => {
    if (typeof value === "string" && INTEGER.test(value)) return BigInt(value);
    ctx.issues.push({ code: "custom", message: "is not a whole number as text", input: value });
    return z.NEVER;
  }),
);

/** A field that must hold a whole number of at least 0, as text. */
export const naturalNumber = z.pipe(
  integer,
  z.transform((value: bigint, ctx): bigint => {
    if (value >= 0n) return value;
    ctx.issues.push({ code: "custom", message: `was ${value}, expected at least 0`, input: value });
    return z.NEVER;
  }),
);

/** Returns value / 10^decimals, the nearest number to it. */
export function toNumber(value: bigint, decimals: number): number {
  assert(decimals >= 0, `decimals were ${decimals}`);
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return Number(`${sign}${digits.slice(0, point)}.${digits.slice(point)}0`);
}
