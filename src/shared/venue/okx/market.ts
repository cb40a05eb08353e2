// Prices, funding, books and taker volume at OKX.
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { emitCandles, UNTOLD } from "../candles.ts";
import { contractAsked, contractNamed, forEachContract } from "../contract.ts";
import { emitDepth, pairs } from "../depth.ts";
import { emitFundingRate, emitIndexPrice, emitMarkPrice } from "../emit.ts";
import { emitFundingHistory, fundingIntervalMs, USUAL_FUNDING_MS } from "../funding.ts";
import { groupRows } from "../group.ts";
import { RATE, readNumber } from "../num.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { timedRows } from "../series.ts";
import { emitTakerVolume } from "../taker.ts";
import { rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Reads candles of the swap that was asked for; volume is taken in coins. */
export function readKlines(reading: Reading, payload: unknown): void {
  const list = rowsOf(reading, payload);
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, "$.data", wire.KlineRow, (row) => {
    const [time, open, high, low, close, , volume, , confirm] = row;
    return { time, open, high, low, close, volume, ...UNTOLD, finished: confirm === "1" };
  });
  emitCandles(reading, instrument, rows, "coins", MINUTE_MS);
}

/** Reads mark prices of all swaps; the index is another request, keyed by pair. */
export function readMarkPrice(reading: Reading, payload: unknown): void {
  forEachContract(reading, rowsOf(reading, payload), "$.data", "instId", (instrument, raw, path) => {
    const row = readRow(reading, wire.MarkPriceRow, raw, path);
    if (row !== null) emitMarkPrice(reading, instrument, row.ts, row.markPx, null);
  });
}

/** Reads index prices, each as that of its pair's swap: the venue keys them by pair. */
export function readIndexTickers(reading: Reading, payload: unknown): void {
  const list = rowsOf(reading, payload);
  list.forEach((raw, i) => {
    const path = `$.data[${i}]`;
    const row = readRow(reading, wire.IndexTickerRow, raw, path);
    const instrument =
      row === null ? null : contractNamed(reading, `${row.instId}-SWAP`, `${path}.instId`, list.length);
    if (row !== null && instrument !== null) emitIndexPrice(reading, instrument, row.ts, row.idxPx);
  });
}

/** Reads the next charge. Its interval is the distance to the charge after it, or from the one before it. */
export function readFundingRate(reading: Reading, payload: unknown): void {
  forEachContract(reading, rowsOf(reading, payload), "$.data", "instId", (instrument, raw, path) => {
    const row = readRow(reading, wire.FundingRateRow, raw, path);
    if (row === null) return;
    const { fundingRate, fundingTime, nextFundingTime, prevFundingTime } = row;
    const distances = [(nextFundingTime ?? 0) - fundingTime, fundingTime - (prevFundingTime ?? 0)];
    const plausible = distances.find((distance) => distance >= HOUR_MS && distance <= DAY_MS);
    const intervalMs = fundingIntervalMs(instrument, plausible ?? null);
    const stamp = row.ts ?? reading.context.receivedAt;
    emitFundingRate(reading, instrument, stamp, { fundingRate, intervalMs, fundingTime });
  });
}

/** Reads charged funding rates. */
export function readFundingHistory(reading: Reading, payload: unknown): void {
  const groups = groupRows(reading, rowsOf(reading, payload), "$.data", "instId", (raw, path) => {
    const row = readRow(reading, wire.FundingHistoryRow, raw, path);
    if (row === null) return null;
    const { realizedRate, fundingTime: time } = row;
    if (realizedRate === undefined || realizedRate === "") return { time, path, raw, fundingRate: row.fundingRate };
    const realized = readNumber(realizedRate, RATE);
    if ("value" in realized) return { time, path, raw, fundingRate: realized.value };
    reject(reading, `${path}.realizedRate`, realized.reason, realizedRate);
    return null;
  });
  for (const { instrument, rows } of groups) emitFundingHistory(reading, instrument, rows, USUAL_FUNDING_MS);
}

/** Reads an order book of the swap that was asked for; sizes are contracts. */
export function readOrderBook(reading: Reading, payload: unknown): void {
  const list = rowsOf(reading, payload);
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  list.forEach((raw, i) => {
    const path = `$.data[${i}]`;
    const book = readRow(reading, wire.OrderBook, raw, path);
    if (book === null) return;
    emitDepth(reading, instrument, book.ts, pairs(book.bids, `${path}.bids`), pairs(book.asks, `${path}.asks`));
  });
}

/** Reads taker volume of the swap that was asked for, in coins: our requests say `unit=0`. Sells come first. */
export function readTakerVolume(reading: Reading, payload: unknown): void {
  const list = rowsOf(reading, payload);
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, "$.data", wire.TakerVolumeRow, ([time, takerSell, takerBuy]) => {
    return { time, takerSell, takerBuy };
  });
  emitTakerVolume(reading, instrument, rows, "coins", 5 * MINUTE_MS);
}
