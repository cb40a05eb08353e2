// Fields of wire rows: zod schemas that turn the venue's text into numbers with the strict reader of num.ts.
import * as z from "zod/mini";
import {
  AMOUNT_USD,
  CAP_USD,
  LEVERAGE,
  MARGIN_RATE,
  type NumberRule,
  POSITIVE_SIZE,
  PRICE,
  RATE,
  readNumber,
  SIZE,
  TIME_MS,
} from "./num.ts";

/** A field that must hold a number within the rule. */
export function numberField(rule: NumberRule) {
  return z.pipe(
    z.unknown(),
    z.transform((value: unknown, ctx): number => {
      const read = readNumber(value, rule);
      if ("value" in read) return read.value;
      ctx.issues.push({ code: "custom", message: read.reason, input: value });
      return z.NEVER;
    }),
  );
}

/** A field that may be missing, null or "" (then null), but when it is there must hold a number within the rule. */
export function numberOrNullField(rule: NumberRule) {
  return z.pipe(
    z.optional(z.unknown()),
    z.transform((value: unknown, ctx): number | null => {
      if (value === undefined || value === null || value === "") return null;
      const read = readNumber(value, rule);
      if ("value" in read) return read.value;
      ctx.issues.push({ code: "custom", message: read.reason, input: value });
      return z.NEVER;
    }),
  );
}

export const price = numberField(PRICE);
export const priceOrNull = numberOrNullField(PRICE);
export const size = numberField(SIZE);
export const positiveSize = numberField(POSITIVE_SIZE);
export const positiveSizeOrNull = numberOrNullField(POSITIVE_SIZE);
export const amountUsd = numberField(AMOUNT_USD);
export const amountUsdOrNull = numberOrNullField(AMOUNT_USD);
/** An amount that must be there. */
export const positiveUsd = numberField({ min: 1e-9, max: AMOUNT_USD.max });
export const capUsd = numberField(CAP_USD);
export const rate = numberField(RATE);
export const marginRate = numberField(MARGIN_RATE);
export const leverage = numberField(LEVERAGE);
export const leverageOrNull = numberOrNullField(LEVERAGE);
export const timeMs = numberField(TIME_MS);
export const timeMsOrNull = numberOrNullField(TIME_MS);
/** Hours between fundings: 1 to 24. */
export const hoursOrNull = numberOrNullField({ min: 1, max: 24 });
/** A venue's symbol, coin or state: some text. */
export const text = z.string().check(z.minLength(1), z.maxLength(64));
