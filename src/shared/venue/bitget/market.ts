// Open interest, prices, funding, books and taker volume at Bitget.
import type * as z from "zod/mini";
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { emitCandles } from "../candles.ts";
import { contractAsked, forEachContract } from "../contract.ts";
import { emitDepth, type Ladder } from "../depth.ts";
import { emitFundingRate, emitMarkPrice, emitOpenInterest } from "../emit.ts";
import { emitFundingHistory } from "../funding.ts";
import { groupRows } from "../group.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { emitTakerVolume } from "../taker.ts";
import { dataOf, rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

const USUAL_FUNDING_MS = 8 * HOUR_MS;

/** Reads open interest and prices of all symbols; each stands or falls alone. Their funding rate does not say when it is charged. */
export function readTickers(reading: Reading, payload: unknown): void {
  const { rows, path } = rowsOf(reading, payload, "list");
  forEachContract(reading, rows, path, "symbol", (instrument, raw, at) => {
    const interest = readRow(reading, wire.TickerOpenInterest, raw, at);
    if (interest !== null) {
      const units = interest.openInterest ?? interest.holdingAmount;
      if (units === null) reject(reading, `${at}.openInterest`, "is missing", raw);
      else emitOpenInterest(reading, instrument, interest.ts, units, null);
    }
    const prices = readRow(reading, wire.TickerPrices, raw, at);
    if (prices !== null) emitMarkPrice(reading, instrument, prices.ts, prices.markPrice, prices.indexPrice);
  });
}

/** Reads open interest of one symbol or of all. */
export function readOpenInterest(reading: Reading, payload: unknown): void {
  const data = dataOf(reading, payload);
  const body = data === undefined ? null : readRow(reading, wire.OpenInterestData, data, "$.data");
  if (body === null) return;
  const key = body.list === undefined ? "openInterestList" : "list";
  const rows = readList(reading, body[key], `$.data.${key}`);
  forEachContract(reading, rows, `$.data.${key}`, "symbol", (instrument, raw, at) => {
    const row = readRow(reading, wire.OpenInterestRow, raw, at);
    if (row === null) return;
    const units = row.openInterest ?? row.size;
    if (units === null) reject(reading, `${at}.openInterest`, "is missing", raw);
    else emitOpenInterest(reading, instrument, body.ts, units, null);
  });
}

/** Reads candles of the symbol that was asked for; the venue names neither symbol nor interval nor taker side. */
export function readKlines(reading: Reading, payload: unknown): void {
  const { rows: list, path: at } = rowsOf(reading, payload, "list");
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = list.flatMap((raw, i) => {
    const path = `${at}[${i}]`;
    const row = readRow(reading, wire.KlineRow, raw, path);
    if (row === null) return [];
    const [time, open, high, low, close, volume] = row;
    return [{ time, path, raw, open, high, low, close, volume, takerBuy: null, intervalMs: null, finished: null }];
  });
  emitCandles(reading, instrument, rows, "units", MINUTE_MS);
}

/** Reads the next charge. */
export function readFundingRate(reading: Reading, payload: unknown): void {
  const { rows, path } = rowsOf(reading, payload, "list");
  forEachContract(reading, rows, path, "symbol", (instrument, raw, at) => {
    const row = readRow(reading, wire.FundingRateRow, raw, at);
    if (row === null) return;
    const hours = row.fundingRateInterval;
    const intervalMs = hours === null ? (instrument.fundingIntervalMs ?? USUAL_FUNDING_MS) : hours * HOUR_MS;
    const { fundingRate, nextUpdate: fundingTime } = row;
    emitFundingRate(reading, instrument, reading.context.receivedAt, { fundingRate, intervalMs, fundingTime });
  });
}

/** Reads charged funding rates. */
export function readFundingHistory(reading: Reading, payload: unknown): void {
  const { rows: list, path: at } = rowsOf(reading, payload, "resultList");
  const groups = groupRows(reading, list, at, "symbol", (raw, path) => {
    const row = readRow(reading, wire.FundingHistoryRow, raw, path);
    if (row === null) return null;
    const time = row.fundingTime ?? row.fundingRateTimestamp;
    if (time !== null) return { time, path, raw, fundingRate: row.fundingRate };
    reject(reading, `${path}.fundingTime`, "is missing", raw);
    return null;
  });
  for (const { instrument, rows } of groups) emitFundingHistory(reading, instrument, rows, USUAL_FUNDING_MS);
}

/** Reads an order book of the symbol that was asked for; sizes are coins. */
export function readOrderBook(reading: Reading, payload: unknown): void {
  const data = dataOf(reading, payload);
  const book = data === undefined ? null : readRow(reading, wire.OrderBook, data, "$.data");
  const instrument = book === null ? null : contractAsked(reading);
  if (book === null || instrument === null) return;
  const [bids, asks] = book.a === undefined ? (["bids", "asks"] as const) : (["b", "a"] as const);
  emitDepth(reading, instrument, book.ts, ladder(book, bids), ladder(book, asks));
}

function ladder(book: z.output<typeof wire.OrderBook>, key: "bids" | "asks" | "b" | "a"): Ladder<typeof wire.LevelRow> {
  const level = ([price, size]: z.output<typeof wire.LevelRow>) => ({ price, size });
  return { schema: wire.LevelRow, value: book[key], path: `$.data.${key}`, level };
}

/** Reads taker volume of the symbol that was asked for, per five minutes. */
export function readTakerVolume(reading: Reading, payload: unknown): void {
  const { rows: list, path: at } = rowsOf(reading, payload, "list");
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = list.flatMap((raw, i) => {
    const path = `${at}[${i}]`;
    const row = readRow(reading, wire.TakerVolumeRow, raw, path);
    return row === null ? [] : [{ time: row.ts, path, raw, takerBuy: row.buyVolume, takerSell: row.sellVolume }];
  });
  emitTakerVolume(reading, instrument, rows, "units", 5 * MINUTE_MS);
}
