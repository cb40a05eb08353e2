// Taker volume at Bybit: it follows from single trades only. Block trades are agreed away from the book and left out.
import type { TakerSide } from "../../market/symbol.ts";
import { groupRows } from "../group.ts";
import { type Reading, readList, readRow } from "../reading.ts";
import { emitTrades, type TradeRow } from "../taker.ts";
import { listOf, open } from "./envelope.ts";
import { messageData } from "./topic.ts";
import * as wire from "./wire.ts";

/** Reads the newest trades of a symbol. */
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
  for (const { instrument, rows } of groups) emitTrades(reading, instrument, rows);
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
