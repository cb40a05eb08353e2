import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";

/** A time in ms; one that looks like seconds is refused with the hint. */
export function toTime(parameter: string, text: string): EpochMs {
  const time = Number(text);
  if (time >= 1e11) return time;
  const hint = time >= 1e8 ? `looks like seconds: take ${time * 1000}` : "is before 1973";
  throw new ApiError("invalid-parameter", `${parameter} was ${text}, which ${hint}; times are milliseconds`, {
    parameter,
  });
}
