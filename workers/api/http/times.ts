// Times in parameters: milliseconds UTC. What looks like seconds is refused with the hint.
import { z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";

/** An optional time parameter. */
export const timeQuery = (description: string) =>
  z
    .string()
    .regex(/^\d{1,40}$/, "was no whole number of milliseconds")
    .optional()
    .openapi({ description, example: "1768092600000" });

/** What numbers of each size are taken for; times of 1973 to 5138 in any unit lie apart from all others. */
const UNITS = [
  { from: 1e8, unit: "seconds", perMs: 1e-3 },
  { from: 1e11, unit: "milliseconds", perMs: 1 },
  { from: 1e14, unit: "microseconds", perMs: 1e3 },
  { from: 1e17, unit: "nanoseconds", perMs: 1e6 },
  { from: 1e20, unit: null, perMs: 1 },
] as const;

/** A time in ms; one that looks like another unit is refused with the milliseconds it means. */
export function toTime(parameter: string, text: string): EpochMs {
  const time = Number(text);
  const size = UNITS.findLast(({ from }) => time >= from);
  if (size?.unit === "milliseconds") return time;
  const refuse = (hint: string, accepted?: string) =>
    new ApiError(
      "invalid-parameter",
      `${parameter} was ${text.slice(0, 40)}, which ${hint}; times are milliseconds`,
      accepted === undefined ? { parameter } : { parameter, accepted: [accepted] },
    );
  if (size === undefined) throw refuse("is before 1973");
  if (size.unit === null) throw refuse("is out of range");
  const meant = String(Math.floor(time / size.perMs));
  throw refuse(`looks like ${size.unit}: take ${meant}`, meant);
}

/** The moment an answer is asked for, or null for now; the future is refused. */
export function toAsOf(text: string | undefined, now: EpochMs): EpochMs | null {
  if (text === undefined) return null;
  const asOfMs = toTime("asOf", text);
  if (asOfMs > now) {
    throw new ApiError("invalid-parameter", `asOf was ${asOfMs}, which is in the future (now ${now})`, {
      parameter: "asOf",
      accepted: [String(now)],
    });
  }
  return asOfMs;
}
