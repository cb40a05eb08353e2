// Liquidations at GMX: executed orders of type 7. They are on chain, so the list is complete.
import { contractNamed } from "../contract.ts";
import { emitLiquidation } from "../emit.ts";
import { AMOUNT_USD, POSITIVE_SIZE, PRICE, readNumber } from "../num.ts";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { toNumber, USD_DECIMALS } from "./fixed-point.ts";
import { coinOfPool, decimalsIn } from "./symbol.ts";
import * as wire from "./wire.ts";

/** Number of a liquidation among the order types of the contracts. */
const LIQUIDATION = 7;

/** Reads found trades; other orders than liquidations, and repeated rows, are passed over. */
export function readLiquidationOrders(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Trades, payload, "$");
  if (answer === null) return;
  const seen = new Set<string>();
  const list = readList(reading, answer.trades, "$.trades");
  list.forEach((raw, i) => {
    const path = `$.trades[${i}]`;
    const trade = readRow(reading, wire.TradeRow, raw, path);
    if (trade === null || trade.eventName !== "OrderExecuted" || trade.orderType !== LIQUIDATION) return;
    if (seen.has(trade.id)) return;
    seen.add(trade.id);
    const row = readRow(reading, wire.LiquidationRow, raw, path);
    const coin = row === null ? null : coinOfPool(row.marketName);
    const instrument = row === null ? null : contractNamed(reading, coin, `${path}.marketName`, list.length);
    if (row === null || instrument === null) return;
    const price = readNumber(toNumber(row.executionPrice, USD_DECIMALS - decimalsIn(instrument)), PRICE);
    const usd = readNumber(toNumber(row.sizeDeltaUsd, USD_DECIMALS), AMOUNT_USD);
    if ("reason" in price || "reason" in usd) {
      reject(reading, path, "reason" in price ? `price ${price.reason}` : `size ${"reason" in usd && usd.reason}`, raw);
      return;
    }
    const units = readNumber(usd.value / price.value / (instrument.baseUnitsPerContract ?? 1), {
      ...POSITIVE_SIZE,
      max: 1e45,
    });
    if ("reason" in units) {
      reject(reading, `${path}.sizeDeltaUsd`, units.reason, raw);
      return;
    }
    const side = row.isLong ? "long" : "short";
    const order = { side, price: price.value, priceKind: "trigger", units: units.value } as const;
    emitLiquidation(reading, instrument, row.timestamp * 1_000, order);
  });
}
