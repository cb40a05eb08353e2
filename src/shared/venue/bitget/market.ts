// Open interest, prices, funding, books and taker volume at Bitget.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { emitCandles, UNTOLD } from "../candles.ts";
import { contractAsked, forEachContract } from "../contract.ts";
import { emitDepth, pairs } from "../depth.ts";
import { emitFundingRate, emitMarkPrice, emitOpenInterest } from "../emit.ts";
import { emitFundingHistory, fundingIntervalMs, USUAL_FUNDING_MS } from "../funding.ts";
import { groupRows } from "../group.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { timedRows } from "../series.ts";
import { emitTakerVolume } from "../taker.ts";
import { dataOf, rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

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
  const rows = timedRows(reading, list, at, wire.KlineRow, ([time, open, high, low, close, volume]) => {
    return { time, open, high, low, close, volume, ...UNTOLD };
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
    const intervalMs = fundingIntervalMs(instrument, hours === null ? null : hours * HOUR_MS);
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
  emitDepth(reading, instrument, book.ts, pairs(book[bids], `$.data.${bids}`), pairs(book[asks], `$.data.${asks}`));
}

/** Reads taker volume of the symbol that was asked for, per five minutes. */
export function readTakerVolume(reading: Reading, payload: unknown): void {
  const { rows: list, path: at } = rowsOf(reading, payload, "list");
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, at, wire.TakerVolumeRow, ({ ts: time, buyVolume, sellVolume }) => {
    return { time, takerBuy: buyVolume, takerSell: sellVolume };
  });
  emitTakerVolume(reading, instrument, rows, "units", 5 * MINUTE_MS);
}
