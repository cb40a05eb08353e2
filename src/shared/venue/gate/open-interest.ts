// Open interest at Gate: one side, in contracts.
import type { Instrument } from "../../market/observation.ts";
import { contractAsked, contractNamed, forEachContract } from "../contract.ts";
import { emitMarkPrice, emitOpenInterest } from "../emit.ts";
import { type Reading, readList, readRow, reject, textAt } from "../reading.ts";
import { inOrder } from "../series.ts";
import { rowsIn, unframed } from "./frame.ts";
import * as wire from "./wire.ts";

/** Largest relative gap between contracts × value × mark and the venue's USD: the two may be a moment apart. */
const USD_TOLERANCE = 0.02;

/** Reads open interest and prices of all contracts, stamped with our receive time: the rows carry none. */
export function readTickers(reading: Reading, payload: unknown): void {
  const { receivedAt } = reading.context;
  forEachContract(reading, readList(reading, payload, "$"), "$", "contract", (instrument, raw, path) => {
    const interest = readRow(reading, wire.TickerOpenInterest, raw, path);
    if (interest !== null) emitOpenInterest(reading, instrument, receivedAt, interest.total_size, null);
    const prices = readRow(reading, wire.TickerPrices, raw, path);
    if (prices !== null) emitMarkPrice(reading, instrument, receivedAt, prices.mark_price, prices.index_price);
  });
}

/** Reads snapshots of one contract: that of the stream's row, else the one that was asked for. */
export function readContractStats(reading: Reading, payload: unknown): void {
  const { body, path: at } = unframed(payload);
  const named = textAt(body, "contract");
  const instrument = named === null ? contractAsked(reading) : contractNamed(reading, named, `${at}.contract`, 1);
  if (instrument === null) return;
  const rows = rowsIn(body, at).flatMap(({ row: raw, path }) => {
    const row = readRow(reading, wire.ContractStatsRow, raw, path);
    return row === null || !agrees(reading, instrument, row, path) ? [] : [{ ...row, path, raw }];
  });
  for (const row of inOrder(reading, rows)) {
    emitOpenInterest(reading, instrument, row.time, row.open_interest, row.open_interest_usd);
    if (row.mark_price !== null) emitMarkPrice(reading, instrument, row.time, row.mark_price, null);
  }
}

/** Whether the venue's USD is what its contracts come to at its mark price; a gap means another contract value or unit. */
function agrees(
  reading: Reading,
  { baseUnitsPerContract, priceMultiplier }: Instrument,
  row: { open_interest: number; open_interest_usd: number | null; mark_price: number | null },
  path: string,
): boolean {
  const { open_interest: contracts, open_interest_usd: usd, mark_price: mark } = row;
  if (usd === null || mark === null || baseUnitsPerContract === null) return true;
  const expected = (contracts * baseUnitsPerContract * mark) / priceMultiplier;
  if (Math.abs(usd - expected) <= USD_TOLERANCE * expected) return true;
  const reason = `was ${usd} USD, expected ${contracts} contracts of ${baseUnitsPerContract} at ${mark} = ${expected}`;
  reject(reading, `${path}.open_interest_usd`, reason, usd);
  return false;
}
