// Folds stream messages into the grid: the open column is the state of the map, kept per bucket.

import { appendSlot, type Grid, putColumn, rowOfPrice, slotOfTime } from "../../shared/display/grid.ts";
import type { DeltaMessage, ServerMessage, SnapshotMessage } from "../../shared/protocol/messages.ts";

/** The open column under the subscription's filter, bucket index → USD. */
export interface OpenColumn {
  longs: Map<number, number>;
  shorts: Map<number, number>;
  /** Last message folded in; null before the first snapshot. */
  seq: number | null;
}

export type Change =
  /** One column and its candle have new values. */
  | { type: "column"; slot: number }
  /** A new column began. */
  | { type: "appended"; slot: number }
  /** The grid cannot show this any more: fetch the heatmap again. */
  | { type: "refetch"; reason: string }
  /** Messages were lost: connect again without `since`. */
  | { type: "gap"; expected: number; seq: number }
  | { type: "none" };

export function emptyColumn(): OpenColumn {
  return { longs: new Map(), shorts: new Map(), seq: null };
}

/** Applies one message. Levels outside the grid's rows are kept in the column but not drawn. */
export function applyMessage(grid: Grid, column: OpenColumn, message: ServerMessage): Change {
  switch (message.type) {
    case "gap":
      // the map goes on; coverage of the next frame tells who is in it
      return { type: "none" };
    case "resync":
      return { type: "refetch", reason: message.reason };
    case "snapshot":
      column.longs = new Map(message.longs);
      column.shorts = new Map(message.shorts);
      column.seq = message.seq;
      return place(grid, column, message);
    case "delta":
      if (column.seq === null) return { type: "gap", expected: 0, seq: message.seq };
      if (message.seq <= column.seq) return { type: "none" };
      if (message.seq !== column.seq + 1) return { type: "gap", expected: column.seq + 1, seq: message.seq };
      column.seq = message.seq;
      fold(column.longs, message.longs);
      fold(column.shorts, message.shorts);
      return place(grid, column, message);
  }
}

function fold(levels: Map<number, number>, changes: readonly [number, number][]): void {
  for (const [bucketIndex, usd] of changes) {
    if (usd === 0) levels.delete(bucketIndex);
    else levels.set(bucketIndex, usd);
  }
}

function place(grid: Grid, column: OpenColumn, message: SnapshotMessage | DeltaMessage): Change {
  if (message.intervalMs !== grid.intervalMs) return { type: "refetch", reason: "the column length changed" };
  if (message.price !== null) {
    const row = rowOfPrice(grid, message.price);
    if (row < 0 || row >= grid.rows) return { type: "refetch", reason: "the price left the map" };
  }
  const target = slotOfTime(grid, message.columnStartMs);
  // an answer may be newer than the stream's first message
  if (target < grid.slots - 1) return { type: "none" };
  if (target > grid.slots) return { type: "refetch", reason: "columns are missing" };
  const isNew = target === grid.slots;
  if (isNew && appendSlot(grid) < 0) return { type: "refetch", reason: "the map is full" };
  putColumn(grid, target, rowsOf(grid, column));
  if (message.candle !== null && message.candle.startMs === message.columnStartMs) {
    const { open, high, low, close } = message.candle;
    grid.candles[target] = { open, high, low, close };
  }
  return { type: isNew ? "appended" : "column", slot: target };
}

function rowsOf(grid: Grid, column: OpenColumn): Float32Array {
  const rowUsd = new Float32Array(grid.rows);
  for (const levels of [column.longs, column.shorts]) {
    for (const [bucketIndex, usd] of levels) {
      const row = Math.floor((bucketIndex - grid.firstBucket) / grid.bucketsPerLevel);
      if (row >= 0 && row < grid.rows) rowUsd[row] = (rowUsd[row] ?? 0) + usd;
    }
  }
  return rowUsd;
}
