// Trades at dYdX; the forced ones among them are its liquidations, all of them.
import type { Instrument } from "../../market/observation.ts";
import { intervalStart, MINUTE_MS } from "../../time/clock.ts";
import { contractAsked, contractNamed } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { type Reading, readList, readRow } from "../reading.ts";
import { emitTrades, type TradeRow } from "../taker.ts";
import * as wire from "./wire.ts";

/** Taker volume is told of this much before the newest trade: in a quiet market the list reaches back for days. */
const TAKER_MS = 10 * MINUTE_MS;

/** Reads the newest trades of the market that was asked for: no trade between the oldest and the newest is left out. */
export function readTrades(reading: Reading, payload: unknown): void {
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const trades = readRows(reading, instrument, [[payload, "$"]]);
  const times = trades.map(({ time }) => time);
  const newest = times.reduce((a, b) => Math.max(a, b), 0);
  const oldest = times.reduce((a, b) => Math.min(a, b), newest);
  const recent = trades.filter(({ time }) => time > newest - TAKER_MS);
  // the list may begin within the minute of its oldest trade, or of the oldest one that is told of
  const cut = Math.max(oldest, newest - TAKER_MS);
  const whole = { afterMs: intervalStart(cut, MINUTE_MS), beforeMs: intervalStart(newest, MINUTE_MS) };
  emitTrades(reading, instrument, recent, whole);
}

/** Reads a message of the stream; a batch holds several. */
export function readTradesStream(reading: Reading, payload: unknown): void {
  const message = readRow(reading, wire.TradesMessage, payload, "$");
  const instrument = message === null ? null : contractNamed(reading, message.id, "$.id", 1);
  if (message === null || instrument === null) return;
  const { contents } = message;
  const parts = Array.isArray(contents)
    ? contents.map((part: unknown, i): [unknown, string] => [part, `$.contents[${i}]`])
    : [[contents, "$.contents"] as [unknown, string]];
  emitTrades(reading, instrument, readRows(reading, instrument, parts));
}

/** Returns the trades, their forced ones told as liquidations. A trade repeated within a payload counts once: the first message after subscribing repeats old ones. */
function readRows(reading: Reading, instrument: Instrument, parts: readonly [unknown, string][]): TradeRow[] {
  const seen = new Set<string>();
  const trades: TradeRow[] = [];
  for (const [part, at] of parts) {
    const answer = readRow(reading, wire.Trades, part, at);
    if (answer === null) continue;
    readList(reading, answer.trades, `${at}.trades`).forEach((raw, i) => {
      const row = readRow(reading, wire.TradeRow, raw, `${at}.trades[${i}]`);
      if (row === null || seen.has(row.id)) return;
      seen.add(row.id);
      const { size: units, price, createdAt: time } = row;
      trades.push({ time, price, takerSide: row.side === "BUY" ? "buy" : "sell", units });
      if (row.type !== "LIQUIDATED") return;
      // the liquidated account is the taker: it sells to close a long
      const side = row.side === "SELL" ? "long" : "short";
      emitLiquidation(reading, instrument, time, { side, price, priceKind: "fill", units });
    });
  }
  return trades;
}
