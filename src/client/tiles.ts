// Reads what the API sends as bytes: tiles (docs/reference/tile-format.md) and heatmaps (docs/reference/grid-format.md).
import { fromAmountCode } from "../shared/tile/amount-code.ts";
import { bucketLowPrice } from "../shared/tile/bucket-price.ts";
import { decodeGrid, type Grid } from "../shared/tile/grid-codec.ts";
import type { SideCodes } from "../shared/tile/layer-column.ts";
import { decodeTile } from "../shared/tile/tile-codec.ts";

export type { Grid } from "../shared/tile/grid-codec.ts";

/** One price level of one column; the sizes are estimates, off by at most 2.2 %. */
export interface TileCell {
  /** Bucket of the price lattice: prices from e^(bucket × 0.0005) to e^((bucket + 1) × 0.0005) USD. */
  bucket: number;
  priceLow: number;
  usd: number;
}

export interface TileColumn {
  startMs: number;
  longs: TileCell[];
  shorts: TileCell[];
}

export interface Tile {
  intervalMs: number;
  columns: TileColumn[];
}

/** The columns of a tile (its bytes unpacked from gzip), oldest first; throws when the bytes are no tile. */
export function readTile(bytes: Uint8Array): Tile {
  const tile = decodeTile(bytes);
  if ("error" in tile) throw new TypeError(tile.error);
  return {
    intervalMs: tile.intervalMs,
    columns: tile.columns.map(({ startMs, base, long, short }) => ({
      startMs,
      longs: cellsOf(long, base),
      shorts: cellsOf(short, base),
    })),
  };
}

/** A heatmap that was asked for as `.bin`; throws when the bytes are none. */
export function readGrid(bytes: Uint8Array): Grid {
  const grid = decodeGrid(bytes);
  if ("error" in grid) throw new TypeError(grid.error);
  const description = JSON.parse(new TextDecoder().decode(grid.description)) as Record<string, unknown>;
  return { ...grid, description };
}

function cellsOf({ low, codes }: SideCodes, base: number): TileCell[] {
  const cells: TileCell[] = [];
  for (const [i, code] of codes.entries()) {
    if (code === 0) continue;
    const bucket = low + i;
    cells.push({ bucket, priceLow: bucketLowPrice(bucket), usd: fromAmountCode(base + code) });
  }
  return cells;
}
