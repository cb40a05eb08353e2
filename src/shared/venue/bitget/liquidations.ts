// Liquidations at Bitget: `side` is the position's, the price its bankruptcy price. The list is published with delay.
import { forEachContract } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { sizeOf } from "./amount.ts";
import { rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Reads the REST list. */
export function readLiquidationOrders(reading: Reading, payload: unknown): void {
  const { rows, path } = rowsOf(reading, payload, "list");
  readOrders(reading, rows, path);
}

/** Reads a message of the stream; without the envelope, the rows are the same. */
export function readLiquidationStream(reading: Reading, payload: unknown): void {
  const data: unknown = typeof payload === "object" && payload !== null ? Reflect.get(payload, "data") : undefined;
  readOrders(reading, readList(reading, data, "$.data"), "$.data");
}

function readOrders(reading: Reading, rows: readonly unknown[], path: string): void {
  forEachContract(reading, rows, path, "symbol", (instrument, raw, at) => {
    const row = readRow(reading, wire.LiquidationRow, raw, at);
    if (row === null) return;
    const size = sizeOf(row.amount, row.price);
    if ("reason" in size) {
      reject(reading, `${at}.amount`, size.reason, row.amount);
      return;
    }
    const side = row.side === "buy" ? "long" : "short";
    emitLiquidation(reading, instrument, row.ts, {
      side,
      price: row.price,
      priceKind: "bankruptcy",
      units: size.units,
    });
  });
}
