// Trades at dYdX; the forced ones among them are its liquidations, all of them.
import type { Instrument } from "../../market/observation.ts";
import { contractAsked, contractNamed } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { type Reading, readList, readRow } from "../reading.ts";
import { emitTrades, type TradeRow } from "../taker.ts";
import * as wire from "./wire.ts";

/** Reads the newest trades of the market that was asked for. */
export function readTrades(reading: Reading, payload: unknown): void {
  const instrument = contractAsked(reading);
  if (instrument !== null) readRows(reading, instrument, [[payload, "$"]]);
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
  readRows(reading, instrument, parts);
}

/** A trade repeated within a payload counts once: the first message after subscribing repeats old ones. */
function readRows(reading: Reading, instrument: Instrument, parts: readonly [unknown, string][]): void {
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
      trades.push({ time, takerSide: row.side === "BUY" ? "buy" : "sell", units });
      if (row.type !== "LIQUIDATED") return;
      // the liquidated account is the taker: it sells to close a long
      const side = row.side === "SELL" ? "long" : "short";
      emitLiquidation(reading, instrument, time, { side, price, priceKind: "fill", units });
    });
  }
  emitTrades(reading, instrument, trades);
}
