// Parameters of the compatible surface, read once: unknown names, wrong values and seconds for milliseconds are refused.
import type { Context } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { ApiEnv } from "../env.ts";
import { refuseUnknown, refuseUnreadable } from "../http/query.ts";
import { toTime } from "../http/times.ts";

export type Parameters<Name extends string> = Partial<Record<Name, string>>;

/** The request's parameters, all of them among `names`; an empty value counts as not given. */
export function readParameters<Name extends string>(
  context: Context<ApiEnv>,
  names: readonly Name[],
): Parameters<Name> {
  const url = new URL(context.req.url);
  refuseUnreadable(url);
  refuseUnknown(url, names);
  return Object.fromEntries([...url.searchParams].filter(([, value]) => value.trim() !== "")) as Parameters<Name>;
}

/** A parameter that must be there; `accepted`: what it may be, if that can be listed. */
export function required(name: string, value: string | undefined, accepted: readonly string[] = []): string {
  if (value !== undefined) return value;
  if (accepted.length === 0)
    throw new ApiError("invalid-parameter", `parameter ${name} is required`, { parameter: name });
  throw new ApiError("invalid-parameter", `parameter ${name} is required: one of ${accepted.join(", ")}`, {
    parameter: name,
    accepted,
  });
}

/** One of some words, else the error that lists them. */
export function oneOf<Word extends string>(name: string, value: string, accepted: readonly Word[]): Word {
  const found = accepted.find((word) => word === value);
  if (found !== undefined) return found;
  throw new ApiError("invalid-parameter", `${name} was ${value.slice(0, 40)}, expected one of ${accepted.join(", ")}`, {
    parameter: name,
    accepted,
  });
}

/** A number in `[least, most]`. */
export function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d{1,15}(\.\d{1,8})?$/.test(text.trim()) && value >= least && value <= most) return value;
  throw new ApiError(
    "invalid-parameter",
    `${name} was ${text.slice(0, 40)}, expected a number from ${least} to ${most}`,
    {
      parameter: name,
    },
  );
}

/** A time in ms; one that looks like another unit is refused with what it probably means. */
export function timeMs(name: string, text: string): EpochMs {
  if (/^\d{1,40}$/.test(text.trim())) return toTime(name, text.trim());
  throw new ApiError("invalid-parameter", `${name} was ${text.slice(0, 40)}, expected a time in milliseconds`, {
    parameter: name,
  });
}

/** A span that ends before it begins would be answered with nothing, which reads like "there was none". */
export function refuseReversed(startMs: EpochMs, endMs: EpochMs): void {
  if (startMs <= endMs) return;
  throw new ApiError("invalid-parameter", `start_time was ${startMs}, expected a time before ${endMs}`, {
    parameter: "start_time",
  });
}

/** Widths of a row of history; a week begins on Monday. */
export const INTERVALS_MS = {
  "1m": MINUTE_MS,
  "3m": 3 * MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "1h": HOUR_MS,
  "2h": 2 * HOUR_MS,
  "4h": 4 * HOUR_MS,
  "6h": 6 * HOUR_MS,
  "8h": 8 * HOUR_MS,
  "12h": 12 * HOUR_MS,
  "1d": DAY_MS,
  "1w": 7 * DAY_MS,
} as const;
export type IntervalName = keyof typeof INTERVALS_MS;
export const INTERVAL_NAMES = Object.keys(INTERVALS_MS) as IntervalName[];

/** The epoch was a Thursday. */
export const FIRST_MONDAY_MS = 4 * DAY_MS;
