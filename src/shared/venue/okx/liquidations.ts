// Liquidations at OKX: at most one order per contract and second is published, so sums are lower bounds.
import type * as z from "zod/mini";
import type { Side } from "../../market/symbol.ts";
import { forEachContract } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Reads the REST list. */
export function readLiquidationOrders(reading: Reading, payload: unknown): void {
  readContracts(reading, rowsOf(reading, payload));
}

/** Reads a message of the stream; without the envelope, the rows are the same. */
export function readLiquidationStream(reading: Reading, payload: unknown): void {
  const data: unknown = typeof payload === "object" && payload !== null ? Reflect.get(payload, "data") : undefined;
  readContracts(reading, readList(reading, data, "$.data"));
}

/** An order repeated within a payload counts once: the first push after subscribing can repeat old ones. */
function readContracts(reading: Reading, rows: readonly unknown[]): void {
  const seen = new Set<string>();
  forEachContract(reading, rows, "$.data", "instId", (instrument, raw, path) => {
    const row = readRow(reading, wire.LiquidationRow, raw, path);
    row?.details.forEach((detail, i) => {
      const at = `${path}.details[${i}]`;
      const order = readRow(reading, wire.LiquidationDetail, detail, at);
      if (order === null) return;
      const side = sideOf(order);
      if (side === null) {
        reject(reading, `${at}.posSide`, `a ${order.posSide} is not closed by a ${order.side}`, detail);
        return;
      }
      const key = [instrument.venueSymbol, order.ts, order.sz, order.bkPx].join(" ");
      if (seen.has(key)) return;
      seen.add(key);
      const { bkPx: price, sz: units } = order;
      emitLiquidation(reading, instrument, order.ts, { side, price, priceKind: "bankruptcy", units });
    });
  });
}

/** The side of the position: stated in hedge mode, else opposite to the order; null where the two contradict each other. */
function sideOf({ posSide, side }: z.output<typeof wire.LiquidationDetail>): Side | null {
  const closed: Side = side === "sell" ? "long" : "short";
  return posSide === "net" || posSide === closed ? closed : null;
}
