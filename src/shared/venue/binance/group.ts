// Rows that each name their symbol, put together per contract.
import type * as z from "zod/mini";
import type { Instrument } from "../../market/observation.ts";
import type { EpochMs } from "../../time/clock.ts";
import { forEachContract } from "../contract.ts";
import { type Reading, readList, readRow } from "../reading.ts";
import type { TimedRow } from "../series.ts";

interface Group<T> {
  instrument: Instrument;
  rows: (TimedRow & { row: T })[];
}

/** Returns the usable rows of a list by contract; `timeOf` gives a row's time. */
export function bySymbol<S extends z.ZodMiniType>(
  reading: Reading,
  payload: unknown,
  schema: S,
  timeOf: (row: z.output<S>) => EpochMs,
): Group<z.output<S>>[] {
  const groups = new Map<string, Group<z.output<S>>>();
  const list = readList(reading, payload, "$");
  forEachContract(reading, list, "$", "symbol", (instrument, raw, path) => {
    const row = readRow(reading, schema, raw, path);
    if (row === null) return;
    const group = groups.get(instrument.venueSymbol) ?? { instrument, rows: [] };
    group.rows.push({ time: timeOf(row), path, raw, row });
    groups.set(instrument.venueSymbol, group);
  });
  return [...groups.values()];
}
