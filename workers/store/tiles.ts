// Tiles in D1: 64 columns of one layer each, gzipped.
import { and, eq, gte, inArray, lte, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { LayerKey } from "../../src/shared/tile/layer.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { tiles } from "./schema.ts";

export interface StoredTile {
  symbol: SymbolId;
  layer: LayerKey;
  intervalMs: number;
  tileIndex: number;
  modelVersion: string;
  columnCount: number;
  /** True once its last column is in: immutable from then on. */
  closed: boolean;
  /** Gzipped tile (src/shared/tile/tile-codec.ts). */
  body: Uint8Array;
  updatedMs: EpochMs;
}

/** Writes tiles; a closed tile is never replaced, an open one only by one with at least as many columns. */
export async function saveTiles(db: D1Database, stored: readonly StoredTile[]): Promise<void> {
  const orm = drizzle(db);
  const statements = stored.map((tile) =>
    orm
      .insert(tiles)
      .values({ ...tile, closed: tile.closed ? 1 : 0, body: Buffer.from(tile.body) })
      .onConflictDoUpdate({
        target: [tiles.symbol, tiles.layer, tiles.intervalMs, tiles.tileIndex],
        set: {
          modelVersion: sql`excluded.model_version`,
          columnCount: sql`excluded.column_count`,
          closed: sql`excluded.closed`,
          body: sql`excluded.body`,
          updatedMs: sql`excluded.updated_ms`,
        },
        setWhere: sql`tiles.closed = 0 AND excluded.column_count >= tiles.column_count`,
      }),
  );
  const [first, ...rest] = statements;
  if (first !== undefined) await orm.batch([first, ...rest]);
}

/** Tiles of some layers with an index in `[firstIndex, lastIndex]`, in no particular order. */
export async function loadTiles(
  db: D1Database,
  query: {
    symbol: SymbolId;
    layers: readonly LayerKey[];
    intervalMs: number;
    firstIndex: number;
    lastIndex: number;
  },
): Promise<Pick<StoredTile, "layer" | "tileIndex" | "modelVersion" | "closed" | "columnCount" | "body">[]> {
  const rows = await drizzle(db)
    .select({
      layer: tiles.layer,
      tileIndex: tiles.tileIndex,
      modelVersion: tiles.modelVersion,
      closed: tiles.closed,
      columnCount: tiles.columnCount,
      body: tiles.body,
    })
    .from(tiles)
    .where(
      and(
        eq(tiles.symbol, query.symbol),
        inArray(tiles.layer, [...query.layers]),
        eq(tiles.intervalMs, query.intervalMs),
        gte(tiles.tileIndex, query.firstIndex),
        lte(tiles.tileIndex, query.lastIndex),
      ),
    );
  return rows.map((row) => ({ ...row, layer: row.layer as LayerKey, closed: row.closed !== 0 }));
}
