// One model: one venue, one symbol, one parameter set, and the state they have led to.
import type { SymbolId, VenueId } from "../market/symbol.ts";
import { type Book, copyBook, createBook } from "./book.ts";
import { DEFAULT_PARAMS, type ModelParams } from "./params.ts";
import { type Tables, tablesFor } from "./tables.ts";

/** Raise when the same bars and parameters would lead to other bytes. */
const ENGINE = "flt2";

/** Returns what identifies every figure: engine and parameter set. */
export function modelVersion(params: ModelParams): string {
  return `${ENGINE}-${params.version}`;
}

/** Version under the default parameters. */
export const MODEL_VERSION: string = modelVersion(DEFAULT_PARAMS);

export interface Counters {
  /** Bars since the first known open interest. */
  bars: number;
  /** Of these: open interest or volume was not available. */
  degradedBars: number;
  /** Of these: open interest changed by more than was traded. */
  clippedBars: number;
  /** Swept value of both sides so far, USD. */
  sweptUsd: number;
}

export interface Model {
  venue: VenueId;
  symbol: SymbolId;
  params: ModelParams;
  version: string;
  tables: Tables;
  /** Null before the first known open interest. */
  book: Book | null;
  counters: Counters;
}

export function createModel(spec: { venue: VenueId; symbol: SymbolId; params: ModelParams }): Model {
  return {
    ...spec,
    version: modelVersion(spec.params),
    tables: tablesFor(spec.params, spec.venue, spec.symbol),
    book: null,
    counters: { bars: 0, degradedBars: 0, clippedBars: 0, sweptUsd: 0 },
  };
}

/** Makes `into` equal to `from`, reusing its memory: a provisional overlay may step on without touching the original. */
export function copyModel(from: Model, into: Model): void {
  const { book, counters } = into;
  Object.assign(into, from, { book, counters });
  Object.assign(counters, from.counters);
  if (from.book === null) into.book = null;
  else {
    into.book = book ?? createBook(0, 0);
    copyBook(from.book, into.book);
  }
}
