// A heatmap answer as bytes (docs/reference/grid-format.md): what describes it as JSON, the grid as numbers.
//   magic "FLG1" · uint8 version · varint length of the description · description, UTF-8 JSON ·
//   varint columns, varint step of each to the one before (ms; the first counts from 0) ·
//   varint levels, float64 price of each · columns × 5 float64 (open, high, low, close, volume; NaN = none) ·
//   varint cells, each: varint places skipped, zigzag varint change of the level's value
import { fromAmountCode, toAmountCode } from "./amount-code.ts";
import { ByteReader, ByteWriter } from "./byte-writer.ts";

const MAGIC = 0x31474c46;
const VERSION = 1;

export interface GridNumbers {
  /** Start of each column, ms. */
  columns: readonly number[];
  /** Lower price of each level. */
  prices: readonly number[];
  /** `[column, level, size]` in order of column and level. */
  cells: readonly (readonly number[])[];
  /** `[startMs, open, high, low, close, volumeBase]`, one per column; null where there is no figure. */
  candles: readonly (readonly (number | null)[])[];
}

export interface Grid<Description = Record<string, unknown>> extends GridNumbers {
  /** Everything else of the answer: as-of time, coverage, filter, currency, where the data comes from. */
  description: Description;
}

/** `description` is UTF-8 JSON: this core knows no text encoder. */
export function encodeGrid(description: Uint8Array, grid: GridNumbers): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().int32(MAGIC).uint8(VERSION).varint(description.length).bytes(description);
  writer.varint(grid.columns.length);
  for (const [i, at] of grid.columns.entries()) writer.varint(at - (grid.columns[i - 1] ?? 0));
  writer.varint(grid.prices.length);
  for (const price of grid.prices) writer.float64(price);
  for (const i of grid.columns.keys()) {
    for (let field = 1; field <= 5; field++) writer.float64(grid.candles[i]?.[field] ?? Number.NaN);
  }
  const cells = grid.cells.filter((cell) => cell[2] !== 0);
  const values = new Int32Array(grid.prices.length);
  let next = 0;
  writer.varint(cells.length);
  for (const [column = 0, level = 0, size = 0] of cells) {
    const place = column * values.length + level;
    const value = 2 * toAmountCode(Math.abs(size)) + (size < 0 ? 1 : 0);
    writer.varint(place - next).varint(zigzag(value - values[level]!));
    values[level] = value;
    next = place + 1;
  }
  return writer.done();
}

/** The grid and its description's bytes, or the reason why the bytes are no grid. */
export function decodeGrid(bytes: Uint8Array): Grid<Uint8Array> | { error: string } {
  const reader = new ByteReader(bytes);
  if (reader.int32() !== MAGIC) return { error: "not a grid: wrong magic" };
  const version = reader.uint8();
  if (version !== VERSION) return { error: `grid version ${version} is not ${VERSION}` };
  const description = reader.bytes(reader.varint());
  const columns: number[] = [];
  for (let left = reader.varint(); left > 0 && !reader.overrun; left--) {
    columns.push((columns.at(-1) ?? 0) + reader.varint());
  }
  const prices: number[] = [];
  for (let left = reader.varint(); left > 0 && !reader.overrun; left--) prices.push(reader.float64());
  const candles = columns.map((at) => [at, ...Array.from({ length: 5 }, () => figure(reader.float64()))]);
  const values = new Int32Array(prices.length);
  const cells: number[][] = [];
  let next = 0;
  for (let left = reader.varint(); left > 0 && !reader.overrun; left--) {
    const place = next + reader.varint();
    const change = unzigzag(reader.varint());
    const level = place % values.length;
    if (!(place < columns.length * values.length)) return { error: "grid has a cell outside of it" };
    values[level]! += change;
    const size = fromAmountCode(values[level]! >> 1);
    cells.push([(place - level) / values.length, level, values[level]! & 1 ? -size : size]);
    next = place + 1;
  }
  if (reader.overrun) return { error: `grid is cut off after ${bytes.length} bytes` };
  return { description, columns, prices, cells, candles };
}

function figure(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function unzigzag(code: number): number {
  return code % 2 === 1 ? -(code + 1) / 2 : code / 2;
}
