// A message of the stream as bytes (docs/reference/frame-format.md): snapshots and deltas of `format=bin`.
//   magic "FLF1" · uint8 version · uint8 flags · varint seq · varint asOf, ms · varint start of the open column, ms ·
//   [varint start of the closed column, ms] · [varint length of the description · description, UTF-8 JSON] ·
//   float64 coverage ratio · varint exchanges, each: varint age + 1, ms (0 = none) · float64 open interest, USD ·
//   float64 price · [5 float64: open, high, low, close, volume] · longs · shorts
// NaN = no figure. A list of levels: varint count, each: bucket (the first zigzag, then varint buckets skipped),
// zigzag varint change of the value to the level before it in the list.
import { fromAmountCode, toAmountCode } from "../tile/amount-code.ts";
import { ByteReader, ByteWriter } from "../tile/byte-writer.ts";
import type { StreamCandle } from "./messages.ts";

const MAGIC = 0x31464c46;
const VERSION = 1;
const WHOLE = 1;
const DESCRIBED = 2;
const CLOSED = 4;
const CANDLE = 8;

/** `[bucket, USD]`; 0 = gone. */
export type Level = [number, number];

export interface FrameNumbers {
  /** True for a snapshot, which needs no frame before it. */
  whole: boolean;
  seq: number;
  asOf: number;
  columnStartMs: number;
  /** Start of the column that closed with this frame, or null. */
  closedColumnStartMs: number | null;
  coverageRatio: number | null;
  /** In the order of the description's exchanges. */
  exchanges: readonly { ageMs: number | null; openInterestUsd: number | null }[];
  price: number | null;
  candle: StreamCandle | null;
  longs: readonly Level[];
  shorts: readonly Level[];
}

/** `description` is UTF-8 JSON, this core knows no text encoder; null = as the frame before said. */
export function encodeFrame(description: Uint8Array | null, frame: FrameNumbers): Uint8Array<ArrayBuffer> {
  const { closedColumnStartMs, candle } = frame;
  const flags =
    (frame.whole ? WHOLE : 0) |
    (description === null ? 0 : DESCRIBED) |
    (closedColumnStartMs === null ? 0 : CLOSED) |
    (candle === null ? 0 : CANDLE);
  const writer = new ByteWriter().int32(MAGIC).uint8(VERSION).uint8(flags);
  writer.varint(frame.seq).varint(frame.asOf).varint(frame.columnStartMs);
  if (closedColumnStartMs !== null) writer.varint(closedColumnStartMs);
  if (description !== null) writer.varint(description.length).bytes(description);
  writer.float64(frame.coverageRatio ?? Number.NaN).varint(frame.exchanges.length);
  for (const { ageMs, openInterestUsd } of frame.exchanges) {
    writer.varint(ageMs === null ? 0 : Math.round(ageMs) + 1).float64(openInterestUsd ?? Number.NaN);
  }
  writer.float64(frame.price ?? Number.NaN);
  if (candle !== null) {
    for (const name of ["open", "high", "low", "close"] as const) writer.float64(candle[name]);
    writer.float64(candle.volumeBase ?? Number.NaN);
  }
  writeLevels(writer, frame.longs);
  writeLevels(writer, frame.shorts);
  return writer.done();
}

/** The frame and its description's bytes, or the reason why the bytes are none. Sizes are those of their codes. */
export function decodeFrame(
  bytes: Uint8Array,
): (FrameNumbers & { description: Uint8Array | null }) | { error: string } {
  const reader = new ByteReader(bytes);
  if (reader.int32() !== MAGIC) return { error: "not a frame: wrong magic" };
  const version = reader.uint8();
  if (version !== VERSION) return { error: `frame version ${version} is not ${VERSION}` };
  const flags = reader.uint8();
  const [seq, asOf, columnStartMs] = [reader.varint(), reader.varint(), reader.varint()];
  const closedColumnStartMs = flags & CLOSED ? reader.varint() : null;
  const description = flags & DESCRIBED ? reader.bytes(reader.varint()) : null;
  const coverageRatio = figure(reader.float64());
  const exchanges: { ageMs: number | null; openInterestUsd: number | null }[] = [];
  for (let left = reader.varint(); left > 0 && !reader.overrun; left--) {
    const age = reader.varint();
    exchanges.push({ ageMs: age === 0 ? null : age - 1, openInterestUsd: figure(reader.float64()) });
  }
  const price = figure(reader.float64());
  const candle = flags & CANDLE ? readCandle(reader, columnStartMs) : null;
  const longs = readLevels(reader);
  const shorts = readLevels(reader);
  if (reader.overrun) return { error: `frame is cut off after ${bytes.length} bytes` };
  if (reader.remaining > 0) return { error: `frame has ${reader.remaining} bytes too many` };
  const whole = (flags & WHOLE) !== 0;
  const said = { whole, seq, asOf, columnStartMs, closedColumnStartMs, description };
  return { ...said, coverageRatio, exchanges, price, candle, longs, shorts };
}

/** Value of a size as frames have it: 0 = none, else twice its code and one, odd when negative. */
export function frameValue(usd: number): number {
  // sizes of messages are whole: the smallest is 1, of code 0
  return usd === 0 ? 0 : 2 * (toAmountCode(Math.abs(usd)) + 1) + (usd < 0 ? 1 : 0);
}

function sizeOf(value: number): number {
  if (value === 0) return 0;
  const usd = fromAmountCode((value >> 1) - 1);
  return value & 1 ? -usd : usd;
}

function writeLevels(writer: ByteWriter, levels: readonly Level[]): void {
  writer.varint(levels.length);
  let next: number | null = null;
  let before = 0;
  for (const [bucket, usd] of levels) {
    const value = frameValue(usd);
    writer.varint(next === null ? zigzag(bucket) : bucket - next).varint(zigzag(value - before));
    next = bucket + 1;
    before = value;
  }
}

function readLevels(reader: ByteReader): Level[] {
  const levels: Level[] = [];
  let next: number | null = null;
  let value = 0;
  for (let left = reader.varint(); left > 0 && !reader.overrun; left--) {
    const step = reader.varint();
    const bucket: number = next === null ? unzigzag(step) : next + step;
    value += unzigzag(reader.varint());
    levels.push([bucket, sizeOf(value)]);
    next = bucket + 1;
  }
  return levels;
}

function readCandle(reader: ByteReader, startMs: number): StreamCandle {
  const [open, high, low, close] = [reader.float64(), reader.float64(), reader.float64(), reader.float64()];
  return { startMs, open, high, low, close, volumeBase: figure(reader.float64()) };
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
