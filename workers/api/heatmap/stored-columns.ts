// The stored part of a heatmap: closed tiles from D1 (kept in memory, they never change) and the hub's newest columns.

import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { decodeColumns } from "../../../src/shared/tile/column-codec.ts";
import type { LayerKey } from "../../../src/shared/tile/layer.ts";
import type { LayerColumn } from "../../../src/shared/tile/layer-column.ts";
import { decodeTile } from "../../../src/shared/tile/tile-codec.ts";
import { tileIndex } from "../../../src/shared/tile/tile-key.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { loadTiles } from "../../store/tiles.ts";

/** Decoded tiles kept per isolate: a tile is about 100 kB, so at most 25 MB. */
const MEMORY_TILES = 256;
const memory = new Map<string, LayerColumn[]>();

/** Parts of a map by the start of their column: several layers, or exchanges, of one column add up. */
export type ColumnParts = Map<EpochMs, LayerColumn[]>;

/** Reads the tiles of some layers that hold columns in `[fromMs, toMs)`. */
export async function tileParts(
  db: D1Database,
  query: { symbol: SymbolId; layers: readonly LayerKey[]; intervalMs: number; fromMs: EpochMs; toMs: EpochMs },
): Promise<ColumnParts> {
  const { symbol, layers, intervalMs, fromMs, toMs } = query;
  const firstIndex = tileIndex(fromMs, intervalMs);
  const lastIndex = tileIndex(toMs - 1, intervalMs);
  const keyOf = (layer: LayerKey, index: number) => `${symbol}|${layer}|${intervalMs}|${index}`;
  const tiles: LayerColumn[][] = [];
  let missing = false;
  for (const layer of layers) {
    for (let index = firstIndex; index <= lastIndex; index++) {
      const known = memory.get(keyOf(layer, index));
      if (known === undefined) missing = true;
      else tiles.push(known);
    }
  }
  if (missing) {
    tiles.length = 0;
    for (const row of await loadTiles(db, { symbol, layers, intervalMs, firstIndex, lastIndex })) {
      const key = keyOf(row.layer, row.tileIndex);
      const columns = memory.get(key) ?? (await decode(row.body));
      if (row.closed) remember(key, columns);
      tiles.push(columns);
    }
  }
  const parts: ColumnParts = new Map();
  for (const columns of tiles) addParts(parts, columns, fromMs);
  return parts;
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
