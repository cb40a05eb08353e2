// What leaves a hub for good: minutes and closed columns to D1, tiles to D1.
// Everything here may fail and be repeated: the rows wait in the hub's own store until D1 has them.
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import type { ContextColumn, LiquidationEvent, ListeningGap } from "../../src/shared/market/context.ts";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import { LAYERS } from "../../src/shared/tile/layer.ts";
import { encodeTile } from "../../src/shared/tile/tile-codec.ts";
import { INTERVALS, tileIndex, tileStartMs } from "../../src/shared/tile/tile-key.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { saveColumns } from "../../workers/store/columns.ts";
import { saveContext, saveGaps, saveLiquidations } from "../../workers/store/context.ts";
import { saveMinutes } from "../../workers/store/minute-bars.ts";
import { type StoredTile, saveTiles } from "../../workers/store/tiles.ts";
import type { HubStore, OpenColumn, OutboxRow } from "./hub-store.ts";
import { readLayers } from "./open-layers.ts";

/** Outbox rows taken at a time: in a backfill each holds half a megabyte. */
const OUTBOX_ROWS = 16;

/** Columns of the finest widths stay in the hub this long after their tile closed: the live delta needs them. */
const KEEP_OPEN_MS = 26 * 3_600_000;

/** Moves waiting minutes and columns to D1; true when more is waiting. */
export async function flushOutbox(store: HubStore, db: D1Database): Promise<boolean> {
  const rows = store.outbox(OUTBOX_ROWS);
  const minutes = rows.flatMap((row) => (row.kind === "minutes" ? (JSON.parse(row.body) as VenueMinute[]) : []));
  const columns = rows.flatMap((row) => (row.kind === "columns" ? (JSON.parse(row.body) as ClosedColumn[]) : []));
  if (minutes.length > 0) await saveMinutes(db, minutes);
  if (columns.length > 0) await saveColumns(db, columns);
  const read = <T>(kind: OutboxRow["kind"]) =>
    rows.flatMap((row) => (row.kind === kind ? (JSON.parse(row.body) as T[]) : []));
  await saveContext(db, read<ContextColumn>("context"));
  await saveLiquidations(db, read<LiquidationEvent>("liquidations"));
  await saveGaps(db, read<ListeningGap>("gaps"));
  store.dequeue(rows.map((row) => row.id));
  return rows.length === OUTBOX_ROWS;
}

export interface TileFlush {
  symbol: SymbolId;
  modelVersion: string;
  /** Market time. */
  now: EpochMs;
  /** First minute not closed yet: a tile whose end it has passed is closed. */
  cursor: EpochMs;
  /** Also write tiles that are still open. */
  includeOpen: boolean;
}

/** Writes the tiles that the hub still holds; closed ones are dropped from the hub once D1 has them. */
export async function flushTiles(store: HubStore, db: D1Database, flush: TileFlush): Promise<void> {
  for (const intervalMs of INTERVALS) {
    const doneKey = `tile-done-${intervalMs}`;
    const doneBefore = Number(store.value(doneKey) ?? 0);
    const openFrom = tileStartMs(tileIndex(flush.cursor, intervalMs), intervalMs);
    const held = store.openColumns(intervalMs, doneBefore, flush.includeOpen ? flush.cursor : openFrom);
    for (const [index, columns] of byTile(held, intervalMs)) {
      const endMs = tileStartMs(index + 1, intervalMs);
      const closed = endMs <= flush.cursor;
      await saveTiles(db, await toTiles(index, intervalMs, columns, closed, flush));
      if (closed) store.setValue(doneKey, String(endMs));
    }
    const keepFrom = Math.min(Number(store.value(doneKey) ?? 0), flush.cursor - KEEP_OPEN_MS);
    store.dropOpenColumns(intervalMs, keepFrom);
  }
}

async function toTiles(
  index: number,
  intervalMs: number,
  columns: readonly OpenColumn[],
  closed: boolean,
  flush: TileFlush,
): Promise<StoredTile[]> {
  const decoded = columns.map(readLayers);
  const tiles: StoredTile[] = [];
  for (const [i, layer] of LAYERS.entries()) {
    const own = decoded.flatMap((layers) => layers[i] ?? []);
    tiles.push({
      symbol: flush.symbol,
      layer,
      intervalMs,
      tileIndex: index,
      modelVersion: flush.modelVersion,
      columnCount: own.length,
      closed,
      body: await gzip(encodeTile(intervalMs, tileStartMs(index, intervalMs), own)),
      updatedMs: flush.now,
    });
  }
  return tiles;
}

function byTile(columns: readonly OpenColumn[], intervalMs: number): Map<number, OpenColumn[]> {
  const tiles = new Map<number, OpenColumn[]>();
  for (const column of columns) {
    const index = tileIndex(column.startMs, intervalMs);
    const tile = tiles.get(index) ?? [];
    tile.push(column);
    tiles.set(index, tile);
  }
  return tiles;
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
