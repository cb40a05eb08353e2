// Which moments a picture names below its columns.
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";

export interface TimeLabel {
  timeMs: EpochMs;
  text: string;
}

/** Steps a reader counts in, from a quarter of an hour to a quarter of a year. */
const STEPS_MS = [
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 30, 90].map((days) => days * DAY_MS),
];

/** `14:30`, and at midnight the day, `27 Nov`: six characters at most. */
export const LONGEST_LABEL = 6;

/** Labels in `(fromMs, toMs)`, evenly spaced in UTC, at most `count` of them. */
export function timeLabels(fromMs: EpochMs, toMs: EpochMs, count: number): TimeLabel[] {
  const step = STEPS_MS.find((one) => (toMs - fromMs) / one <= count);
  if (step === undefined || count < 1) return [];
  const labels: TimeLabel[] = [];
  for (let timeMs = Math.ceil((fromMs + 1) / step) * step; timeMs < toMs; timeMs += step) {
    labels.push({ timeMs, text: timeText(timeMs) });
  }
  return labels;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function timeText(timeMs: EpochMs): string {
  const date = new Date(timeMs);
  if (timeMs % DAY_MS !== 0) return date.toISOString().slice(11, 16);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
}
