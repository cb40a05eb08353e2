// Is history believable? Its rows speak of other times, so they are held against the second figure of their own row, and
// by a gross factor against what is known now. Pure.
import type { Candle, Observation, OpenInterest } from "../../../src/shared/market/observation.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { impossibleInterest, unitDoubt } from "./open-interest-guard.ts";
import { impossible } from "./price-guard.ts";

/** What the exchange says of the symbol now; null where nothing is believed yet. */
export interface Standing {
  price: number | null;
  openInterestBase: number | null;
}

/** Within the longest history neither a price nor an open interest moves by as much as a wrong unit is off. */
const GROSS_TIMES = 10;
/** A new listing's open interest may, and then its USD figure says so too. */
const CONFIRMED_TIMES = 100;
/** A sample's price is that of a candle this near: the first sample lies before the first candle. */
const PRICE_WITHIN_MINUTES = 5;

/** Why each row is not believed, or null; candles are judged first, for open interest is valued at their prices. */
export function doubtsOfHistory(rows: readonly Observation[], standing: Standing): (string | null)[] {
  const closes = new Map<EpochMs, number>();
  const doubts = rows.map((row) => {
    const doubt = impossible(row) ?? (row.kind === "candle" ? candleDoubt(row, standing) : null);
    if (row.kind === "candle" && doubt === null) closes.set(row.openTime + row.intervalMs, row.close);
    return doubt;
  });
  return rows.map((row, i) => {
    if (row.kind !== "openInterest") return doubts[i] ?? null;
    return doubts[i] ?? interestDoubt(row, priceNear(closes, row.exchangeTime), standing);
  });
}

function candleDoubt({ close }: Candle, { price }: Standing): string | null {
  return price === null || isWithin(close, price, GROSS_TIMES) ? null : `price was ${close}, it is ${price} now`;
}

function interestDoubt(sample: OpenInterest, price: number | null, standing: Standing): string | null {
  const { openInterestBase: base, openInterestUsd: usd } = sample;
  const doubt = impossibleInterest(base) ?? unitDoubt(sample, price);
  if (doubt !== null || standing.openInterestBase === null) return doubt;
  const times = usd !== null && price !== null ? CONFIRMED_TIMES : GROSS_TIMES;
  if (isWithin(base, standing.openInterestBase, times)) return null;
  return `open interest was ${base}, it is ${standing.openInterestBase} now`;
}

function isWithin(then: number, now: number, times: number): boolean {
  return then <= now * times && then >= now / times;
}

/** The close of the minute that ends at or nearest to a time. */
function priceNear(closes: ReadonlyMap<EpochMs, number>, at: EpochMs): number | null {
  const minuteMs = intervalStart(at, MINUTE_MS);
  for (let away = 0; away <= PRICE_WITHIN_MINUTES; away++) {
    const close = closes.get(minuteMs - away * MINUTE_MS) ?? closes.get(minuteMs + away * MINUTE_MS);
    if (close !== undefined) return close;
  }
  return null;
}
