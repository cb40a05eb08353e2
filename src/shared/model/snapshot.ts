// The whole state of a model as bytes, and back. Little-endian:
//   "FLTM" · u16 format · u16 age slots, tiers · u16 width per tier · f64 bucket width
//   text parameter version, venue, symbol · f64 × 4 counters · u8 has book
//   book: i32 centre · f64 × 7 scalars · reservoirs, swept-to, clocks, deferred closing · per row f64 sum, i32 low, i32 high
//   per row the Float32 cells of [low, high) in bucket order
//   u32 FNV-1a of everything before
// Format 2 has one scalar more, the open interest of shorts; it is written only while that differs from the longs'.
// Encoding what was decoded gives the same bytes.
import { isVenueId } from "../market/symbol.ts";
import { hashBytes } from "../num/hash.ts";
import {
  AGE_SLOTS,
  type Book,
  createBook,
  ROW_COUNT,
  ROW_START,
  ROW_WIDTH,
  TIER_COUNT,
  TIER_WIDTHS,
  windowHigh,
  windowLow,
} from "./book.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { BUCKET_WIDTH } from "./lattice.ts";
import type { ModelParams } from "./params.ts";
import { createModel, type Model } from "./state.ts";

/** "FLTM" read as a little-endian number. */
const MAGIC = 0x4d544c46;
const FORMAT_ONE_SIDED = 1;
const FORMAT_TWO_SIDED = 2;

const COUNTERS = ["bars", "degradedBars", "clippedBars", "sweptUsd"] as const;
const SCALARS = [
  "openInterestBase",
  "prevHigh",
  "prevLow",
  "endTime",
  "lastClose",
  "volumeSinceBase",
  "fundingCarry",
] as const;

/** Returns the model's state as bytes; the same state gives the same bytes on every machine. */
export function encodeModel(model: Model): Uint8Array {
  const out = new ByteWriter();
  out.u32(MAGIC);
  const twoSided = model.book !== null && model.book.shortOpenInterestBase !== model.book.openInterestBase;
  out.u16(twoSided ? FORMAT_TWO_SIDED : FORMAT_ONE_SIDED);
  out.u16(AGE_SLOTS);
  out.u16(TIER_COUNT);
  for (const width of TIER_WIDTHS) out.u16(width);
  out.f64(BUCKET_WIDTH);
  out.text(model.params.version);
  out.text(model.venue);
  out.text(model.symbol);
  for (const key of COUNTERS) out.f64(model.counters[key]);
  out.u8(model.book === null ? 0 : 1);
  if (model.book !== null) writeBook(out, model.book, twoSided);
  out.u32(hashBytes(out.finish()));
  return out.finish();
}

/** Restores a model, or says why the bytes are refused. Total: any bytes may be given. */
export function decodeModel(bytes: Uint8Array, params: ModelParams): Model | { error: string } {
  const input = new ByteReader(bytes);
  const refuse = (error: string) => ({ error: `snapshot refused: ${error}` });
  if (input.u32() !== MAGIC || input.short) return refuse("it does not begin with FLTM");
  const format = input.u16();
  if (format !== FORMAT_ONE_SIDED && format !== FORMAT_TWO_SIDED) {
    return refuse(`format was ${format}, expected ${FORMAT_ONE_SIDED} or ${FORMAT_TWO_SIDED}`);
  }
  const body = bytes.subarray(0, Math.max(bytes.length - 4, 0));
  if (new ByteReader(bytes.subarray(body.length)).u32() !== hashBytes(body)) {
    return refuse(`checksum of ${bytes.length} bytes does not match`);
  }
  const shape = [input.u16(), input.u16(), ...TIER_WIDTHS.map(() => input.u16()), input.f64()];
  const expected = [AGE_SLOTS, TIER_COUNT, ...TIER_WIDTHS, BUCKET_WIDTH];
  if (shape.join() !== expected.join()) return refuse(`dimensions were ${shape}, expected ${expected}`);
  const version = input.text();
  if (version !== params.version) return refuse(`parameters were ${version}, expected ${params.version}`);
  const venue = input.text();
  if (!isVenueId(venue)) return refuse(`venue ${venue} is unknown`);
  const model = createModel({ venue, symbol: input.text(), params });
  for (const key of COUNTERS) model.counters[key] = input.f64();
  if (input.u8() === 1) {
    const book = readBook(input, format === FORMAT_TWO_SIDED);
    if (typeof book === "string") return refuse(book);
    model.book = book;
  }
  if (input.short || input.left !== 4)
    return refuse(`length was ${bytes.length} bytes, which does not fit its content`);
  return model;
}

