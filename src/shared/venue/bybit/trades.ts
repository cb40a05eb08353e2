// Taker volume at Bybit: it follows from single trades only. Block trades are agreed away from the book and left out.
import type { TakerSide } from "../../market/symbol.ts";
import { intervalStart, MINUTE_MS } from "../../time/clock.ts";
import { groupRows } from "../group.ts";
import { type Reading, readList, readRow } from "../reading.ts";
import { emitTrades, type TradeRow } from "../taker.ts";
import { listOf, open } from "./envelope.ts";
import { messageData } from "./topic.ts";
import * as wire from "./wire.ts";

/** Taker volume is told of this much before the newest trade: in a quiet market the list reaches back for hours. */
const TAKER_MS = 10 * MINUTE_MS;

/** Reads the newest trades of a symbol: none between the oldest and the newest is left out. */
export function readTrades(reading: Reading, payload: unknown): void {
  const opened = open(reading, payload);
  if (opened === null) return;
  const groups = groupRows(
    reading,
    listOf(reading, opened),
    "$.result.list",
    "symbol",
    (raw, path): TradeRow | null => {
      const row = readRow(reading, wire.TradeRow, raw, path);
      if (row === null || row.isBlockTrade === true) return null;
      return { time: row.time, price: row.price, takerSide: takerSide(row.side), units: row.size };
    },
  );
  for (const { instrument, rows } of groups) {
    const newest = rows.reduce((latest, { time }) => Math.max(latest, time), 0);
    const oldest = rows.reduce((earliest, { time }) => Math.min(earliest, time), newest);
    // the list may begin within the minute of its oldest trade, or of the oldest one that is told of
    const cut = Math.max(oldest, newest - TAKER_MS);
    const whole = { afterMs: intervalStart(cut, MINUTE_MS), beforeMs: intervalStart(newest, MINUTE_MS) };
    emitTrades(
      reading,
      instrument,
      rows.filter(({ time }) => time >= cut),
      whole,
    );
  }
}

/** Reads a message of the trade stream. */
export function readTradesStream(reading: Reading, payload: unknown): void {
  const data = messageData(reading, payload, "publicTrade.");
  if (data === null) return;
  const list = readList(reading, data, "$.data");
  const groups = groupRows(reading, list, "$.data", "s", (raw, path): TradeRow | null => {
    const row = readRow(reading, wire.TradeEvent, raw, path);
    if (row === null || row.BT === true) return null;
    return { time: row.T, price: row.p, takerSide: takerSide(row.S), units: row.v };
  });
  for (const { instrument, rows } of groups) emitTrades(reading, instrument, rows);
}

function takerSide(side: "Buy" | "Sell"): TakerSide {
  return side === "Buy" ? "buy" : "sell";
}
