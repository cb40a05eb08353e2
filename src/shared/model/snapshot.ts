// The whole state of a model as bytes, and back. Little-endian:
//   "FLTM" · u16 format · u16 age slots, tiers · u16 width per tier · f64 bucket width
//   text parameter version, venue, symbol · f64 × 4 counters · u8 book: 0 none, 1 with one open interest, 2 with one per side
//   book: i32 centre · f64 × 14 scalars, and the shorts' open interest if it differs from the longs'
//     reservoirs, swept-to, clocks, deferred closing · per row f64 sum, i32 low, i32 high
//     the Float32 cells of each row's [low, high), as `cell-planes.ts` says
//   u32 FNV-1a of everything before
// Encoding what was decoded gives the same bytes.
import { isVenueId } from "../market/symbol.ts";
import { hashBytes } from "../num/hash.ts";
import { AGE_SLOTS, type Book, createBook, ROW_COUNT, TIER_COUNT, TIER_WIDTHS, windowHigh, windowLow } from "./book.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { occupiedCells, readPlanes, writePlanes } from "./cell-planes.ts";
import { BUCKET_WIDTH } from "./lattice.ts";
import type { ModelParams } from "./params.ts";
import { createModel, type Model } from "./state.ts";

/** "FLTM" read as a little-endian number. */
const MAGIC = 0x4d544c46;
const FORMAT = 3;
const NO_BOOK = 0;
const ONE_SIDED = 1;
const TWO_SIDED = 2;

const COUNTERS = ["bars", "degradedBars", "clippedBars", "sweptUsd"] as const;
const SCALARS = [
  "openInterestBase",
  "prevHigh",
  "prevLow",
  "endTime",
  "lastClose",
  "volumeSinceBase",
  "fundingCarry",
  "hourStart",
  "hourOpen",
  "hourHigh",
  "hourLow",
  "hourVolumeBase",
  "hourFall",
  "hourRise",
] as const;

/** Returns the model's state as bytes; the same state gives the same bytes on every machine. */
export function encodeModel(model: Model): Uint8Array {
  const out = new ByteWriter();
  out.u32(MAGIC);
  out.u16(FORMAT);
  out.u16(AGE_SLOTS);
  out.u16(TIER_COUNT);
  for (const width of TIER_WIDTHS) out.u16(width);
  out.f64(BUCKET_WIDTH);
  out.text(model.params.version);
  out.text(model.venue);
  out.text(model.symbol);
  for (const key of COUNTERS) out.f64(model.counters[key]);
  if (model.book === null) out.u8(NO_BOOK);
  else writeBook(out, model.book);
  out.u32(hashBytes(out.finish()));
  return out.finish();
}

/** Restores a model, or says why the bytes are refused. Total: any bytes may be given. */
export function decodeModel(bytes: Uint8Array, params: ModelParams): Model | { error: string } {
  const input = new ByteReader(bytes);
  const refuse = (error: string) => ({ error: `snapshot refused: ${error}` });
  if (input.u32() !== MAGIC || input.short) return refuse("it does not begin with FLTM");
  const format = input.u16();
  if (format !== FORMAT) return refuse(`format was ${format}, expected ${FORMAT}`);
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
  const sides = input.u8();
  if (sides > TWO_SIDED) return refuse(`book was ${sides}, expected ${NO_BOOK} to ${TWO_SIDED}`);
  if (sides !== NO_BOOK) {
    const book = readBook(input, sides === TWO_SIDED);
    if (typeof book === "string") return refuse(book);
    model.book = book;
  }
  if (input.short || input.left !== 4)
    return refuse(`length was ${bytes.length} bytes, which does not fit its content`);
  return model;
}

function writeBook(out: ByteWriter, book: Book): void {
  const twoSided = book.shortOpenInterestBase !== book.openInterestBase;
  out.u8(twoSided ? TWO_SIDED : ONE_SIDED);
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
  writePlanes(book, out.block(4 * occupiedCells(book)));
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
  const planes = input.block(4 * occupiedCells(book));
  if (planes !== null) readPlanes(planes, book);
  return implausible(book) ?? book;
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
