// What a hub keeps on disk. Two stores obey it: the object's SQLite and, in tests, memory.

import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";

export interface OpenColumn {
  startMs: EpochMs;
  /** ClosedColumn as JSON. */
  meta: string;
  /** Layers in the order of LAYERS, as a list of columns (tile/column-codec.ts). */
  layers: Uint8Array;
}

export interface OutboxRow {
  id: number;
  kind: "minutes" | "columns" | "context" | "liquidations" | "gaps";
  body: string;
}

export interface HubStore {
  /** Runs `work` so that all its writes happen, or none. */
  transact<T>(work: () => T): T;

  appendJournal(sequence: number, body: Uint8Array): void;
  /** Entries after `sequence`, oldest first. */
  journalAfter(sequence: number): Iterable<{ sequence: number; body: Uint8Array }>;

  saveSnapshot(sequence: number, body: Uint8Array): void;
  loadSnapshot(): { sequence: number; body: Uint8Array } | null;

  putOpenColumn(intervalMs: number, column: OpenColumn): void;
  /** Columns of a width in `[fromMs, toMs)`, oldest first. */
  openColumns(intervalMs: number, fromMs: EpochMs, toMs: EpochMs): OpenColumn[];
  /** Of the same columns only what is beside their cells, as JSON. */
  columnMetas(intervalMs: number, fromMs: EpochMs, toMs: EpochMs): string[];
  dropOpenColumns(intervalMs: number, beforeMs: EpochMs): void;

  /** Everything one exchange held at the end of a 30-minute column: tiers × ages (column-builder.ts). */
  putCross(startMs: EpochMs, venue: VenueId, body: Uint8Array): void;
  cross(venue: VenueId, fromMs: EpochMs, toMs: EpochMs): { startMs: EpochMs; body: Uint8Array }[];
  dropCross(beforeMs: EpochMs): void;

  /** What happened on one exchange in a half hour (flow-row.ts). */
  /** A row that is there is replaced: a replay knows better. */
  putFlows(startMs: EpochMs, venue: VenueId, body: Uint8Array): void;
  flows(venue: VenueId, fromMs: EpochMs, toMs: EpochMs): { startMs: EpochMs; body: Uint8Array }[];
  dropFlows(beforeMs: EpochMs): void;

  enqueue(kind: OutboxRow["kind"], body: string): void;
  outbox(limit: number): OutboxRow[];
  dequeue(ids: readonly number[]): void;

  setValue(key: string, value: string): void;
  value(key: string): string | null;
}
