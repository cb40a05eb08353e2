// Open interest, prices and funding in Bybit's tickers, from the endpoint or a stream's snapshot.
import type { Instrument } from "../../market/observation.ts";
import { type EpochMs, HOUR_MS } from "../../time/clock.ts";
import { forEachContract } from "../contract.ts";
import { emitFundingRate, emitMarkPrice, emitOpenInterest, emitOpenInterestCoins } from "../emit.ts";
import { fundingIntervalMs } from "../funding.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { listOf, open } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Open interest as a row states it: units and value, of both sides and of one. */
export interface StatedInterest {
  openInterest: number | null;
  singleOpenInterest: number | null;
  openInterestValue: number | null;
  singleOpenInterestValue: number | null;
}

/** Reads the tickers of all symbols. */
export function readTickers(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  forEachContract(reading, listOf(reading, opened), "$.result.list", "symbol", (instrument, raw, path) => {
    readTicker(reading, instrument, raw, path, opened.time);
  });
}

/** Reads a whole ticker; open interest, prices and funding stand or fall alone. */
export function readTicker(reading: Reading, instrument: Instrument, raw: unknown, path: string, time: EpochMs): void {
  const interest = readRow(reading, wire.TickerOpenInterest, raw, path);
  if (interest !== null) addOpenInterest(reading, instrument, interest, path, time);
  const prices = readRow(reading, wire.TickerPrices, raw, path);
  if (prices !== null) emitMarkPrice(reading, instrument, time, prices.markPrice, prices.indexPrice);
  const next = readRow(reading, wire.TickerFunding, raw, path);
  if (next === null) return;
  const hours = next.fundingIntervalHour;
  const intervalMs = fundingIntervalMs(instrument, hours === null ? null : hours * HOUR_MS);
  const { fundingRate, nextFundingTime: fundingTime } = next;
  emitFundingRate(reading, instrument, time, { fundingRate, intervalMs, fundingTime });
}

/** Adds one side of a row's open interest; units and value change places where contracts count USD. */
export function addOpenInterest(
  reading: Reading,
  instrument: Instrument,
  row: StatedInterest,
  path: string,
  time: EpochMs,
): void {
  const units = oneSide(reading, row, path);
  if (units === null) return;
  const both = row.openInterestValue;
  const value = row.singleOpenInterestValue ?? (both === null ? null : both / 2);
  const isCoins = instrument.baseUnitsPerContract === null && value !== null && value > 0;
  if (!isCoins) emitOpenInterest(reading, instrument, time, units, value);
  else emitOpenInterestCoins(reading, instrument, time, value, units * instrument.quoteUnitsPerContract);
}

/** One side in contract units: the venue's own figure, or half of what it counts on both sides; null after a reject. */
export function oneSide(
  reading: Reading,
  row: Pick<StatedInterest, "openInterest" | "singleOpenInterest">,
  path: string,
): number | null {
  if (row.singleOpenInterest !== null) return row.singleOpenInterest;
  if (row.openInterest !== null) return row.openInterest / 2;
  reject(reading, `${path}.openInterest`, "is missing", row);
  return null;
}
