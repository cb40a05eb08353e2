// Times in parameters: milliseconds UTC. What looks like seconds is refused with the hint.
import { z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";

/** An optional time parameter. */
export const timeQuery = (description: string) =>
  z
    .string()
    .regex(/^\d{1,19}$/, "was no whole number of milliseconds")
    .optional()
    .openapi({ description, example: "1768092600000" });

/** From here on a number is no time in ms but microseconds: the year 5138. */
const MICROSECONDS_FROM = 1e14;

/** A time in ms; one that looks like seconds or microseconds is refused with the hint. */
export function toTime(parameter: string, text: string): EpochMs {
  const time = Number(text);
  if (time >= 1e11 && time < MICROSECONDS_FROM) return time;
  const hint =
    time >= MICROSECONDS_FROM
      ? `looks like microseconds: take ${Math.floor(time / 1_000)}`
      : time >= 1e8
        ? `looks like seconds: take ${time * 1_000}`
        : "is before 1973";
  throw new ApiError("invalid-parameter", `${parameter} was ${text}, which ${hint}; times are milliseconds`, {
    parameter,
  });
}

/** The moment an answer is asked for, or null for now; the future is refused. */
export function toAsOf(text: string | undefined, now: EpochMs): EpochMs | null {
  if (text === undefined) return null;
  const asOfMs = toTime("asOf", text);
  if (asOfMs > now) {
    throw new ApiError("invalid-parameter", `asOf was ${asOfMs}, which is in the future (now ${now})`, {
      parameter: "asOf",
    });
  }
  return asOfMs;
}
