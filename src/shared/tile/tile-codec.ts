// A tile: up to 64 columns of one layer as one rectangle, made to compress well. Rows are price levels, columns time;
// a byte is the difference to the column before (mod 256), because a standing size rarely changes.
//   magic "FLT1" · uint8 version · uint8 columns per tile · float64 intervalMs · float64 first column's startMs ·
//   int16 base · int32 lowBucket · uint16 rows · 8-byte mask of columns present · long plane · short plane
//   plane = rows × columns bytes, row by row from the lowest price; byte 0 (after undoing the differences) = empty,
//   byte c = 2^((base + c) / 16) USD (amount-code.ts).
import { ByteReader, ByteWriter } from "./byte-writer.ts";
import type { LayerColumn, SideCodes } from "./layer-column.ts";
import { TILE_COLUMNS } from "./tile-key.ts";

const MAGIC = 0x31544c46;
const VERSION = 1;
const MASK_BYTES = TILE_COLUMNS / 8;

/** Columns of one tile, in any order; all of them must belong to the tile that starts at `startMs`. */
export function encodeTile(
  intervalMs: number,
  startMs: number,
  columns: readonly LayerColumn[],
): Uint8Array<ArrayBuffer> {
  const base = columns.reduce((highest, column) => Math.max(highest, column.base), -0x8000);
  const { low, rows } = span(columns);
  const mask = new Uint8Array(MASK_BYTES);
  const planes = { long: new Uint8Array(rows * TILE_COLUMNS), short: new Uint8Array(rows * TILE_COLUMNS) };
  for (const column of columns) {
    const at = Math.round((column.startMs - startMs) / intervalMs);
    mask[at >> 3]! |= 1 << (at & 7);
    fill(planes.long, column.long, at, low, base - column.base);
    fill(planes.short, column.short, at, low, base - column.base);
  }
  difference(planes.long);
  difference(planes.short);
  return new ByteWriter()
    .int32(MAGIC)
    .uint8(VERSION)
    .uint8(TILE_COLUMNS)
    .float64(intervalMs)
    .float64(startMs)
    .int16(columns.length > 0 ? base : 0)
    .int32(low)
    .uint16(rows)
    .bytes(mask)
    .bytes(planes.long)
    .bytes(planes.short)
    .done();
}

/** The tile's columns in order of time, or the reason why the bytes are no tile. */
export function decodeTile(bytes: Uint8Array): { intervalMs: number; columns: LayerColumn[] } | { error: string } {
  const reader = new ByteReader(bytes);
  if (reader.int32() !== MAGIC) return { error: "not a tile: wrong magic" };
  const version = reader.uint8();
  if (version !== VERSION) return { error: `tile version ${version} is not ${VERSION}` };
  if (reader.uint8() !== TILE_COLUMNS) return { error: "tile has another number of columns" };
  const intervalMs = reader.float64();
  const startMs = reader.float64();
  const base = reader.int16();
  const low = reader.int32();
  const rows = reader.uint16();
  const mask = reader.bytes(MASK_BYTES);
  const long = Uint8Array.from(reader.bytes(rows * TILE_COLUMNS));
  const short = Uint8Array.from(reader.bytes(rows * TILE_COLUMNS));
  if (reader.overrun) return { error: `tile is cut off after ${bytes.length} bytes` };
  accumulate(long);
  accumulate(short);
  const columns: LayerColumn[] = [];
  for (let at = 0; at < TILE_COLUMNS; at++) {
    if ((mask[at >> 3]! & (1 << (at & 7))) === 0) continue;
    columns.push({
      startMs: startMs + at * intervalMs,
      base,
      long: extract(long, at, low, rows),
      short: extract(short, at, low, rows),
    });
  }
  return { intervalMs, columns };
}

function span(columns: readonly LayerColumn[]): { low: number; rows: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    for (const side of [column.long, column.short]) {
      if (side.codes.length === 0) continue;
      low = Math.min(low, side.low);
      high = Math.max(high, side.low + side.codes.length);
    }
  }
  return high > low ? { low, rows: high - low } : { low: 0, rows: 0 };
}

/** Writes one side of one column; `lower` moves its codes to the tile's base, what falls below 1 becomes empty. */
function fill(plane: Uint8Array, side: SideCodes, at: number, low: number, lower: number): void {
  for (let i = 0; i < side.codes.length; i++) {
    const code = side.codes[i]! - lower;
    if (side.codes[i]! !== 0 && code > 0) plane[(side.low + i - low) * TILE_COLUMNS + at] = code;
  }
}

function difference(plane: Uint8Array): void {
  for (let row = 0; row < plane.length; row += TILE_COLUMNS) {
    for (let at = TILE_COLUMNS - 1; at > 0; at--) plane[row + at]! -= plane[row + at - 1]!;
  }
}

function accumulate(plane: Uint8Array): void {
  for (let row = 0; row < plane.length; row += TILE_COLUMNS) {
    for (let at = 1; at < TILE_COLUMNS; at++) plane[row + at]! += plane[row + at - 1]!;
  }
}

function extract(plane: Uint8Array, at: number, low: number, rows: number): SideCodes {
  let first = -1;
  let last = -1;
  for (let row = 0; row < rows; row++) {
    if (plane[row * TILE_COLUMNS + at] === 0) continue;
    if (first < 0) first = row;
    last = row;
  }
  if (first < 0) return { low: 0, codes: new Uint8Array(0) };
  const codes = new Uint8Array(last - first + 1);
  for (let row = first; row <= last; row++) codes[row - first] = plane[row * TILE_COLUMNS + at]!;
  return { low: low + first, codes };
}
