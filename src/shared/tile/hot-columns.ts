// The newest columns of a symbol as KV holds them under `hot/{symbol}`: every layer at the last five-minute marks.
//   magic "FLH1" · uint8 version · varint marks, each: float64 end, ms · varint length of the descriptions · descriptions,
//   UTF-8 JSON, one per width that ends there · varint length of the layers · layers (column-codec.ts)
import { ByteReader, ByteWriter } from "./byte-writer.ts";

const MAGIC = 0x31484c46;
const VERSION = 1;

/** Columns of several widths that end at one moment hold the same sizes: they are written once. */
export interface HotMark {
  endMs: number;
  /** ClosedColumn of every width that ends here, a JSON list in UTF-8: this core knows no text encoder. */
  columns: Uint8Array;
  /** All layers, in the order of LAYERS. */
  layers: Uint8Array;
}

export function encodeHot(marks: readonly HotMark[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().int32(MAGIC).uint8(VERSION).varint(marks.length);
  for (const { endMs, columns, layers } of marks) {
    writer.float64(endMs).varint(columns.length).bytes(columns).varint(layers.length).bytes(layers);
  }
  return writer.done();
}

/** The marks, or the reason why the bytes are none. */
export function decodeHot(bytes: Uint8Array): HotMark[] | { error: string } {
  const reader = new ByteReader(bytes);
  if (reader.int32() !== MAGIC) return { error: "no hot columns: wrong magic" };
  const version = reader.uint8();
  if (version !== VERSION) return { error: `hot columns of version ${version}, not ${VERSION}` };
  const marks: HotMark[] = [];
  for (let left = reader.varint(); left > 0 && !reader.overrun; left--) {
    const endMs = reader.float64();
    marks.push({ endMs, columns: reader.bytes(reader.varint()), layers: reader.bytes(reader.varint()) });
  }
  return reader.overrun ? { error: `hot columns are cut off after ${bytes.length} bytes` } : marks;
}
