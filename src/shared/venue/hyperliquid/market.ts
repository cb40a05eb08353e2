// Open interest, prices, funding, books and trades at Hyperliquid.
import type { Instrument } from "../../market/observation.ts";
import { HOUR_MS, MINUTE_MS } from "../../time/clock.ts";
import { type CandleRow, emitCandles } from "../candles.ts";
import { contractNamed } from "../contract.ts";
import { emitDepth, type Ladder } from "../depth.ts";
import { emitFundingRate, emitMarkPrice, emitOpenInterest } from "../emit.ts";
import { emitFundingHistory } from "../funding.ts";
import { groupRows } from "../group.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { emitTrades, type TradeRow } from "../taker.ts";
import * as wire from "./wire.ts";

/**
 * One-sided share of the venue's open interest. Its documentation gives the unit but not the sides, and others
 * disagree (1 or ½); changes against volume speak for ½ (docs/decisions/0029), a live probe has not settled it.
 */
export const OPEN_INTEREST_SIDES_FACTOR = 1;

/** Funding is charged every hour. */
const FUNDING_MS = HOUR_MS;

/** Reads open interest, prices and funding of all coins, as of our receive time: the snapshot has none. */
export function readMetaAndAssetContexts(reading: Reading, payload: unknown): void {
  const both = readRow(reading, wire.MetaAndContexts, payload, "$");
  if (both === null) return;
  const [{ universe }, contexts] = both;
  if (universe.length !== contexts.length) {
    // joined by index, so a list cut on one side would give every coin another's figures
    reject(reading, "$[1]", `has ${contexts.length} rows for ${universe.length} coins`, contexts.length);
    return;
  }
  universe.forEach((raw, i) => {
    const coin = readRow(reading, wire.Coin, raw, `$[0].universe[${i}]`);
    if (coin === null || coin.isDelisted === true) return;
    const instrument = contractNamed(reading, coin.name, `$[0].universe[${i}].name`, universe.length);
    if (instrument !== null) readContext(reading, instrument, contexts[i], `$[1][${i}]`);
  });
}

/** Reads a coin's context; open interest, prices and funding stand or fall alone. */
export function readContext(reading: Reading, instrument: Instrument, raw: unknown, path: string): void {
  const { receivedAt } = reading.context;
  const interest = readRow(reading, wire.ContextOpenInterest, raw, path);
  if (interest !== null) {
    emitOpenInterest(reading, instrument, receivedAt, interest.openInterest * OPEN_INTEREST_SIDES_FACTOR, null);
  }
  const prices = readRow(reading, wire.ContextPrices, raw, path);
  if (prices !== null) emitMarkPrice(reading, instrument, receivedAt, prices.markPx, prices.oraclePx);
  const next = readRow(reading, wire.ContextFunding, raw, path);
  if (next === null) return;
  const fundingTime = (Math.floor(receivedAt / FUNDING_MS) + 1) * FUNDING_MS;
  const { funding: fundingRate } = next;
  emitFundingRate(reading, instrument, receivedAt, { fundingRate, intervalMs: FUNDING_MS, fundingTime });
}

/** Reads candles; the venue does not split volume by taker side. */
export function readKlines(reading: Reading, payload: unknown): void {
  const list = readList(reading, payload, "$");
  const groups = groupRows(reading, list, "$", "s", (raw, path): CandleRow | null => {
    const row = readRow(reading, wire.CandleRow, raw, path);
    if (row === null) return null;
    const prices = { open: row.o, high: row.h, low: row.l, close: row.c };
    const intervalMs = row.T > row.t ? row.T - row.t + 1 : null;
    return { time: row.t, path, raw, ...prices, volume: row.v, takerBuy: null, intervalMs, finished: null };
  });
  for (const { instrument, rows } of groups) {
    emitCandles(reading, instrument, rows, "units", MINUTE_MS);
  }
}

/** Reads charged funding rates, per hour. */
export function readFundingHistory(reading: Reading, payload: unknown): void {
  const groups = groupRows(reading, readList(reading, payload, "$"), "$", "coin", (raw, path) => {
    const row = readRow(reading, wire.FundingHistoryRow, raw, path);
    return row === null ? null : { time: row.time, path, raw, fundingRate: row.fundingRate };
  });
  for (const { instrument, rows } of groups) emitFundingHistory(reading, instrument, rows, FUNDING_MS);
}

/** The payload of a stream message, or the answer itself: both carry the same rows. */
function dataOf(payload: unknown): { data: unknown; path: string } {
  if (typeof payload === "object" && payload !== null && "channel" in payload && "data" in payload) {
    return { data: payload.data, path: "$.data" };
  }
  return { data: payload, path: "$" };
}

/** Reads an order book, from the endpoint or the stream. */
export function readOrderBook(reading: Reading, payload: unknown): void {
  const { data, path } = dataOf(payload);
  const book = readRow(reading, wire.OrderBook, data, path);
  const instrument = book === null ? null : contractNamed(reading, book.coin, `${path}.coin`, 1);
  if (book === null || instrument === null) return;
  const [bids, asks] = book.levels;
  emitDepth(reading, instrument, book.time, ladder(bids, `${path}.levels[0]`), ladder(asks, `${path}.levels[1]`));
}

function ladder(value: unknown, path: string): Ladder<typeof wire.LevelRow> {
  return { schema: wire.LevelRow, value, path, level: ({ px, sz }) => ({ price: px, size: sz }) };
}

/** Reads trades, from the endpoint or the stream. No field of theirs marks a liquidation. */
export function readTrades(reading: Reading, payload: unknown): void {
  const { data, path } = dataOf(payload);
  const groups = groupRows(reading, readList(reading, data, path), path, "coin", (raw, at): TradeRow | null => {
    const row = readRow(reading, wire.TradeRow, raw, at);
    return row === null
      ? null
      : { time: row.time, price: row.px, takerSide: row.side === "B" ? "buy" : "sell", units: row.sz };
  });
  for (const { instrument, rows } of groups) emitTrades(reading, instrument, rows);
}