function writeBook(out: ByteWriter, book: Book, twoSided: boolean): void {
  out.i32(book.center);
  for (const key of SCALARS) out.f64(book[key]);
  if (twoSided) out.f64(book.shortOpenInterestBase);
  out.f64s(book.reservoirBase);
  out.f64s(book.sweptTo);
  out.f64s(book.clock);
  out.f64s(book.deferred);
  for (let row = 0; row < ROW_COUNT; row++) {
    out.f64(book.rowSum[row]!);
    out.i32(book.rowLow[row]!);
    out.i32(book.rowHigh[row]!);
  }
  for (let row = 0; row < ROW_COUNT; row++) {
    const { start, before } = segments(book, row);
    out.f32s(book.cells, start, start + before);
    out.f32s(book.cells, ROW_START[row]!, ROW_START[row]! + book.rowHigh[row]! - book.rowLow[row]! - before);
  }
}

function readBook(input: ByteReader, twoSided: boolean): Book | string {
  const book = createBook(input.i32(), 0);
  for (const key of SCALARS) book[key] = input.f64();
  book.shortOpenInterestBase = twoSided ? input.f64() : book.openInterestBase;
  input.f64s(book.reservoirBase);
  input.f64s(book.sweptTo);
  input.f64s(book.clock);
  input.f64s(book.deferred);
  for (let row = 0; row < ROW_COUNT; row++) {
    book.rowSum[row] = input.f64();
    const low = input.i32();
    const high = input.i32();
    const tier = row % TIER_COUNT;
    const inside =
      low === high ? low === 0 : low < high && low >= windowLow(book, tier) && high <= windowHigh(book, tier);
    if (!inside) return `row ${row} spans ${low} to ${high}, outside its window`;
    book.rowLow[row] = low;
    book.rowHigh[row] = high;
  }
  for (let row = 0; row < ROW_COUNT; row++) {
    const { start, before } = segments(book, row);
    input.f32s(book.cells, start, start + before);
    input.f32s(book.cells, ROW_START[row]!, ROW_START[row]! + book.rowHigh[row]! - book.rowLow[row]! - before);
  }
  return implausible(book) ?? book;
}

/** Where a row's lowest bucket sits, and how many buckets follow before the ring wraps. */
function segments(book: Book, row: number): { start: number; before: number } {
  const width = ROW_WIDTH[row]!;
  const inRow = book.rowLow[row]! & (width - 1);
  const length = book.rowHigh[row]! - book.rowLow[row]!;
  return { start: ROW_START[row]! + inRow, before: Math.min(length, width - inRow) };
}

/** A state no run of the model can reach would poison every later step. */
function implausible(book: Book): string | null {
  const size = (x: number) => x >= 0 && x < Number.POSITIVE_INFINITY;
  for (const key of SCALARS) if (!Number.isFinite(book[key])) return `${key} was ${book[key]}`;
  if (!size(book.openInterestBase)) return `openInterestBase was ${book.openInterestBase}`;
  if (!size(book.shortOpenInterestBase)) return `shortOpenInterestBase was ${book.shortOpenInterestBase}`;
  if (!book.reservoirBase.every(size)) return "a reservoir was negative or not a number";
  if (!book.clock.every(size)) return "a clock was negative or not a number";
  if (!book.deferred.every(size)) return "deferred closing was negative or not a number";
  if (!book.rowSum.every(size)) return "a row sum was negative or not a number";
  if (!book.cells.every(size)) return "a cell was negative or not a number";
  return null;
}
