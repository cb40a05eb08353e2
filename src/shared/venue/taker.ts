// Taker volume, as venues publish it per interval or as it follows from single trades.
import type { Instrument } from "../market/observation.ts";
import type { TakerSide } from "../market/symbol.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../time/clock.ts";
import { coinsOf } from "./contract-size.ts";
import { observed } from "./emit.ts";
import type { Reading } from "./reading.ts";
import { inOrder, spacing, type TimedRow } from "./series.ts";

/** Volume of an interval that starts at `time`, in units of the venue. */
export interface TakerRow extends TimedRow {
  takerBuy: number;
  takerSell: number;
}

/** Adds taker volume per interval, in order of time; units in quote currency come to no coins. A lone row spans `usualIntervalMs`. */
export function emitTakerVolume(
  reading: Reading,
  instrument: Instrument,
  rows: readonly TakerRow[],
  volumeIn: "coins" | "units",
  usualIntervalMs: number,
): void {
  const ordered = inOrder(reading, rows);
  const intervalMs = spacing(ordered, usualIntervalMs);
  const toCoins = (volume: number) => (volumeIn === "coins" ? volume : coinsOf(instrument, volume, null));
  for (const { time, takerBuy, takerSell } of ordered) {
    const [buy, sell] = [toCoins(takerBuy), toCoins(takerSell)];
    if (buy !== null && sell !== null) push(reading, instrument, { openTime: time, intervalMs, buy, sell });
  }
}

/** One trade: `units` of the venue at `price` as it quotes them, and the side that took liquidity. */
export interface TradeRow {
  time: EpochMs;
  price: number;
  takerSide: TakerSide;
  units: number;
}

/**
 * Adds the taker volume of single trades, one sum per calendar minute. Each sum spans from its first trade to just
 * after its last: a list of the newest trades says nothing about the rest of the minute. Minutes that start in `whole`
 * (both ends exclusive) are known to be covered, and span themselves.
 */
export function emitTrades(
  reading: Reading,
  instrument: Instrument,
  trades: readonly TradeRow[],
  whole: { afterMs: EpochMs; beforeMs: EpochMs } | null = null,
): void {
  const minutes = new Map<EpochMs, { first: EpochMs; last: EpochMs; buy: number; sell: number }>();
  for (const { time, price, takerSide, units } of trades) {
    const minute = intervalStart(time, MINUTE_MS);
    const sum = minutes.get(minute) ?? { first: time, last: time, buy: 0, sell: 0 };
    sum.first = Math.min(sum.first, time);
    sum.last = Math.max(sum.last, time);
    sum[takerSide] += coinsOf(instrument, units, price / instrument.priceMultiplier) ?? 0;
    minutes.set(minute, sum);
  }
  for (const [openTime, { first, last, buy, sell }] of minutes) {
    if (whole !== null && openTime > whole.afterMs && openTime < whole.beforeMs) {
      push(reading, instrument, { openTime, intervalMs: MINUTE_MS, buy, sell });
      continue;
    }
    push(reading, instrument, { openTime: first, intervalMs: last - first + 1, buy, sell });
  }
}

function push(
  reading: Reading,
  instrument: Instrument,
  { openTime, intervalMs, buy, sell }: { openTime: EpochMs; intervalMs: number; buy: number; sell: number },
): void {
  reading.result.observations.push({
    kind: "takerVolume",
    ...observed(reading, instrument, openTime + intervalMs),
    openTime,
    intervalMs,
    takerBuyBase: buy,
    takerSellBase: sell,
  });
}
