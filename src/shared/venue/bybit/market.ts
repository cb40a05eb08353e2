// Open interest of the past, candles, funding and books at Bybit.
import { MINUTE_MS } from "../../time/clock.ts";
import { emitCandles } from "../candles.ts";
import { contractNamed } from "../contract.ts";
import { emitDepth, type Ladder } from "../depth.ts";
import { emitOpenInterest } from "../emit.ts";
import { emitFundingHistory } from "../funding.ts";
import { groupRows } from "../group.ts";
import { type Reading, readRow } from "../reading.ts";
import { inOrder } from "../series.ts";
import { listOf, open } from "./envelope.ts";
import { oneSide, USUAL_FUNDING_MS } from "./tickers.ts";
import * as wire from "./wire.ts";

const LIST = "$.result.list";

/** Reads snapshots of open interest of one symbol, newest first on the wire. */
export function readOpenInterestHistory(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  const instrument = contractNamed(reading, opened.symbol, "$.result.symbol", 1);
  if (instrument === null) return;
  const rows = listOf(reading, opened).flatMap((raw, i) => {
    const path = `${LIST}[${i}]`;
    const row = readRow(reading, wire.OpenInterestHistoryRow, raw, path);
    const units = row === null ? null : oneSide(reading, row, path);
    return row === null || units === null ? [] : [{ time: row.timestamp, path, raw, units }];
  });
  for (const { time, units } of inOrder(reading, rows)) emitOpenInterest(reading, instrument, time, units, null);
}

/** Reads candles; the venue does not split volume by taker side and does not name the interval. */
export function readKlines(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  const instrument = contractNamed(reading, opened.symbol, "$.result.symbol", 1);
  if (instrument === null) return;
  const rows = listOf(reading, opened).flatMap((raw, i) => {
    const path = `${LIST}[${i}]`;
    const bar =
      instrument.contractKind === "inverse" ? readInverseBar(reading, raw, path) : readBar(reading, raw, path);
    if (bar === null) return [];
    const [time, open, high, low, close, volume] = bar;
    return [{ time, path, raw, open, high, low, close, volume, takerBuy: null, intervalMs: null, finished: null }];
  });
  emitCandles(reading, instrument, rows, instrument.contractKind === "inverse" ? "coins" : "units", MINUTE_MS);
}

function readBar(reading: Reading, raw: unknown, path: string) {
  const row = readRow(reading, wire.KlineRow, raw, path);
  return row === null ? null : ([row[0], row[1], row[2], row[3], row[4], row[5]] as const);
}

function readInverseBar(reading: Reading, raw: unknown, path: string) {
  const row = readRow(reading, wire.InverseKlineRow, raw, path);
  return row === null ? null : ([row[0], row[1], row[2], row[3], row[4], row[6]] as const);
}

/** Reads charged funding rates of one symbol. */
export function readFundingHistory(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  const groups = groupRows(reading, listOf(reading, opened), LIST, "symbol", (raw, path) => {
    const row = readRow(reading, wire.FundingHistoryRow, raw, path);
    return row === null ? null : { time: row.fundingRateTimestamp, path, raw, fundingRate: row.fundingRate };
  });
  for (const { instrument, rows } of groups) emitFundingHistory(reading, instrument, rows, USUAL_FUNDING_MS);
}

/** Reads an order book. */
export function readOrderBook(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  const book = opened === null ? null : readRow(reading, wire.OrderBook, opened.result, "$.result");
  const instrument = book === null ? null : contractNamed(reading, book.s, "$.result.s", 1);
  if (book === null || instrument === null) return;
  emitDepth(reading, instrument, book.ts, ladder(book.b, "$.result.b"), ladder(book.a, "$.result.a"));
}

function ladder(value: unknown, path: string): Ladder<typeof wire.LevelRow> {
  return { schema: wire.LevelRow, value, path, level: ([price, size]) => ({ price, size }) };
}
