// Candles, funding and books of single markets at dYdX.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { type CandleRow, emitCandles } from "../candles.ts";
import { contractAsked } from "../contract.ts";
import { emitDepth, type Ladder } from "../depth.ts";
import { emitOpenInterest } from "../emit.ts";
import { emitFundingHistory } from "../funding.ts";
import { groupRows } from "../group.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { FUNDING_MS } from "./markets.ts";
import * as wire from "./wire.ts";

const RESOLUTIONS: ReadonlyMap<string, number> = new Map([
  ["1MIN", MINUTE_MS],
  ["5MINS", 5 * MINUTE_MS],
  ["15MINS", 15 * MINUTE_MS],
  ["30MINS", 30 * MINUTE_MS],
  ["1HOUR", HOUR_MS],
  ["4HOURS", 4 * HOUR_MS],
  ["1DAY", 24 * HOUR_MS],
]);

/** Reads candles, and the open interest each began with. The venue does not split volume by taker side. */
export function readKlines(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Candles, payload, "$");
  if (answer === null) return;
  const list = readList(reading, answer.candles, "$.candles");
  const groups = groupRows(reading, list, "$.candles", "ticker", (raw, path): CandleRow | null => {
    const row = readRow(reading, wire.CandleRow, raw, path);
    if (row === null) return null;
    const { open, high, low, close, baseTokenVolume: volume, startedAt: time } = row;
    const intervalMs = RESOLUTIONS.get(row.resolution);
    if (intervalMs === undefined) {
      reject(reading, `${path}.resolution`, `${row.resolution} is no known interval`, row.resolution);
      return null;
    }
    return { time, path, raw, open, high, low, close, volume, takerBuy: null, intervalMs, finished: null };
  });
  for (const { instrument, rows } of groups) {
    emitCandles(reading, instrument, rows, "coins", MINUTE_MS);
    for (const { raw, path } of rows) {
      const row = readRow(reading, wire.CandleOpenInterest, raw, path);
      if (row === null || row.startingOpenInterest === null) continue;
      emitOpenInterest(reading, instrument, row.startedAt, row.startingOpenInterest, null);
    }
  }
}

/** Reads charged funding rates, per hour. */
export function readFundingHistory(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Fundings, payload, "$");
  if (answer === null) return;
  const path = "$.historicalFunding";
  const groups = groupRows(reading, readList(reading, answer.historicalFunding, path), path, "ticker", (raw, at) => {
    const row = readRow(reading, wire.FundingRow, raw, at);
    // stamped with the block that charged it, a moment after the hour
    if (row === null) return null;
    const time = Math.floor(row.effectiveAt / FUNDING_MS) * FUNDING_MS;
    return { time, path: at, raw, fundingRate: row.rate };
  });
  for (const { instrument, rows } of groups) emitFundingHistory(reading, instrument, rows, FUNDING_MS);
}

/** Reads an order book, as of our receive time: the answer has none. */
export function readOrderBook(reading: Reading, payload: unknown): void {
  const instrument = contractAsked(reading);
  const book = instrument === null ? null : readRow(reading, wire.OrderBook, payload, "$");
  if (instrument === null || book === null) return;
  emitDepth(reading, instrument, reading.context.receivedAt, ladder(book.bids, "$.bids"), ladder(book.asks, "$.asks"));
}

function ladder(value: unknown, path: string): Ladder<typeof wire.LevelRow> {
  return { schema: wire.LevelRow, value, path, level: (row) => row };
}
