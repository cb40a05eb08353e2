// Candles of one contract from the rows of any venue.
import type { Instrument } from "../market/observation.ts";
import { SECOND_MS } from "../time/clock.ts";
import { coinsOf } from "./contract-size.ts";
import { observed } from "./emit.ts";
import { type Reading, reject } from "./reading.ts";
import { inOrder, spacing, type TimedRow } from "./series.ts";

/**
 * A last bar that nothing follows is closed this long after its end: in a quiet market no later one may come. Until then
 * it may still grow, because clocks of exchanges, and the candles behind them, have been seen some tens of seconds late.
 */
export const CLOSE_DELAY_MS = 30 * SECOND_MS;

/** Opens at `time`; prices and volumes as the venue quotes them. */
export interface CandleRow extends TimedRow {
  open: number;
  high: number;
  low: number;
  close: number;
  /** Null where the venue has none. */
  volume: number | null;
  /** Null where the venue does not split volume by taker side. */
  takerBuy: number | null;
  /** Null where the row does not say. */
  intervalMs: number | null;
  /** The venue's word on whether the bar is finished; null where it gives none. */
  finished: boolean | null;
}

/** What most venues leave out of a candle. */
export const UNTOLD = { takerBuy: null, intervalMs: null, finished: null } as const;

/**
 * Adds candles in order of time. Volume is in coins, or in units of the venue, which come to no coins where they are
 * quote currency; `usualIntervalMs` is what a lone row without an interval spans. Bars that contradict themselves are
 * rejects. A bar is closed when the venue says so; where it says nothing, when a later row follows (its own clock has
 * moved on), or when it ended long enough ago.
 */
export function emitCandles(
  reading: Reading,
  instrument: Instrument,
  rows: readonly CandleRow[],
  volumeIn: "coins" | "units",
  usualIntervalMs: number,
): void {
  const sane = rows.filter((row) => {
    const fault = faultOf(row);
    if (fault !== null) reject(reading, row.path, fault, row.raw);
    return fault === null;
  });
  const bars = inOrder(reading, sane);
  const common = spacing(bars, usualIntervalMs);
  const { receivedAt, skewMs } = reading.context;
  // a clock ahead of ours closes nothing sooner: one wild stamp would close the running bar
  const endedBefore = receivedAt + Math.min(0, skewMs ?? 0) - CLOSE_DELAY_MS;
  const { priceMultiplier } = instrument;
  const toCoins = (volume: number | null): number | null => {
    if (volume === null) return null;
    return volumeIn === "coins" ? volume : coinsOf(instrument, volume, null);
  };
  bars.forEach((row, i) => {
    const intervalMs = row.intervalMs ?? common;
    const end = row.time + intervalMs;
    const closed = row.finished ?? (i < bars.length - 1 || end <= endedBefore);
    // no venue stamps the row itself: a finished bar is as old as its end, a running one as old as the answer
    const stamp = closed ? end : Math.max(row.time, Math.min(end, receivedAt));
    reading.result.observations.push({
      kind: "candle",
      ...observed(reading, instrument, stamp),
      openTime: row.time,
      intervalMs,
      open: row.open / priceMultiplier,
      high: row.high / priceMultiplier,
      low: row.low / priceMultiplier,
      close: row.close / priceMultiplier,
      volumeBase: toCoins(row.volume),
      takerBuyBase: toCoins(row.takerBuy),
      closed,
    });
  });
}

function faultOf(row: CandleRow): string | null {
  if (row.high < Math.max(row.open, row.close)) return `high ${row.high} is below open or close`;
  if (row.low > Math.min(row.open, row.close)) return `low ${row.low} is above open or close`;
  // decimals are cut by venues, so equality may miss by a rounding
  if (row.takerBuy !== null && row.volume !== null && row.takerBuy > row.volume * (1 + 1e-9)) {
    return `taker volume ${row.takerBuy} is above volume ${row.volume}`;
  }
  return null;
}
