// Events that a market shows at a market time; nothing that happened later.
import type { EpochMs } from "../../shared/time/clock.ts";
import type { FundingCharge, LiquidationEvent, Market } from "./market.ts";

/** Liquidations in `(afterMs, untilMs]`, none later than `now`, oldest first. */
export function liquidationsBetween(
  market: Market,
  afterMs: EpochMs,
  untilMs: EpochMs,
  now: EpochMs,
): LiquidationEvent[] {
  return between(market.liquidations, afterMs, Math.min(untilMs, now));
}

/** Funding charges in `(afterMs, untilMs]`, none later than `now`, oldest first. */
export function fundingBetween(market: Market, afterMs: EpochMs, untilMs: EpochMs, now: EpochMs): FundingCharge[] {
  return between(market.fundingCharges, afterMs, Math.min(untilMs, now));
}

function between<Item extends { time: EpochMs }>(items: readonly Item[], afterMs: EpochMs, untilMs: EpochMs): Item[] {
  return items.slice(firstAfter(items, afterMs), firstAfter(items, untilMs));
}

/** Index of the first item later than a time, by bisection. */
function firstAfter(items: readonly { time: EpochMs }[], time: EpochMs): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as { time: EpochMs }).time <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
