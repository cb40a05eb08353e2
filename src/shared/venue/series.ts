// Rows of one contract over time: order, repetitions, spacing.
import type * as z from "zod/mini";
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from "../time/clock.ts";
import { printed, type Reading, readRow, reject } from "./reading.ts";

/** Intervals that venues offer; any other spacing is a gap. */
const INTERVALS_MS = [
  ...[1, 3, 5, 15, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 4, 6, 8, 12].map((n) => n * HOUR_MS),
  DAY_MS,
  7 * DAY_MS,
];

export interface TimedRow {
  time: EpochMs;
  path: string;
  /** The row as received, to tell a repetition from a contradiction. */
  raw: unknown;
}

/**
 * Returns what `take` makes of each row that the schema reads, with the row's place; a row that it makes null of is left
 * out, with a reject of its own where it is to blame.
 */
export function timedRows<S extends z.ZodMiniType, T extends { time: EpochMs }>(
  reading: Reading,
  list: readonly unknown[],
  at: string,
  schema: S,
  take: (row: z.output<S>, path: string) => T | null,
): (T & TimedRow)[] {
  return list.flatMap((raw, i) => {
    const path = `${at}[${i}]`;
    const row = readRow(reading, schema, raw, path);
    const taken = row === null ? null : take(row, path);
    return taken === null ? [] : [{ ...taken, path, raw }];
  });
}

/** Returns the rows by time, oldest first. A row sent twice counts once; a second row of a time with other values is a reject. */
export function inOrder<R extends TimedRow>(reading: Reading, rows: readonly R[]): R[] {
  const byTime = new Map<EpochMs, R>();
  for (const row of rows) {
    const first = byTime.get(row.time);
    if (first === undefined) byTime.set(row.time, row);
    else if (printed(first.raw) !== printed(row.raw)) {
      reject(reading, row.path, `time ${row.time} is repeated with other values`, row.raw);
    }
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

/** Returns the interval of rows in time order: their smallest spacing, if it is one that venues offer, else `usual`. */
export function spacing(rows: readonly TimedRow[], usual: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  let before: EpochMs | null = null;
  for (const { time } of rows) {
    if (before !== null) smallest = Math.min(smallest, time - before);
    before = time;
  }
  return INTERVALS_MS.includes(smallest) ? smallest : usual;
}
