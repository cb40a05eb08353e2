// The stored part of a heatmap: closed tiles from D1 (kept in memory, they never change) and the hub's newest columns.

import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { decodeColumns } from "../../../src/shared/tile/column-codec.ts";
import type { LayerKey } from "../../../src/shared/tile/layer.ts";
import type { LayerColumn } from "../../../src/shared/tile/layer-column.ts";
import { decodeTile } from "../../../src/shared/tile/tile-codec.ts";
import { tileIndex, tileStartMs } from "../../../src/shared/tile/tile-key.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadTiles } from "../../store/tiles.ts";

/** Decoded tiles kept per isolate: a tile is about 100 kB, so at most 25 MB. */
const MEMORY_TILES = 256;
const memory = new Map<string, LayerColumn[]>();

/** Parts of a map by the start of their column: several layers, or exchanges, of one column add up. */
export type ColumnParts = Map<EpochMs, LayerColumn[]>;

/** Where and what to read: columns in `[fromMs, toMs)`. */
export interface TileQuery {
  symbol: SymbolId;
  layers: readonly LayerKey[];
  intervalMs: number;
  fromMs: EpochMs;
  toMs: EpochMs;
}

/** Reads the tiles of some layers that hold columns in `[fromMs, toMs)`. */
export async function tileParts(db: D1Database, query: TileQuery): Promise<ColumnParts> {
  return (await readTiles(db, query)).parts;
}

/** The same, and until when every layer's tiles are closed: nobody has anything newer of that time. */
export async function readTiles(
  db: D1Database,
  query: TileQuery,
): Promise<{ parts: ColumnParts; closedToMs: EpochMs }> {
  const { symbol, layers, intervalMs, fromMs, toMs } = query;
  const lastIndex = tileIndex(toMs - 1, intervalMs);
  const keyOf = (layer: LayerKey, index: number) => `${symbol}|${layer}|${intervalMs}|${index}`;
  const parts: ColumnParts = new Map();
  let index = tileIndex(fromMs, intervalMs);
  // closed ones from the oldest up, as far as all of a time are in memory
  for (; index <= lastIndex; index++) {
    const known = layers.map((layer) => memory.get(keyOf(layer, index)));
    if (known.includes(undefined)) break;
    for (const columns of known) addParts(parts, columns ?? [], fromMs);
  }
  // of a tile that has just closed, what is beside the cells may still be on its way to D1
  const settledMs = tileStartMs(tileIndex(toMs - MINUTE_MS, intervalMs), intervalMs);
  if (index > lastIndex) return { parts, closedToMs: Math.min(settledMs, tileStartMs(index, intervalMs)) };
  const rows = await loadTiles(db, { symbol, layers, intervalMs, firstIndex: index, lastIndex });
  for (const row of rows) {
    const key = keyOf(row.layer, row.tileIndex);
    const columns = memory.get(key) ?? (await decode(row.body));
    if (row.closed) remember(key, columns);
    addParts(parts, columns, fromMs);
  }
  const isClosed = (at: number) => rows.filter((row) => row.tileIndex === at && row.closed).length === layers.length;
  while (index <= lastIndex && isClosed(index)) index++;
  return { parts, closedToMs: Math.min(settledMs, tileStartMs(index, intervalMs)) };
}

/** Parts that a hub sent as one encoded list. */
export function hubParts(encoded: Uint8Array, fromMs: EpochMs): ColumnParts {
  const parts: ColumnParts = new Map();
  const columns = decodeColumns(encoded);
  if (!("error" in columns)) addParts(parts, columns, fromMs);
  return parts;
}

/** Stored and newest columns together: where both have one, the hub's is complete and wins. */
export function mergeParts(stored: ColumnParts, newest: ColumnParts): ColumnParts {
  return new Map([...stored, ...newest]);
}

function addParts(parts: ColumnParts, columns: readonly LayerColumn[], fromMs: EpochMs): void {
  for (const column of columns) {
    if (column.startMs < fromMs) continue;
    const same = parts.get(column.startMs);
    if (same === undefined) parts.set(column.startMs, [column]);
    else same.push(column);
  }
}

function remember(key: string, columns: LayerColumn[]): void {
  memory.set(key, columns);
  const oldest = memory.keys().next();
  if (memory.size > MEMORY_TILES && !oldest.done) memory.delete(oldest.value);
}

async function decode(gzipped: Uint8Array): Promise<LayerColumn[]> {
  const stream = new Blob([gzipped as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("gzip"));
  const tile = decodeTile(new Uint8Array(await new Response(stream).arrayBuffer()));
  return "error" in tile ? [] : tile.columns;
}
