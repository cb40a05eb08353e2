import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";

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
