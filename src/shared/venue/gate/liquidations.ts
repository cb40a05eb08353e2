// Liquidations at Gate: the sign of `size` is the side of the position.
import { forEachContract } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { unframed } from "./frame.ts";
import * as wire from "./wire.ts";

/** Reads the REST list: fills, with what was force-closed where the row says so, else the position. */
export function readLiquidationOrders(reading: Reading, payload: unknown): void {
  forEachContract(reading, readList(reading, payload, "$"), "$", "contract", (instrument, raw, path) => {
    const row = readRow(reading, wire.LiquidationOrderRow, raw, path);
    if (row === null) return;
    const units = Math.abs(row.order_size === null || row.order_size === 0 ? row.size : row.order_size);
    if (isNothing(reading, row.size, `${path}.size`)) return;
    const side = row.size > 0 ? "long" : "short";
    emitLiquidation(reading, instrument, row.time, { side, price: row.fill_price, priceKind: "fill", units });
  });
}

/** Reads a message of the stream; its price is that of the order. */
export function readLiquidationStream(reading: Reading, payload: unknown): void {
  const { body, path: at } = unframed(payload);
  forEachContract(reading, readList(reading, body, at), at, "contract", (instrument, raw, path) => {
    const row = readRow(reading, wire.LiquidationStreamRow, raw, path);
    if (row === null || isNothing(reading, row.size, `${path}.size`)) return;
    const side = row.size > 0 ? "long" : "short";
    const units = Math.abs(row.size);
    emitLiquidation(reading, instrument, row.time, { side, price: row.price, priceKind: "order", units });
  });
}

/** Smallest size there is: below it nothing was closed. */
const LEAST_UNITS = 1e-9;

function isNothing(reading: Reading, size: number, path: string): boolean {
  if (Math.abs(size) >= LEAST_UNITS) return false;
  reject(reading, path, "nothing was closed", size);
  return true;
}
