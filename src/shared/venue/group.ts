// Rows that each name their symbol, put together per contract.
import type { Instrument } from "../market/observation.ts";
import { forEachContract } from "./contract.ts";
import type { Reading } from "./reading.ts";

/** The usable rows of one contract, in the order received. */
export interface Group<T> {
  instrument: Instrument;
  rows: T[];
}

/** Returns what `read` makes of the rows whose contract is known, per contract; the symbol is the text under `key`. */
export function groupRows<T>(
  reading: Reading,
  list: readonly unknown[],
  path: string,
  key: string,
  read: (raw: unknown, path: string) => T | null,
): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  forEachContract(reading, list, path, key, (instrument, raw, at) => {
    const row = read(raw, at);
    if (row === null) return;
    const group = groups.get(instrument.venueSymbol);
    if (group === undefined) groups.set(instrument.venueSymbol, { instrument, rows: [row] });
    else group.rows.push(row);
  });
  return [...groups.values()];
}
