// Adds observations to a reading. Here, and only here, venue units become coins and prices per coin.
import type { Instrument, LiquidationPriceKind } from "../market/observation.ts";
import type { Side } from "../market/symbol.ts";
import type { EpochMs } from "../time/clock.ts";
import { coinsOf } from "./contract-size.ts";
import type { Reading } from "./reading.ts";

/** Who observed what: the common part of an observation. */
export function observed(reading: Reading, instrument: Instrument, exchangeTime: EpochMs) {
  return {
    venue: reading.venue,
    symbol: instrument.symbol,
    exchangeTime,
    receivedAt: reading.context.receivedAt,
  };
}

/**
 * Adds open interest of one side: `units` of the venue (> 0), and the venue's own USD figure for the same side or null.
 * Units in quote currency are that USD figure themselves, and no number of coins: they are added as such.
 */
export function emitOpenInterest(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  units: number,
  openInterestUsd: number | null,
): void {
  if (instrument.baseUnitsPerContract === null) {
    emitOpenInterestValue(reading, instrument, exchangeTime, units * instrument.quoteUnitsPerContract);
    return;
  }
  const coins = units * instrument.baseUnitsPerContract;
  emitOpenInterestCoins(reading, instrument, exchangeTime, coins, openInterestUsd);
}

/** Adds open interest of one side that the venue states in coins (> 0), and its USD figure for the same side or null. */
export function emitOpenInterestCoins(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  openInterestBase: number,
  openInterestUsd: number | null,
): void {
  const head = observed(reading, instrument, exchangeTime);
  reading.result.observations.push({ kind: "openInterest", ...head, openInterestBase, openInterestUsd });
}

/** Adds open interest of two sides that differ, in coins already (≥ 0, not both 0), and the longs' USD figure or null. */
export function emitSidedOpenInterest(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  base: { long: number; short: number },
  longUsd: number | null,
): void {
  reading.result.observations.push({
    kind: "openInterest",
    ...observed(reading, instrument, exchangeTime),
    openInterestBase: base.long,
    shortOpenInterestBase: base.short,
    openInterestUsd: longUsd,
  });
}

/** Adds mark and index price, both as the venue quotes them. */
export function emitMarkPrice(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  mark: number,
  index: number | null,
): void {
  const { priceMultiplier } = instrument;
  const head = observed(reading, instrument, exchangeTime);
  const indexPrice = index === null ? null : index / priceMultiplier;
  reading.result.observations.push({ kind: "markPrice", ...head, markPrice: mark / priceMultiplier, indexPrice });
}

/** Adds an index price that comes alone, as the venue quotes it. */
export function emitIndexPrice(reading: Reading, instrument: Instrument, exchangeTime: EpochMs, index: number): void {
  const indexPrice = index / instrument.priceMultiplier;
  reading.result.observations.push({ kind: "indexPrice", ...observed(reading, instrument, exchangeTime), indexPrice });
}

/** Adds open interest told in USD only, the same on both sides. */
export function emitOpenInterestValue(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  oneSideUsd: number,
): void {
  const head = observed(reading, instrument, exchangeTime);
  reading.result.observations.push({ kind: "openInterestValue", ...head, longUsd: oneSideUsd, shortUsd: oneSideUsd });
}

/** Adds a funding rate: fraction per interval, positive = longs pay, charged at `fundingTime`. */
export function emitFundingRate(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  funding: { fundingRate: number; intervalMs: number; fundingTime: EpochMs },
): void {
  reading.result.observations.push({ kind: "fundingRate", ...observed(reading, instrument, exchangeTime), ...funding });
}

/** Adds a liquidation: `side` of the position, price and size as the venue quotes them. */
export function emitLiquidation(
  reading: Reading,
  instrument: Instrument,
  exchangeTime: EpochMs,
  order: { side: Side; price: number; priceKind: LiquidationPriceKind; units: number },
): void {
  const price = order.price / instrument.priceMultiplier;
  // at the price of the order itself, so that quote currency stays what it is: the notional
  const sizeBase = coinsOf(instrument, order.units, price) ?? 0;
  reading.result.observations.push({
    kind: "liquidation",
    ...observed(reading, instrument, exchangeTime),
    side: order.side,
    price,
    priceKind: order.priceKind,
    sizeBase,
    notionalUsd: price * sizeBase,
  });
}
