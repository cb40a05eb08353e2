// Times of Gate: seconds almost everywhere, with a fraction in order books, milliseconds in the streams since 2026.
import * as z from "zod/mini";
import { numberField } from "../field.ts";
import { TIME_MS } from "../num.ts";

const TIME_S = { min: TIME_MS.min / 1_000, max: TIME_MS.max / 1_000 };

/** Seconds, whole or not, as EpochMs. */
export const timeSeconds = z.pipe(numberField(TIME_S), z.transform(msOf));

/** Seconds before 2026-08-20, milliseconds since: their ranges do not meet. */
export const timeEither = z.pipe(
  numberField({ min: TIME_S.min, max: TIME_MS.max }),
  z.transform((time: number, ctx): number => {
    if (time <= TIME_S.max) return msOf(time);
    if (time >= TIME_MS.min && Number.isSafeInteger(time)) return time;
    ctx.issues.push({ code: "custom", message: `was ${time}, neither seconds nor milliseconds`, input: time });
    return z.NEVER;
  }),
);

/** Contracts with a sign: positive closes a long. */
export const signedSize = numberField({ min: -1e18, max: 1e18 });

function msOf(seconds: number): number {
  return Math.round(seconds * 1_000);
}
