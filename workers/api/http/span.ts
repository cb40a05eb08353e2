// The time range of a request: an interval, a start, an end and how many intervals at most.
import { z } from "@hono/zod-openapi";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { DAY_MS, type EpochMs, HOUR_MS, intervalStart, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { ApiConfig } from "../env.ts";
import { refuseBefore } from "./reach.ts";
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
    .openapi({
      description: `Intervals (or single reports) wanted, at most ${MAX_BARS}; default ${DEFAULT_BARS}. An answer holds 2 MB at most: where fewer intervals fill it, the default is that many, and more are read page by page.`,
      example: "500",
    }),
};

export const nextFromShape = {
  nextFromMs: z.number().int().nullable().openapi({
    description: "Set when more was asked for than one answer holds: go on with `from` here. Also a Link header.",
  }),
};

/** What an answer weighs at most, uncompressed. */
export const MAX_ANSWER_BYTES = 2_000_000;

export interface SpanQuery {
  from?: string | undefined;
  to?: string | undefined;
  limit?: string | undefined;
}

/** Intervals that one answer holds when each weighs so many bytes. */
export function intervalsWithin(bytesPerInterval: number): number {
  return Math.max(1, Math.min(MAX_BARS, Math.floor(MAX_ANSWER_BYTES / bytesPerInterval)));
}

/** Rows wanted; `fallback` when the request does not say. */
export function toLimit(text: string | undefined, fallback = DEFAULT_BARS): number {
  const limit = text === undefined ? fallback : Number(text);
  if (limit >= 1 && limit <= MAX_BARS) return limit;
  throw new ApiError("invalid-parameter", `limit was ${limit}, expected 1 to ${MAX_BARS}`, { parameter: "limit" });
}

export interface Span {
  fromMs: EpochMs;
  toMs: EpochMs;
  nextFromMs: EpochMs | null;
}

/**
 * The range that a request means, of at most `limit` intervals and at most `held`, and where to go on when it means
 * more. It begins where the data does; one that ends before that is refused.
 */
export function toSpan(
  query: SpanQuery,
  intervalMs: number,
  config: ApiConfig,
  { held, availableFromMs }: { held: number; availableFromMs: EpochMs | null },
): Span {
  const limit = toLimit(query.limit, Math.min(DEFAULT_BARS, held));
  const { fromMs: askedMs, toMs } = toRange(query, intervalMs, limit * intervalMs, config);
  refuseBefore(query.to === undefined ? "from" : "to", toMs, availableFromMs);
  const fromMs = Math.max(askedMs, availableFromMs === null ? 0 : intervalStart(availableFromMs, intervalMs));
  const endMs = Math.min(toMs, fromMs + Math.min(limit, held) * intervalMs);
  const isMore = availableFromMs !== null && endMs < Math.min(toMs, config.clock.now());
  return { fromMs, toMs: endMs, nextFromMs: isMore ? endMs : null };
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
  // an end in the future is no reason to leave out what there is
  const newestMs = Math.min(toMs, intervalStart(now, intervalMs) + intervalMs);
  const fromMs = query.from === undefined ? newestMs - defaultMs : toTime("from", query.from);
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
