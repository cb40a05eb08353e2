/** Milliseconds since 1970-01-01 UTC, an integer. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The one market clock: the wall clock when live, the tape's time in a replay. */
export interface Clock {
  now(): EpochMs;
}

/** Start of the interval that holds `time`; intervals are counted from the epoch in UTC. */
export function intervalStart(time: EpochMs, intervalMs: number): EpochMs {
  return Math.floor(time / intervalMs) * intervalMs;
}

/** How market time follows wall time: `market = marketOriginMs + (wall − wallOriginMs) × speed`, at most `endMs`. */
export interface ClockLine {
  marketOriginMs: EpochMs;
  wallOriginMs: EpochMs;
  /** Market seconds per wall second. */
  speed: number;
  /** Where the market stops; null never. */
  endMs: EpochMs | null;
}

/** Market time at a wall time. */
export function marketTime(line: ClockLine, wallMs: EpochMs): EpochMs {
  const time = Math.floor(line.marketOriginMs + (wallMs - line.wallOriginMs) * line.speed);
  return line.endMs === null ? time : Math.min(time, line.endMs);
}
