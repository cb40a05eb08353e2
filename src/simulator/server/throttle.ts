// Exchanges that push at most one forced order per contract and second.
import { type EpochMs, SECOND_MS } from "../../shared/time/clock.ts";
import type { LiquidationEvent } from "../market/market.ts";

/** Keeps the largest order of each second, in order of time. */
export function onePerSecond(events: readonly LiquidationEvent[]): LiquidationEvent[] {
  const kept: LiquidationEvent[] = [];
  for (const event of events) {
    const before = kept[kept.length - 1];
    if (before === undefined || secondOf(before.time) !== secondOf(event.time)) kept.push(event);
    else if (event.sizeBase > before.sizeBase) kept[kept.length - 1] = event;
  }
  return kept;
}

/** Last moment of the newest second that is over. */
export function endOfFullSecond(now: EpochMs): EpochMs {
  return secondOf(now) * SECOND_MS - 1;
}

function secondOf(time: EpochMs): number {
  return Math.floor(time / SECOND_MS);
}
