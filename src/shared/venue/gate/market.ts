// Candles, funding and books at Gate.
import { MINUTE_MS, SECOND_MS } from "../../time/clock.ts";
import { emitCandles, UNTOLD } from "../candles.ts";
import { contractAsked, contractNamed } from "../contract.ts";
import { emitDepth, type Ladder } from "../depth.ts";
import { emitFundingRate } from "../emit.ts";
import { emitFundingHistory, fundingIntervalMs, USUAL_FUNDING_MS } from "../funding.ts";
import { type Reading, readList, readRow, textAt } from "../reading.ts";
import { timedRows } from "../series.ts";
import { rowsIn, unframed } from "./frame.ts";
import * as wire from "./wire.ts";

/** Reads candles of the contract that was asked for; volume is contracts of both taker sides. */
export function readKlines(reading: Reading, payload: unknown): void {
  const list = readList(reading, payload, "$");
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, "$", wire.KlineRow, (row) => {
    const { t: time, o: open, h: high, l: low, c: close, v: volume } = row;
    return { time, open, high, low, close, volume, ...UNTOLD };
  });
  emitCandles(reading, instrument, rows, "units", MINUTE_MS);
}

/** Reads the next charge of a contract, or of all: a contract's description carries it. */
export function readFundingRate(reading: Reading, payload: unknown): void {
  const rows = rowsIn(payload, "$");
  for (const { row: raw, path } of rows) {
    const instrument = contractNamed(reading, textAt(raw, "name"), `${path}.name`, rows.length);
    const row = instrument === null ? null : readRow(reading, wire.FundingRow, raw, path);
    if (instrument === null || row === null) continue;
    const seconds = row.funding_interval;
    const intervalMs = fundingIntervalMs(instrument, seconds === null ? null : seconds * SECOND_MS);
    const { funding_rate: fundingRate, funding_next_apply: fundingTime } = row;
    emitFundingRate(reading, instrument, reading.context.receivedAt, { fundingRate, intervalMs, fundingTime });
  }
}

/** Reads charged funding rates of the contract that was asked for. */
export function readFundingHistory(reading: Reading, payload: unknown): void {
  const list = readList(reading, payload, "$");
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, "$", wire.FundingHistoryRow, ({ t: time, r: fundingRate }) => {
    return { time, fundingRate };
  });
  emitFundingHistory(reading, instrument, rows, USUAL_FUNDING_MS);
}

/** Reads an order book: of the contract that a stream's names, else of the one that was asked for. */
export function readOrderBook(reading: Reading, payload: unknown): void {
  const { body, path } = unframed(payload);
  const book = readRow(reading, wire.OrderBook, body, path);
  if (book === null) return;
  const named = textAt(book, "contract");
  const instrument = named === null ? contractAsked(reading) : contractNamed(reading, named, `${path}.contract`, 1);
  const key = (["t", "update", "current"] as const).find((one) => book[one] !== undefined) ?? "current";
  const time = readRow(reading, wire.BookTime, book[key], `${path}.${key}`);
  if (instrument === null || time === null) return;
  emitDepth(reading, instrument, time, ladder(book.bids, `${path}.bids`), ladder(book.asks, `${path}.asks`));
}

function ladder(value: unknown, path: string): Ladder<typeof wire.LevelRow> {
  return { schema: wire.LevelRow, value, path, level: ({ p, s }) => ({ price: p, size: s }) };
}
