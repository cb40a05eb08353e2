// Open interest at OKX: one side, in contracts, with the same in coins beside it.
import type { Instrument } from "../../market/observation.ts";
import type { EpochMs } from "../../time/clock.ts";
import { contractAsked, forEachContract } from "../contract.ts";
import { emitOpenInterest, emitOpenInterestCoins, emitOpenInterestValue } from "../emit.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import { inOrder, timedRows } from "../series.ts";
import { rowsOf } from "./envelope.ts";
import * as wire from "./wire.ts";

/** Largest relative gap between contracts × value and what the venue says they are: above rounding, far below a wrong value. */
const TOLERANCE = 1e-3;

/** Reads open interest of all swaps. */
export function readOpenInterest(reading: Reading, payload: unknown): void {
  forEachContract(reading, rowsOf(reading, payload), "$.data", "instId", (instrument, raw, path) => {
    const row = readRow(reading, wire.OpenInterestRow, raw, path);
    if (row === null) return;
    addOpenInterest(
      reading,
      instrument,
      { time: row.ts, contracts: row.oi, coins: row.oiCcy, usd: row.oiUsd },
      `${path}.oiCcy`,
    );
  });
}

/** Reads snapshots of open interest of the swap that was asked for. */
export function readOpenInterestHistory(reading: Reading, payload: unknown): void {
  const list = rowsOf(reading, payload);
  const instrument = contractAsked(reading);
  if (instrument === null) return;
  const rows = timedRows(reading, list, "$.data", wire.OpenInterestHistoryRow, ([time, contracts, coins, usd]) => {
    return { time, contracts, coins, usd };
  });
  for (const row of inOrder(reading, rows)) addOpenInterest(reading, instrument, row, `${row.path}[2]`);
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
  const rows = timedRows(reading, list, "$.data", wire.OpenInterestOfCoinRow, ([time, usd]) => ({ time, usd }));
  for (const { time, usd } of inOrder(reading, rows)) emitOpenInterestValue(reading, instrument, time, usd);
}

/** Open interest as a row states it, each figure in its unit. */
interface Stated {
  time: EpochMs;
  contracts: number;
  coins: number | null;
  usd: number | null;
}

/**
 * Adds open interest. The venue's own coins are what is kept where it states them; a gap to contracts × value means a
 * changed contract value or another unit, and is a reject.
 */
function addOpenInterest(
  reading: Reading,
  instrument: Instrument,
  { time, contracts, coins, usd }: Stated,
  path: string,
): void {
  if (coins === null) {
    emitOpenInterest(reading, instrument, time, contracts, usd);
    return;
  }
  // coin-margined contracts count USD: there the venue's USD, where it is given, is what they must come to
  const isInverse = instrument.baseUnitsPerContract === null;
  const unit = isInverse ? instrument.quoteUnitsPerContract : instrument.baseUnitsPerContract;
  const [stated, expected] = [isInverse ? usd : coins, contracts * unit];
  if (stated !== null && Math.abs(stated - expected) > TOLERANCE * expected) {
    const what = isInverse ? "USD" : "coins";
    reject(reading, path, `was ${stated} ${what}, expected ${contracts} contracts of ${unit} = ${expected}`, stated);
    return;
  }
  emitOpenInterestCoins(reading, instrument, time, coins, usd);
}
