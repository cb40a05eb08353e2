// Open interest that a market shows at a market time; nothing that happened later.
import { type EpochMs, intervalStart, MINUTE_MS } from "../../shared/time/clock.ts";
import { roundToStep } from "../decimal.ts";
import type { Market } from "./market.ts";
import { minuteOf, read, slotOf } from "./minutes.ts";
import { marketNow } from "./view.ts";

export interface OpenInterestView {
  openInterestBase: number;
  /** When this was the open interest: earlier than now where the source is blank. */
  time: EpochMs;
}

/** Open interest at `now`: linear inside a minute, and the last known one with its old time across blanks. */
export function openInterestAt(market: Market, now: EpochMs): OpenInterestView | null {
  const time = marketNow(market, now);
  const running = minuteOf(time);
  const before = openInterestAtEnd(market, running - 1);
  if (before !== null && running * MINUTE_MS <= time) {
    const after = openInterestAtEnd(market, running);
    const share = (time - running * MINUTE_MS) / MINUTE_MS;
    if (share === 0) return { openInterestBase: before, time };
    if (after !== null) {
      const value = before + (after - before) * share;
      return { openInterestBase: roundToStep(value, market.contract.sizeStep), time };
    }
  }
  for (let minute = running - 1; minute >= market.minutes.first; minute--) {
    const value = openInterestAtEnd(market, minute);
    if (value !== null) return { openInterestBase: value, time: (minute + 1) * MINUTE_MS };
  }
  return null;
}

/** Open interest at the end of a minute, or null. */
function openInterestAtEnd(market: Market, minute: number): number | null {
  const slot = slotOf(market.minutes, minute);
  return slot < 0 ? null : read(market.minutes.openInterestBase, slot);
}

export interface OpenInterestRow extends OpenInterestView {
  /** Price at that time. */
  price: number;
}

/** Open interest at whole multiples of a period in `[fromMs, toMs]`, newest first, at most `limit`; blanks are left out. */
export function openInterestHistory(
  market: Market,
  fromMs: EpochMs,
  toMs: EpochMs,
  periodMs: number,
  limit: number,
  now: EpochMs,
): OpenInterestRow[] {
  const rows: OpenInterestRow[] = [];
  let time = intervalStart(Math.min(toMs, marketNow(market, now)), periodMs);
  const oldest = Math.max(fromMs, market.minutes.first * MINUTE_MS);
  for (; rows.length < limit && time >= oldest; time -= periodMs) {
    const minute = minuteOf(time) - 1;
    const slot = slotOf(market.minutes, minute);
    const openInterestBase = openInterestAtEnd(market, minute);
    if (openInterestBase === null) continue;
    rows.push({ openInterestBase, time, price: market.minutes.close[slot] as number });
  }
  return rows;
}
