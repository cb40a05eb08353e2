// Writes a PNG (ISO/IEC 15948): a palette where the picture has at most 256 colours, and the runtime's own deflate.
import { ByteWriter } from "../../../src/shared/tile/byte-writer.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MAX_COLOURS = 256;
const TRUE_COLOUR = 2;
const INDEXED = 3;

/** `rgb` holds three bytes per pixel, rows from the top. */
export async function encodePng(picture: { width: number; height: number; rgb: Uint8Array }): Promise<Uint8Array> {
  const { width, height, rgb } = picture;
  const indexed = toIndexed(rgb);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits per sample
  header.setUint8(9, indexed === null ? TRUE_COLOUR : INDEXED);
  const rows = indexed === null ? filtered(rgb, width * 3, height) : filtered(indexed.pixels, width, height);
  const chunks = [
    chunk("IHDR", new Uint8Array(header.buffer)),
    ...(indexed === null ? [] : [chunk("PLTE", indexed.palette)]),
    chunk("IDAT", await deflate(rows)),
    chunk("IEND", new Uint8Array(0)),
  ];
  const writer = new ByteWriter().bytes(SIGNATURE);
  for (const part of chunks) writer.bytes(part);
  return writer.done();
}

/** One byte per pixel, and three per colour; null when there are too many colours. */
function toIndexed(rgb: Uint8Array): { pixels: Uint8Array; palette: Uint8Array } | null {
  const known = new Map<number, number>();
  const pixels = new Uint8Array(rgb.length / 3);
  let last = -1;
  let index = 0;
  for (let i = 0, at = 0; i < pixels.length; i++, at += 3) {
    const colour = (rgb[at]! << 16) | (rgb[at + 1]! << 8) | rgb[at + 2]!;
    // neighbours are mostly alike
    if (colour !== last) {
      const found = known.get(colour);
      if (found === undefined && known.size === MAX_COLOURS) return null;
      index = found ?? known.size;
      if (found === undefined) known.set(colour, index);
      last = colour;
    }
    pixels[i] = index;
  }
  const palette = Uint8Array.from([...known.keys()].flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  return { pixels, palette };
}

/** Rows with their filter in front: none, as neighbours that are alike are what deflate finds by itself. */
function filtered(samples: Uint8Array, stride: number, height: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) rows.set(samples.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return rows;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

function crc(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) rest = CRC_TABLE[(rest ^ bytes[i]!) & 255]! ^ (rest >>> 8);
  return ~rest >>> 0;
}
