// Open interest at OKX: one side, in contracts, with the same in coins beside it.
import type { Instrument } from "../../market/observation.ts";
import { contractAsked, forEachContract } from "../contract.ts";
import { emitOpenInterest, emitOpenInterestValue } from "../emit.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { inOrder } from "../series.ts";
import { rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Largest relative gap between contracts × value and the venue's coins: above rounding, far below a wrong value. */
const COIN_TOLERANCE = 1e-3;

/** Reads open interest of all swaps. */
export function readOpenInterest(reading: Reading, payload: unknown): void {
  forEachContract(reading, rowsOf(reading, payload), "$.data", "instId", (instrument, raw, path) => {
    const row = readRow(reading, wire.OpenInterestRow, raw, path);
    if (row === null) return;
    const contracts = checkedContracts(reading, instrument, row.oi, row.oiCcy, `${path}.oiCcy`);
    if (contracts !== null) emitOpenInterest(reading, instrument, row.ts, contracts, row.oiUsd);
  });
}

/** Reads snapshots of open interest of the swap that was asked for. */
export function readOpenInterestHistory(reading: Reading, payload: unknown): void {
  const list = rowsOf(reading, payload);
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = list.flatMap((raw, i) => {
    const path = `$.data[${i}]`;
    const row = readRow(reading, wire.OpenInterestHistoryRow, raw, path);
    if (row === null) return [];
    const [time, oi, coins, usd] = row;
    const contracts = checkedContracts(reading, instrument, oi, coins, `${path}[2]`);
    return contracts === null ? [] : [{ time, path, raw, contracts, usd }];
  });
  for (const { time, contracts, usd } of inOrder(reading, rows)) {
    emitOpenInterest(reading, instrument, time, contracts, usd);
  }
}

/**
 * Reads the open interest of a coin in USD: swaps and dated contracts of any margin together, so it is a figure of its
 * own and never that of the swap. It is filed under the coin that was asked for, since the rows name none.
 */
export function readOpenInterestOfCoin(reading: Reading, payload: unknown): void {
  const list = rowsOf(reading, payload);
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  reading.result.about = "all contracts of the coin together, dated and coin-margined ones included";
  const rows = list.flatMap((raw, i) => {
    const path = `$.data[${i}]`;
    const row = readRow(reading, wire.OpenInterestOfCoinRow, raw, path);
    return row === null ? [] : [{ time: row[0], path, raw, usd: row[1] }];
  });
  for (const { time, usd } of inOrder(reading, rows)) emitOpenInterestValue(reading, instrument, time, usd);
}

/**
 * The open interest in contracts that the venue's coins stand for, so that its own figure is what we keep.
 * A gap to contracts × value means a changed contract value or another unit: a reject, and null.
 */
function checkedContracts(
  reading: Reading,
  instrument: Instrument,
  contracts: number,
  coins: number | null,
  path: string,
): number | null {
  if (coins === null) return contracts;
  const expected = contracts * instrument.baseUnitsPerContract;
  if (Math.abs(coins - expected) <= COIN_TOLERANCE * expected) return coins / instrument.baseUnitsPerContract;
  const unit = instrument.baseUnitsPerContract;
  reject(reading, path, `was ${coins} coins, expected ${contracts} contracts of ${unit} = ${expected}`, coins);
  return null;
}
