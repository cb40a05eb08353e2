// The time range of a request: an interval, a start, an end and how many intervals at most.
import { z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DAY_MS, type EpochMs, HOUR_MS, intervalStart, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { ApiConfig } from "../env.ts";
import { timeQuery, toTime } from "./times.ts";

export const BAR_INTERVALS = {
  "1m": MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "30m": 30 * MINUTE_MS,
  "2h": 2 * HOUR_MS,
  "6h": 6 * HOUR_MS,
  "12h": 12 * HOUR_MS,
  "1d": DAY_MS,
} as const;
export type BarInterval = keyof typeof BAR_INTERVALS;

export const MAX_BARS = 1_500;
export const DEFAULT_BARS = 500;

export const intervalQuery = {
  interval: z
    .enum(Object.keys(BAR_INTERVALS) as [BarInterval, ...BarInterval[]])
    .optional()
    .openapi({ example: "1m" }),
};

export const spanQuery = {
  from: timeQuery("Start, ms UTC, inclusive."),
  to: timeQuery("End, ms UTC, exclusive; default now."),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, `was no number from 1 to ${MAX_BARS}`)
    .optional()
    .openapi({ description: `Rows wanted, at most ${MAX_BARS}; default ${DEFAULT_BARS}.`, example: "500" }),
};

export interface SpanQuery {
  from?: string | undefined;
  to?: string | undefined;
  limit?: string | undefined;
}

/** Rows wanted. */
export function toLimit(text: string | undefined): number {
  const limit = text === undefined ? DEFAULT_BARS : Number(text);
  if (limit >= 1 && limit <= MAX_BARS) return limit;
  throw new ApiError("invalid-parameter", `limit was ${limit}, expected 1 to ${MAX_BARS}`, { parameter: "limit" });
}

/** The range of at most `limit` intervals that a request means, and where to go on when it means more. */
export function toSpan(
  query: SpanQuery,
  intervalMs: number,
  config: ApiConfig,
): { fromMs: EpochMs; toMs: EpochMs; nextFromMs: EpochMs | null } {
  const limit = toLimit(query.limit);
  const { fromMs, toMs } = toRange(query, intervalMs, limit * intervalMs, config);
  const endMs = Math.min(toMs, fromMs + limit * intervalMs);
  return { fromMs, toMs: endMs, nextFromMs: endMs < Math.min(toMs, config.clock.now()) ? endMs : null };
}

/** From and to, the start `defaultMs` before the end where none is given. */
export function toRange(
  query: SpanQuery,
  intervalMs: number,
  defaultMs: number,
  config: ApiConfig,
): { fromMs: EpochMs; toMs: EpochMs } {
  const now = config.clock.now();
  const toMs = query.to === undefined ? intervalStart(now, intervalMs) + intervalMs : toTime("to", query.to);
  const fromMs = query.from === undefined ? toMs - defaultMs : toTime("from", query.from);
  if (fromMs >= toMs) {
    throw new ApiError("invalid-parameter", `from was ${fromMs}, expected a time before to (${toMs})`, {
      parameter: "from",
    });
  }
  if (fromMs > now) {
    throw new ApiError("invalid-parameter", `from was ${fromMs}, which is in the future (now ${now})`, {
      parameter: "from",
    });
  }
  return { fromMs, toMs };
}
