// What to say of a span that begins, or ends, before there is any data.
import { z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";

export const reachShape = {
  availableFromMs: z
    .number()
    .int()
    .nullable()
    .openapi({ description: "How far back the data reaches, ms UTC; null while nothing is stored." }),
};

/** Refuses a span that ends before the data begins: an empty answer would read like "there was none". */
export function refuseBefore(parameter: string, endMs: EpochMs, availableFromMs: EpochMs | null): void {
  if (availableFromMs === null || endMs > availableFromMs) return;
  throw tooEarly(parameter, `the span ended at ${endMs}`, availableFromMs);
}

export function tooEarly(parameter: string, asked: string, availableFromMs: EpochMs): ApiError {
  const from = `${new Date(availableFromMs).toISOString()} (${availableFromMs})`;
  return new ApiError("not-enough-history", `the data reaches back to ${from}, ${asked}`, {
    parameter,
    accepted: [`${availableFromMs}`],
  });
}
