// Liquidations at Bybit: the stream is complete, in batches of 500 ms, at bankruptcy prices.
import type { Side } from "../../market/symbol.ts";
import { contractNamed, forEachContract } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { type Reading, readList, readRow, textAt } from "../reading.ts";
import { messageData } from "./topic.ts";
import * as wire from "./wire.ts";

/** Reads a liquidation message. The retired `liquidation.*` topic names the order's side, its successor the position's. */
export function readLiquidations(reading: Reading, payload: unknown): void {
  if (textAt(payload, "topic")?.startsWith("liquidation.")) {
    readRetired(reading, payload);
    return;
  }
  const data = messageData(reading, payload, "allLiquidation.");
  if (data === null) return;
  forEachContract(reading, readList(reading, data, "$.data"), "$.data", "s", (instrument, raw, path) => {
    const row = readRow(reading, wire.Liquidation, raw, path);
    if (row === null) return;
    const side: Side = row.S === "Buy" ? "long" : "short";
    emitLiquidation(reading, instrument, row.T, { side, price: row.p, priceKind: "bankruptcy", units: row.v });
  });
}

function readRetired(reading: Reading, payload: unknown): void {
  const data = messageData(reading, payload, "liquidation.");
  const instrument = data === null ? null : contractNamed(reading, textAt(data, "symbol"), "$.data.symbol", 1);
  if (instrument === null) return;
  const row = readRow(reading, wire.RetiredLiquidation, data, "$.data");
  if (row === null) return;
  const side: Side = row.side === "Sell" ? "long" : "short";
  const { updatedTime, price, size } = row;
  emitLiquidation(reading, instrument, updatedTime, { side, price, priceKind: "bankruptcy", units: size });
}
