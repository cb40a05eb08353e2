// A hub's store in the object's SQLite: integer keys and rings, because each written row is billed and so is each deletion.
import { assert } from "../../src/shared/error/assert.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { HubStore, OpenColumn, OutboxRow } from "./hub-store.ts";

/** Slots of the journal ring; the hub takes a snapshot long before it wraps. */
export const JOURNAL_SLOTS = 4_096;

/** A row may hold 2 MB (developers.cloudflare.com/durable-objects/platform/limits, read 2026-11). */
const PART_BYTES = 1_500_000;

const TABLES = [
  "CREATE TABLE IF NOT EXISTS journal (slot INTEGER, part INTEGER, sequence INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (slot, part)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS snapshot (part INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, parts INTEGER NOT NULL, body BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS open_columns (interval_ms INTEGER, start_ms INTEGER, meta TEXT NOT NULL, layers BLOB NOT NULL, PRIMARY KEY (interval_ms, start_ms)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS cross_columns (venue TEXT, start_ms INTEGER, body BLOB NOT NULL, PRIMARY KEY (venue, start_ms)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS flows (venue TEXT, start_ms INTEGER, body BLOB NOT NULL, PRIMARY KEY (venue, start_ms)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS value (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
];

export class SqliteHubStore implements HubStore {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
    for (const table of TABLES) this.#sql.exec(table);
  }

  transact<T>(work: () => T): T {
    return this.#storage.transactionSync(work);
  }

  appendJournal(sequence: number, body: Uint8Array): void {
    const slot = sequence % JOURNAL_SLOTS;
    const parts = Math.max(1, Math.ceil(body.length / PART_BYTES));
    for (let part = 0; part < parts; part++) {
      this.#sql.exec(
        "INSERT INTO journal VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence, body = excluded.body",
        slot,
        part,
        sequence,
        toBuffer(body.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)),
      );
    }
  }

  *journalAfter(sequence: number): Generator<{ sequence: number; body: Uint8Array }> {
    const known = this.#sql
      .exec<{ sequence: number }>(
        "SELECT DISTINCT sequence FROM journal WHERE sequence > ? ORDER BY sequence",
        sequence,
      )
      .toArray();
    for (const row of known) {
      const parts = this.#sql
        .exec<{ body: ArrayBuffer }>(
          "SELECT body FROM journal WHERE slot = ? AND sequence = ? ORDER BY part",
          row.sequence % JOURNAL_SLOTS,
          row.sequence,
        )
        .toArray();
      yield { sequence: row.sequence, body: join(parts.map((part) => new Uint8Array(part.body))) };
    }
  }

  saveSnapshot(sequence: number, body: Uint8Array): void {
    const parts = Math.ceil(body.length / PART_BYTES);
    for (let part = 0; part < parts; part++) {
      this.#sql.exec(
        "INSERT INTO snapshot VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence, parts = excluded.parts, body = excluded.body",
        part,
        sequence,
        parts,
        toBuffer(body.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)),
      );
    }
  }

  loadSnapshot(): { sequence: number; body: Uint8Array } | null {
    const first = this.#sql
      .exec<{ sequence: number; parts: number }>("SELECT sequence, parts FROM snapshot WHERE part = 0")
      .toArray()[0];
    if (first === undefined) return null;
    const rows = this.#sql
      .exec<{ sequence: number; body: ArrayBuffer }>(
        "SELECT sequence, body FROM snapshot WHERE part < ? ORDER BY part",
        first.parts,
      )
      .toArray();
    assert(
      rows.every((row) => row.sequence === first.sequence),
      "parts of a snapshot belong together",
    );
    return { sequence: first.sequence, body: join(rows.map((row) => new Uint8Array(row.body))) };
  }

  putOpenColumn(intervalMs: number, column: OpenColumn): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO open_columns VALUES (?, ?, ?, ?)",
      intervalMs,
      column.startMs,
      column.meta,
      toBuffer(column.layers),
    );
  }
  openColumns(intervalMs: number, fromMs: EpochMs, toMs: EpochMs): OpenColumn[] {
    return this.#sql
      .exec<{ start_ms: number; meta: string; layers: ArrayBuffer }>(
        "SELECT start_ms, meta, layers FROM open_columns WHERE interval_ms = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms",
        intervalMs,
        fromMs,
        toMs,
      )
      .toArray()
      .map((row) => ({ startMs: row.start_ms, meta: row.meta, layers: new Uint8Array(row.layers) }));
  }
  columnMetas(intervalMs: number, fromMs: EpochMs, toMs: EpochMs): string[] {
    return this.#sql
      .exec<{ meta: string }>(
        "SELECT meta FROM open_columns WHERE interval_ms = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms",
        intervalMs,
        fromMs,
        toMs,
      )
      .toArray()
      .map((row) => row.meta);
  }
  dropOpenColumns(intervalMs: number, beforeMs: EpochMs): void {
    this.#sql.exec("DELETE FROM open_columns WHERE interval_ms = ? AND start_ms < ?", intervalMs, beforeMs);
  }

  putCross(startMs: EpochMs, venue: VenueId, body: Uint8Array): void {
    this.#sql.exec("INSERT OR IGNORE INTO cross_columns VALUES (?, ?, ?)", venue, startMs, toBuffer(body));
  }
  cross(venue: VenueId, fromMs: EpochMs, toMs: EpochMs): { startMs: EpochMs; body: Uint8Array }[] {
    return this.#sql
      .exec<{ start_ms: number; body: ArrayBuffer }>(
        "SELECT start_ms, body FROM cross_columns WHERE venue = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms",
        venue,
        fromMs,
        toMs,
      )
      .toArray()
      .map((row) => ({ startMs: row.start_ms, body: new Uint8Array(row.body) }));
  }
  dropCross(beforeMs: EpochMs): void {
    this.#sql.exec("DELETE FROM cross_columns WHERE start_ms < ?", beforeMs);
  }

  putFlows(startMs: EpochMs, venue: VenueId, body: Uint8Array): void {
    this.#sql.exec("INSERT OR REPLACE INTO flows VALUES (?, ?, ?)", venue, startMs, toBuffer(body));
  }
  flows(venue: VenueId, fromMs: EpochMs, toMs: EpochMs): { startMs: EpochMs; body: Uint8Array }[] {
    return this.#sql
      .exec<{ start_ms: number; body: ArrayBuffer }>(
        "SELECT start_ms, body FROM flows WHERE venue = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms",
        venue,
        fromMs,
        toMs,
      )
      .toArray()
      .map((row) => ({ startMs: row.start_ms, body: new Uint8Array(row.body) }));
  }
  dropFlows(beforeMs: EpochMs): void {
    this.#sql.exec("DELETE FROM flows WHERE start_ms < ?", beforeMs);
  }

  enqueue(kind: OutboxRow["kind"], body: string): void {
    this.#sql.exec("INSERT INTO outbox (kind, body) VALUES (?, ?)", kind, body);
  }
  outbox(limit: number): OutboxRow[] {
    return this.#sql
      .exec<{ id: number; kind: OutboxRow["kind"]; body: string }>(
        "SELECT id, kind, body FROM outbox ORDER BY id LIMIT ?",
        limit,
      )
      .toArray();
  }
  dequeue(ids: readonly number[]): void {
    this.#sql.exec("DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
  }

  setValue(key: string, value: string): void {
    this.#sql.exec("INSERT INTO value VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", key, value);
  }
  value(key: string): string | null {
    const row = this.#sql.exec<{ value: string }>("SELECT value FROM value WHERE key = ?", key).toArray()[0];
    return row?.value ?? null;
  }
}

function toBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
