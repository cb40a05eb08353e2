// Open interest, prices, funding, books and taker volume at Binance.
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { emitCandles } from "../candles.ts";
import { contractAsked, contractNamed, forEachContract } from "../contract.ts";
import { emitDepth, pairs } from "../depth.ts";
import { emitFundingRate, emitMarkPrice, emitOpenInterest } from "../emit.ts";
import { emitFundingHistory, fundingIntervalMs, USUAL_FUNDING_MS } from "../funding.ts";
import { groupRows } from "../group.ts";
import { type Reading, readList, readRow, textAt } from "../reading.ts";
import { inOrder, timedRows } from "../series.ts";
import { emitTakerVolume } from "../taker.ts";
import { forEachUsdMargined } from "./events.ts";
import * as wire from "./wire.ts";

/** Symbols not listed by fundingInfo charge every 8 hours. */
/** Reads open interest now: one side, in contract units. */
export function readOpenInterest(reading: Reading, payload: unknown): void {
  const row = readRow(reading, wire.OpenInterestRow, payload, "$");
  if (row === null) return;
  const instrument = contractNamed(reading, row.symbol, "$.symbol", 1);
  if (instrument !== null) emitOpenInterest(reading, instrument, row.time, row.openInterest, null);
}

/** Reads 5-minute snapshots of open interest; an empty list is a window without data. */
export function readOpenInterestHistory(reading: Reading, payload: unknown): void {
  const groups = groupRows(reading, readList(reading, payload, "$"), "$", "symbol", (raw, path) => {
    const row = readRow(reading, wire.OpenInterestHistoryRow, raw, path);
    return row === null ? null : { ...row, time: row.timestamp, path, raw };
  });
  for (const { instrument, rows } of groups) {
    for (const { time, sumOpenInterest, sumOpenInterestValue } of inOrder(reading, rows)) {
      emitOpenInterest(reading, instrument, time, sumOpenInterest, sumOpenInterestValue);
    }
  }
}

/** Reads candles; volume and its taker-buy part are contract units. */
export function readKlines(reading: Reading, payload: unknown): void {
  const list = readList(reading, payload, "$");
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, "$", wire.KlineRow, (row) => {
    const [time, open, high, low, close, volume, closeTime, , , takerBuy] = row;
    const intervalMs = closeTime > time ? closeTime - time + 1 : null;
    return { time, open, high, low, close, volume, takerBuy, intervalMs, finished: null };
  });
  emitCandles(reading, instrument, rows, "units", MINUTE_MS);
}

/** Reads mark price, index price and the running funding rate: of one symbol (an object) or of all (a list). */
export function readPremiumIndex(reading: Reading, payload: unknown): void {
  const one = !Array.isArray(payload);
  forEachContract(reading, one ? [payload] : payload, "$", "symbol", (instrument, row, at) => {
    const path = one ? "$" : at;
    const mark = readRow(reading, wire.MarkPriceRow, row, path);
    if (mark !== null) emitMarkPrice(reading, instrument, mark.time, mark.markPrice, mark.indexPrice);
    const next = readRow(reading, wire.NextFundingRow, row, path);
    if (next === null) return;
    const intervalMs = fundingIntervalMs(instrument, null);
    const { lastFundingRate: fundingRate, nextFundingTime: fundingTime } = next;
    emitFundingRate(reading, instrument, next.time, { fundingRate, intervalMs, fundingTime });
  });
}

/** Reads charged funding rates of one or all symbols. */
export function readFundingHistory(reading: Reading, payload: unknown): void {
  const groups = groupRows(reading, readList(reading, payload, "$"), "$", "symbol", (raw, path) => {
    const row = readRow(reading, wire.FundingHistoryRow, raw, path);
    return row === null ? null : { time: row.fundingTime, path, raw, fundingRate: row.fundingRate };
  });
  for (const { instrument, rows } of groups) emitFundingHistory(reading, instrument, rows, USUAL_FUNDING_MS);
}

/** Reads the contracts whose funding interval was changed, as instruments that carry it. */
export function readFundingInfo(reading: Reading, payload: unknown): void {
  const list = readList(reading, payload, "$");
  forEachContract(reading, list, "$", "symbol", (instrument, raw, path) => {
    const row = readRow(reading, wire.FundingInfoRow, raw, path);
    if (row === null || row.fundingIntervalHours === null) return;
    reading.result.instruments.push({ ...instrument, fundingIntervalMs: row.fundingIntervalHours * HOUR_MS });
  });
}

/** Reads an order book of the symbol that was asked for. */
export function readOrderBook(reading: Reading, payload: unknown): void {
  const book = readRow(reading, wire.OrderBook, payload, "$");
  const instrument = book === null ? null : contractAsked(reading);
  if (book === null || instrument === null) return;
  emitDepth(reading, instrument, book.T, pairs(book.bids, "$.bids"), pairs(book.asks, "$.asks"));
}

/** Reads taker volume of the symbol that was asked for; a lone row spans the 5 minutes we ask for. */
export function readTakerVolume(reading: Reading, payload: unknown): void {
  const list = readList(reading, payload, "$");
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, "$", wire.TakerVolumeRow, ({ timestamp, buyVol, sellVol }) => {
    return { time: timestamp, takerBuy: buyVol, takerSell: sellVol };
  });
  emitTakerVolume(reading, instrument, rows, "units", 5 * MINUTE_MS);
}

/** Reads a mark price event, alone or in the combined wrapper: prices and the running funding rate. */
export function readMarkPriceStream(reading: Reading, payload: unknown): void {
  forEachUsdMargined(reading, payload, "markPriceUpdate", (event, path) => {
    const instrument = contractNamed(reading, textAt(event, "s"), `${path}.s`, 1);
    if (instrument === null) return;
    const mark = readRow(reading, wire.MarkPriceEvent, event, path);
    if (mark !== null) emitMarkPrice(reading, instrument, mark.E, mark.p, mark.i);
    const next = readRow(reading, wire.FundingEvent, event, path);
    if (next === null) return;
    const intervalMs = fundingIntervalMs(instrument, null);
    emitFundingRate(reading, instrument, next.E, { fundingRate: next.r, intervalMs, fundingTime: next.T });
  });
}
