// A hub's store in memory, for tests of the core: obeys the same suite as the SQLite one.
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { HubStore, OpenColumn, OutboxRow } from "./hub-store.ts";

export class MemoryHubStore implements HubStore {
  #journal = new Map<number, Uint8Array>();
  #snapshot: { sequence: number; body: Uint8Array } | null = null;
  #columns = new Map<number, Map<EpochMs, OpenColumn>>();
  #cross = new HalfHourRows();
  #flows = new HalfHourRows();
  #outbox: OutboxRow[] = [];
  #values = new Map<string, string>();
  #nextId = 1;

  transact<T>(work: () => T): T {
    const undo = this.#remember();
    try {
      return work();
    } catch (error) {
      undo();
      throw error;
    }
  }

  #remember(): () => void {
    const [journal, snapshot, outbox, values] = [
      new Map(this.#journal),
      this.#snapshot,
      [...this.#outbox],
      new Map(this.#values),
    ];
    const columns = new Map([...this.#columns].map(([width, rows]) => [width, new Map(rows)]));
    const [cross, flows] = [this.#cross.copy(), this.#flows.copy()];
    return () => {
      this.#journal = journal;
      this.#snapshot = snapshot;
      this.#outbox = outbox;
      this.#values = values;
      this.#columns = columns;
      this.#cross = cross;
      this.#flows = flows;
    };
  }

  appendJournal(sequence: number, body: Uint8Array): void {
    this.#journal.set(sequence, body.slice());
  }
  journalAfter(sequence: number): { sequence: number; body: Uint8Array }[] {
    return [...this.#journal]
      .filter(([at]) => at > sequence)
      .sort(([a], [b]) => a - b)
      .map(([at, body]) => ({ sequence: at, body }));
  }

  saveSnapshot(sequence: number, body: Uint8Array): void {
    this.#snapshot = { sequence, body: body.slice() };
    for (const at of this.#journal.keys()) if (at <= sequence) this.#journal.delete(at);
  }
  loadSnapshot(): { sequence: number; body: Uint8Array } | null {
    return this.#snapshot;
  }

  putOpenColumn(intervalMs: number, column: OpenColumn): void {
    const width = this.#columns.get(intervalMs) ?? new Map<EpochMs, OpenColumn>();
    if (!width.has(column.startMs)) width.set(column.startMs, column);
    this.#columns.set(intervalMs, width);
  }
  openColumns(intervalMs: number, fromMs: EpochMs, toMs: EpochMs): OpenColumn[] {
    return [...(this.#columns.get(intervalMs)?.values() ?? [])]
      .filter((column) => column.startMs >= fromMs && column.startMs < toMs)
      .sort((a, b) => a.startMs - b.startMs);
  }
  columnMetas(intervalMs: number, fromMs: EpochMs, toMs: EpochMs): string[] {
    return this.openColumns(intervalMs, fromMs, toMs).map(({ meta }) => meta);
  }
  dropOpenColumns(intervalMs: number, beforeMs: EpochMs): void {
    const width = this.#columns.get(intervalMs);
    for (const startMs of width?.keys() ?? []) if (startMs < beforeMs) width?.delete(startMs);
  }

  putCross(startMs: EpochMs, venue: VenueId, body: Uint8Array): void {
    this.#cross.put(startMs, venue, body);
  }
  cross(venue: VenueId, fromMs: EpochMs, toMs: EpochMs): HalfHourRow[] {
    return this.#cross.between(venue, fromMs, toMs);
  }
  dropCross(beforeMs: EpochMs): void {
    this.#cross.drop(beforeMs);
  }

  putFlows(startMs: EpochMs, venue: VenueId, body: Uint8Array): void {
    this.#flows.replace(startMs, venue, body);
  }
  flows(venue: VenueId, fromMs: EpochMs, toMs: EpochMs): HalfHourRow[] {
    return this.#flows.between(venue, fromMs, toMs);
  }
  dropFlows(beforeMs: EpochMs): void {
    this.#flows.drop(beforeMs);
  }

  enqueue(kind: OutboxRow["kind"], body: string): void {
    this.#outbox.push({ id: this.#nextId++, kind, body });
  }
  outbox(limit: number): OutboxRow[] {
    return this.#outbox.slice(0, limit);
  }
  dequeue(ids: readonly number[]): void {
    this.#outbox = this.#outbox.filter((row) => !ids.includes(row.id));
  }

  setValue(key: string, value: string): void {
    this.#values.set(key, value);
  }
  value(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
}

interface HalfHourRow {
  startMs: EpochMs;
  body: Uint8Array;
}

/** One body per exchange and half hour. */
class HalfHourRows {
  readonly #rows: Map<VenueId, Map<EpochMs, Uint8Array>>;

  constructor(rows = new Map<VenueId, Map<EpochMs, Uint8Array>>()) {
    this.#rows = rows;
  }
  copy(): HalfHourRows {
    return new HalfHourRows(new Map([...this.#rows].map(([venue, rows]) => [venue, new Map(rows)])));
  }
  /** The first that is put stays. */
  put(startMs: EpochMs, venue: VenueId, body: Uint8Array): void {
    if (!this.#rows.get(venue)?.has(startMs)) this.replace(startMs, venue, body);
  }
  replace(startMs: EpochMs, venue: VenueId, body: Uint8Array): void {
    const rows = this.#rows.get(venue) ?? new Map<EpochMs, Uint8Array>();
    rows.set(startMs, body.slice());
    this.#rows.set(venue, rows);
  }
  between(venue: VenueId, fromMs: EpochMs, toMs: EpochMs): HalfHourRow[] {
    return [...(this.#rows.get(venue) ?? [])]
      .filter(([startMs]) => startMs >= fromMs && startMs < toMs)
      .sort(([a], [b]) => a - b)
      .map(([startMs, body]) => ({ startMs, body }));
  }
  drop(beforeMs: EpochMs): void {
    for (const rows of this.#rows.values()) {
      for (const startMs of rows.keys()) if (startMs < beforeMs) rows.delete(startMs);
    }
  }
}
