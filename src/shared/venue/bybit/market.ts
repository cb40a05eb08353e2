// Open interest of the past, candles, funding and books at Bybit.
import { MINUTE_MS } from "../../time/clock.ts";
import { emitCandles, UNTOLD } from "../candles.ts";
import { contractNamed } from "../contract.ts";
import { emitDepth, pairs } from "../depth.ts";
import { emitOpenInterest } from "../emit.ts";
import { emitFundingHistory, USUAL_FUNDING_MS } from "../funding.ts";
import { groupRows } from "../group.ts";
import { type Reading, readRow } from "../reading.ts";
import { inOrder, timedRows } from "../series.ts";
import { listOf, open } from "./envelope.ts";
import { oneSide } from "./tickers.ts";
import * as wire from "./wire.ts";

const LIST = "$.result.list";

/** Reads snapshots of open interest of one symbol, newest first on the wire. */
export function readOpenInterestHistory(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  const instrument = contractNamed(reading, opened.symbol, "$.result.symbol", 1);
  if (instrument === null) return;
  const rows = timedRows(reading, listOf(reading, opened), LIST, wire.OpenInterestHistoryRow, (row, path) => {
    const units = oneSide(reading, row, path);
    return units === null ? null : { time: row.timestamp, units };
  });
  for (const { time, units } of inOrder(reading, rows)) emitOpenInterest(reading, instrument, time, units, null);
}

/** Reads candles; the venue does not split volume by taker side and does not name the interval. */
export function readKlines(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  const instrument = contractNamed(reading, opened.symbol, "$.result.symbol", 1);
  if (instrument === null) return;
  const list = listOf(reading, opened);
  if (instrument.contractKind === "inverse") {
    const rows = timedRows(reading, list, LIST, wire.InverseKlineRow, ([time, open, high, low, close, , turnover]) => {
      return { time, open, high, low, close, volume: turnover, ...UNTOLD };
    });
    emitCandles(reading, instrument, rows, "coins", MINUTE_MS);
    return;
  }
  const rows = timedRows(reading, list, LIST, wire.KlineRow, ([time, open, high, low, close, volume]) => {
    return { time, open, high, low, close, volume, ...UNTOLD };
  });
  emitCandles(reading, instrument, rows, "units", MINUTE_MS);
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
  emitDepth(reading, instrument, book.ts, pairs(book.b, "$.result.b"), pairs(book.a, "$.result.a"));
}
