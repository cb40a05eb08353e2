// Liquidations at Binance: at most one order per symbol and second reaches the stream, so sums are lower bounds.
import { contractNamed } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { PRICE, readNumber } from "../num.ts";
import { type Reading, readRow, reject, textAt } from "../reading.ts";
import { forEachUsdMargined } from "./events.ts";
import * as wire from "./wire.ts";

/**
 * Reads force orders. The side is turned from the order to the position, the size is what was filled (`z`), the price
 * is the average fill, or the order's own before the first fill is reported.
 */
export function readForceOrders(reading: Reading, payload: unknown): void {
  forEachUsdMargined(reading, payload, "forceOrder", (event, path) => {
    const raw: unknown = Reflect.get(event, "o");
    const symbol = textAt(raw, "s");
    if (typeof raw !== "object" || raw === null) {
      reject(reading, `${path}.o`, "is not an object", raw);
      return;
    }
    const instrument = contractNamed(reading, symbol, `${path}.o.s`, 1);
    const order = instrument === null ? null : readRow(reading, wire.ForceOrder, raw, `${path}.o`);
    if (instrument === null || order === null) return;
    const fill = averageFill(order.ap);
    if (fill === "malformed") {
      reject(reading, `${path}.o.ap`, "is not a price", order.ap);
      return;
    }
    emitLiquidation(reading, instrument, order.T, {
      side: order.S === "SELL" ? "long" : "short",
      price: fill ?? order.p,
      priceKind: fill === null ? "order" : "fill",
      units: order.z,
    });
  });
}

function averageFill(value: unknown): number | null | "malformed" {
  if (value === undefined || value === "" || value === null) return null;
  const read = readNumber(value, { ...PRICE, min: 0 });
  if (!("value" in read)) return "malformed";
  return read.value === 0 ? null : read.value;
}
