// Binary form of a list of layer columns, as they are kept until their tile closes and sent between objects.
//   magic "FLC1" · uint16 count · per column: float64 startMs, int16 base, then per side int32 low, uint16 n, n bytes
import { ByteReader, ByteWriter } from "./byte-writer.ts";
import type { LayerColumn, SideCodes } from "./layer-column.ts";

const MAGIC = 0x31434c46;

export function encodeColumns(columns: readonly LayerColumn[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().int32(MAGIC).uint16(columns.length);
  for (const column of columns) {
    writer.float64(column.startMs).int16(column.base);
    for (const side of [column.long, column.short]) {
      writer.int32(side.low).uint16(side.codes.length).bytes(side.codes);
    }
  }
  return writer.done();
}

/** The columns, or the reason why the bytes are none. */
export function decodeColumns(bytes: Uint8Array): LayerColumn[] | { error: string } {
  const reader = new ByteReader(bytes);
  if (reader.int32() !== MAGIC) return { error: "not a list of columns: wrong magic" };
  const count = reader.uint16();
  const columns: LayerColumn[] = [];
  for (let i = 0; i < count && !reader.overrun; i++) {
    const startMs = reader.float64();
    const base = reader.int16();
    columns.push({ startMs, base, long: readSide(reader), short: readSide(reader) });
  }
  if (reader.overrun) return { error: `list of columns is cut off after ${bytes.length} bytes` };
  return columns;
}

function readSide(reader: ByteReader): SideCodes {
  const low = reader.int32();
  return { low, codes: reader.bytes(reader.uint16()) };
}
