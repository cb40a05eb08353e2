// Where a column's piece of history is: tiles are aligned to the epoch, so a column's tile follows from its start.

/** Columns in a tile. */
export const TILE_COLUMNS = 64;

const MINUTE = 60_000;
/** Column widths in ms, finest first; each is built at the close of its last minute. */
export const INTERVALS = [1, 5, 15, 30, 120, 360, 720, 1440].map((minutes) => minutes * MINUTE);

/** Index of the tile that holds the column starting at `startMs`. */
export function tileIndex(startMs: number, intervalMs: number): number {
  return Math.floor(startMs / (intervalMs * TILE_COLUMNS));
}

/** Start of a tile's first column. */
export function tileStartMs(index: number, intervalMs: number): number {
  return index * intervalMs * TILE_COLUMNS;
}
