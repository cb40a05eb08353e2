// Which contract a row is about, and whether not knowing it matters.
import type { Instrument } from "../market/observation.ts";
import { type Reading, reject, textAt } from "./reading.ts";

/**
 * Returns the contract that a row names, or null. `rows` is how many rows the payload has.
 * Venues list hundreds of contracts, so an unknown one among many is skipped without a word; it is a reject when the
 * request named it, or when it is all the payload is about and no instrument list is known.
 */
export function contractNamed(
  reading: Reading,
  venueSymbol: string | null,
  path: string,
  rows: number,
): Instrument | null {
  const { venueSymbol: asked, instruments } = reading.context;
  if (venueSymbol === null) {
    reject(reading, path, "names no contract", venueSymbol);
    return null;
  }
  if (asked !== null && asked !== venueSymbol) {
    if (rows === 1) reject(reading, path, `is about ${venueSymbol}, asked for ${asked}`, venueSymbol);
    return null;
  }
  const known = instruments.get(venueSymbol);
  if (known !== undefined) return known;
  const assumed = instruments.size === 0 ? reading.assume(venueSymbol) : null;
  if (assumed === null && (asked !== null || (instruments.size === 0 && rows === 1))) {
    reject(reading, path, `contract ${venueSymbol} is unknown`, venueSymbol);
  }
  return assumed;
}

/** Returns the contract that was asked for, for payloads that do not name theirs; null after a reject. */
export function contractAsked(reading: Reading): Instrument | null {
  const asked = reading.context.venueSymbol;
  if (asked !== null) return contractNamed(reading, asked, "$", 1);
  reject(reading, "$", "the payload names no contract and none was asked for", null);
  return null;
}

/** Calls `read` for each row whose contract is known, with the row's path; the symbol is the row's text under `key`. */
export function forEachContract(
  reading: Reading,
  rows: readonly unknown[],
  path: string,
  key: string,
  read: (instrument: Instrument, row: unknown, path: string) => void,
): void {
  let unknown = 0;
  rows.forEach((row, i) => {
    const at = `${path}[${i}]`;
    const instrument = contractNamed(reading, textAt(row, key), `${at}.${key}`, rows.length);
    if (instrument === null) unknown += 1;
    else read(instrument, row, at);
  });
  const { venueSymbol: asked, instruments } = reading.context;
  if (rows.length > 1 && unknown === rows.length && asked === null && instruments.size === 0) {
    reject(reading, path, `none of its ${rows.length} contracts is known`, rows[0]);
  }
}
