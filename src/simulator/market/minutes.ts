// One-minute truth of a market in columns, kept in a ring: the newest `capacity` minutes. NaN = not available.
import { assert } from "../../shared/error/assert.ts";
import { type EpochMs, MINUTE_MS } from "../../shared/time/clock.ts";

const COLUMNS = [
  "open",
  "high",
  "low",
  "close",
  "volumeBase",
  "takerBuyBase",
  "openInterestBase",
  "markHigh",
  "markLow",
  "premium",
  "fundingRate",
] as const;
type Column = (typeof COLUMNS)[number];

/**
 * One minute. `openInterestBase` is one-sided and holds at the END of the minute; `premium` is mark / index − 1;
 * `fundingRate` is the exchange's running estimate of the next charge, a fraction per funding interval.
 */
export type Minute = Record<Column, number>;

export interface Minutes extends Readonly<Record<Column, Float64Array>> {
  readonly capacity: number;
  /** Minutes since the epoch: first minute still kept, and the one after the last. */
  first: number;
  end: number;
}

/** Returns an empty ring that begins at a minute counted from the epoch. */
export function newMinutes(firstMinute: number, capacity: number): Minutes {
  const column = () => new Float64Array(capacity).fill(Number.NaN);
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, column()])) as Record<Column, Float64Array>;
  return { ...columns, capacity, first: firstMinute, end: firstMinute };
}

/** Appends the next minute and lets go of the oldest when the ring is full. */
export function appendMinute(minutes: Minutes, minute: Minute): void {
  const slot = minutes.end % minutes.capacity;
  for (const name of COLUMNS) minutes[name][slot] = minute[name];
  minutes.end += 1;
  if (minutes.end - minutes.first > minutes.capacity) minutes.first = minutes.end - minutes.capacity;
}

/** Returns the ring slot of a minute counted from the epoch, or −1 when it is not kept or is a hole in the tape. */
export function slotOf(minutes: Minutes, minute: number): number {
  if (minute < minutes.first || minute >= minutes.end) return -1;
  const slot = minute % minutes.capacity;
  return Number.isNaN(minutes.open[slot]) ? -1 : slot;
}

/** A minute that nothing is known about: a hole in a tape. */
export function emptyMinute(): Minute {
  return Object.fromEntries(COLUMNS.map((name) => [name, Number.NaN])) as Minute;
}

/** Whole minutes since the epoch at or before a time. */
export function minuteOf(time: EpochMs): number {
  const minute = Math.floor(time / MINUTE_MS);
  assert(Number.isSafeInteger(minute), `time ${time} was not a time`);
  return minute;
}

/** Reads a column; NaN becomes null. */
export function read(column: Float64Array, slot: number): number | null {
  const value = column[slot];
  return value === undefined || Number.isNaN(value) ? null : value;
}
