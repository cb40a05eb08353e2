// How far a split reaches: in price, what the windows of all its half hours have in common; in time, whether all are there.
import type { Side, VenueId } from "../../src/shared/market/symbol.ts";
import type { SideFlows } from "../../src/shared/model/model.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";

/** Buckets [low, high) of one side that were recorded, and whether more happened beyond, toward the other side. */
export interface SideWindow {
  low: number;
  high: number;
  beyond: boolean;
}

/** Buckets [low, high) whose flows are known; infinite where nothing happened any further. */
export interface Reach {
  low: number;
  high: number;
}

export const EVERYWHERE: Reach = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

export function windowOf({ first, opened, beyond }: SideFlows): SideWindow {
  return { low: first, high: first + opened.length, beyond };
}

/** What both a reach and one more window know. */
export function narrowed(reach: Reach, side: Side, window: SideWindow): Reach {
  const isOpenAbove = side === "long" && !window.beyond;
  const isOpenBelow = side === "short" && !window.beyond;
  return {
    low: isOpenBelow ? reach.low : Math.max(reach.low, window.low),
    high: isOpenAbove ? reach.high : Math.min(reach.high, window.high),
  };
}

/** Half hours of one exchange without a record, oldest first. */
export interface Missing {
  venue: VenueId;
  startsMs: EpochMs[];
  /** It has none of the half hour before the period either. */
  isNew: boolean;
}

/** Why a period that begins at `fromMs` and ends at `toMs` is not split, or null when nothing is missing. */
export function missingReason(
  missing: readonly Missing[],
  fromMs: EpochMs,
  toMs: EpochMs,
  widthMs: number,
): string | null {
  const lacking = missing.filter(({ startsMs }) => startsMs.length > 0);
  const first = lacking[0];
  if (first === undefined) return null;
  // who only lacks the oldest half hours has begun since
  const isLate = ({ startsMs, isNew }: Missing) => isNew && startsMs.every((at, i) => at === fromMs + i * widthMs);
  const beginsMs = Math.max(...lacking.map(({ startsMs }) => (startsMs.at(-1) ?? fromMs) + widthMs));
  if (lacking.every(isLate) && beginsMs < toMs) return reachesBackTo(beginsMs);
  const { venue, startsMs } = lacking.find((one) => !isLate(one)) ?? first;
  const at = moment(startsMs[0] ?? fromMs);
  return `${venue} has no record of the half hour from ${at}: it was not in the map at both ends`;
}

export function reachesBackTo(at: EpochMs): string {
  return `the split reaches back to ${moment(at)}`;
}

function moment(at: EpochMs): string {
  return new Date(at).toISOString().replace(":00.000Z", "Z");
}
