// A market made of recorded bars. Columns the tape does not have stay absent, and the notes say what is served instead.
import { assert } from "../../shared/error/assert.ts";
import type { Bar } from "../../shared/market/bar.ts";
import type { Side, SymbolId, VenueId } from "../../shared/market/symbol.ts";
import { minuteBars } from "../../shared/model/expand.ts";
import { HOUR_MS, MINUTE_MS } from "../../shared/time/clock.ts";
import { roundTo } from "../decimal.ts";
import { type Contract, contractOf } from "../market/contract.ts";
import type { FundingCharge, LiquidationEvent, Market } from "../market/market.ts";
import { appendMinute, emptyMinute, type Minutes, minuteOf, newMinutes, slotOf } from "../market/minutes.ts";
import { pathOf, shareReaching } from "../market/path.ts";

// places kept of interpolated figures: finer than any exchange's step
const PLACES = 8;

/** Returns the market of a recording; bars ascending, of one or more whole minutes each. */
export function tapeMarket(venue: VenueId, symbol: SymbolId, bars: readonly Bar[]): Market {
  const firstBar = bars[0];
  const lastBar = bars[bars.length - 1];
  assert(firstBar !== undefined && lastBar !== undefined, `tape of ${venue} ${symbol} has no bars`);
  const contract = contractOf(venue, symbol, firstBar.open);
  const startMs = firstBar.openTime;
  const endMs = lastBar.openTime + lastBar.intervalMs;
  const minutes = newMinutes(minuteOf(startMs), Math.round((endMs - startMs) / MINUTE_MS));
  const liquidations: LiquidationEvent[] = [];
  const fundingCharges: FundingCharge[] = [];

  let before: Bar | null = null;
  for (const bar of bars) {
    appendBar(minutes, bar, before);
    liquidations.push(...liquidationsOf(bar, minutes, contract));
    if (bar.fundingRate !== null && chargedIn(bar, contract.fundingIntervalMs)) {
      const { time, price } = { time: chargeTime(bar, contract.fundingIntervalMs), price: bar.open };
      fundingCharges.push({ time, fundingRate: bar.fundingRate, markPrice: price });
    }
    before = bar;
  }

  return {
    venue,
    symbol,
    contract,
    source: "tape",
    notes: notesOf(venue, bars),
    startMs,
    endMs,
    minutes,
    liquidations,
    fundingCharges,
    advance() {},
  };
}

function appendBar(minutes: Minutes, bar: Bar, before: Bar | null): void {
  const first = minuteOf(bar.openTime);
  assert(first >= minutes.end, `tape bar at ${bar.openTime} overlaps the bar before it`);
  while (minutes.end < first) appendMinute(minutes, emptyMinute());
  // across a hole nothing says what the open interest was at the start of this bar
  const adjacent = before !== null && before.openTime + before.intervalMs === bar.openTime;
  for (const minute of minuteBars(bar, adjacent ? before.openInterestBase : null)) {
    appendMinute(minutes, {
      open: roundTo(minute.open, PLACES),
      high: roundTo(minute.high, PLACES),
      low: roundTo(minute.low, PLACES),
      close: roundTo(minute.close, PLACES),
      // not rounded: the parts have to add up to the bar
      volumeBase: minute.volumeBase ?? Number.NaN,
      takerBuyBase: minute.takerBuyBase ?? Number.NaN,
      openInterestBase: minute.openInterestBase === null ? Number.NaN : roundTo(minute.openInterestBase, PLACES),
      markHigh: minute.markHigh ?? Number.NaN,
      markLow: minute.markLow ?? Number.NaN,
      premium: Number.NaN,
      fundingRate: bar.fundingRate ?? lastRate(minutes),
    });
  }
}

/** The rate last seen stands until the tape shows another. */
function lastRate(minutes: Minutes): number {
  const slot = slotOf(minutes, minutes.end - 1);
  return slot < 0 ? Number.NaN : (minutes.fundingRate[slot] as number);
}

/** True when a funding interval ends inside the bar or at its start. */
function chargedIn(bar: Bar, fundingIntervalMs: number): boolean {
  return chargeTime(bar, fundingIntervalMs) < bar.openTime + bar.intervalMs;
}

function chargeTime(bar: Bar, fundingIntervalMs: number): number {
  // some contracts charge more often than the usual interval: a stamp off the grid counts at its own hour
  const onGrid = Math.ceil(bar.openTime / fundingIntervalMs) * fundingIntervalMs;
  if (onGrid < bar.openTime + bar.intervalMs) return onGrid;
  return Math.ceil(bar.openTime / HOUR_MS) * HOUR_MS;
}

/** One order per side and bar, at the moment the bar's path reaches the extreme that forced it. */
function liquidationsOf(bar: Bar, minutes: Minutes, contract: Contract): LiquidationEvent[] {
  const events: LiquidationEvent[] = [];
  for (const side of ["long", "short"] as const) {
    const usd = side === "long" ? bar.observedLongUsd : bar.observedShortUsd;
    if (usd === null || usd <= 0) continue;
    const { time, price } = extremeOf(bar, side, minutes);
    const sizeBase = Math.max(contract.sizeStep, Number((usd / price).toFixed(8)));
    events.push({ time, side, sizeBase, bankruptcyPrice: price, fillPrice: price });
  }
  return events.sort((a, b) => a.time - b.time);
}

/** When and at what price a bar's low (longs) or high (shorts) was reached. */
function extremeOf(bar: Bar, side: Side, minutes: Minutes): { time: number; price: number } {
  const price = side === "long" ? bar.low : bar.high;
  const first = minuteOf(bar.openTime);
  for (let minute = first; minute < minutes.end; minute++) {
    const slot = slotOf(minutes, minute);
    const { open, high, low, close } = minutes;
    const reached = side === "long" ? (low[slot] as number) <= price : (high[slot] as number) >= price;
    if (!reached) continue;
    const path = pathOf(open[slot] as number, high[slot] as number, low[slot] as number, close[slot] as number);
    // strictly inside the minute, so that the event belongs to the bar
    const share = Math.min(0.999, Math.max(0.001, shareReaching(path, price)));
    return { time: minute * MINUTE_MS + Math.round(share * MINUTE_MS), price };
  }
  return { time: bar.openTime + bar.intervalMs - 1, price };
}

function notesOf(venue: VenueId, bars: readonly Bar[]): string[] {
  const notes: string[] = [];
  const every = (has: (bar: Bar) => boolean) => bars.every(has);
  const coarse = Math.max(...bars.map((bar) => bar.intervalMs));
  if (coarse > MINUTE_MS) {
    notes.push(`minutes are expanded from bars of up to ${coarse / MINUTE_MS} minutes along open, low/high, close`);
  }
  if (every((bar) => bar.takerBuyBase === null)) {
    notes.push(
      venue === "binance"
        ? "taker side is not in the tape: klines carry half of the volume, taker endpoints are empty"
        : "taker side is not in the tape: taker endpoints and trade lists are empty",
    );
  }
  if (bars.some((bar) => bar.volumeBase === null))
    notes.push("volume is missing in the tape: candles carry zero there");
  if (bars.some((bar) => bar.openInterestBase === null)) {
    notes.push("open interest has blanks: the last one is repeated with its old time");
  }
  if (every((bar) => bar.markHigh === null))
    notes.push("mark and index price are not in the tape: the last price is served");
  else notes.push("index price is not in the tape: the mark price is served");
  if (every((bar) => bar.fundingRate === null)) notes.push("funding is not in the tape: rates are empty");
  else notes.push("the running funding rate is the last one in the tape");
  if (bars.some((bar) => (bar.observedLongUsd ?? 0) > 0 || (bar.observedShortUsd ?? 0) > 0)) {
    notes.push("liquidations are one order per side and bar, at the bar's extreme; their prices are not recorded");
  } else {
    notes.push("liquidations are not in the tape");
  }
  notes.push("the order book is constructed around the price");
  return notes;
}
