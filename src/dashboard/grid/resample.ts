// Rows of the log axis laid onto pixel rows of any price axis. Several rows in one pixel keep the strongest, so
// a thin level never disappears between two pixels.
import { SIGNED_ZERO } from "../../shared/display/quantise.ts";

/** For each pixel row, the rows it covers: `low[y] … high[y]`, both −1 where the map has none. */
export interface RowSpans {
  low: Int32Array;
  high: Int32Array;
}

/**
 * Returns the rows under each pixel row. `edges` holds the fractional row at every pixel edge from the top of the
 * picture down: `edges.length` is one more than the number of pixel rows, values fall.
 */
export function rowSpans(edges: ArrayLike<number>, rows: number): RowSpans {
  const height = Math.max(0, edges.length - 1);
  const low = new Int32Array(height).fill(-1);
  const high = new Int32Array(height).fill(-1);
  for (let y = 0; y < height; y++) {
    const top = edges[y] ?? Number.NaN;
    const bottom = edges[y + 1] ?? Number.NaN;
    if (!(top > bottom) || top <= 0 || bottom >= rows) continue;
    // a row belongs to a pixel when its middle is inside; a pixel thinner than a row shows the row it lies in
    const first = Math.ceil(bottom - 0.5);
    const last = Math.ceil(top - 0.5) - 1;
    const middle = Math.floor((top + bottom) / 2);
    low[y] = Math.min(rows - 1, Math.max(0, last >= first ? first : middle));
    high[y] = Math.min(rows - 1, Math.max(0, last >= first ? last : middle));
  }
  return { low, high };
}

/** Writes the colours of one column of cells to a picture, one pixel per span. */
export function paintColumn(
  bytes: Uint8Array,
  offset: number,
  spans: RowSpans,
  lut: Uint32Array,
  signed: boolean,
  pixels: Uint32Array,
  x: number,
  stride: number,
): void {
  const { low, high } = spans;
  const height = low.length;
  for (let y = 0; y < height; y++) {
    const from = low[y] ?? -1;
    let strongest = 0;
    if (from >= 0) {
      const to = high[y] ?? from;
      strongest = bytes[offset + from] ?? 0;
      for (let row = from + 1; row <= to; row++) {
        const byte = bytes[offset + row] ?? 0;
        if (signed ? strength(byte) > strength(strongest) : byte > strongest) strongest = byte;
      }
    }
    pixels[y * stride + x] = lut[strongest] ?? 0;
  }
}

function strength(byte: number): number {
  return byte === 0 ? 0 : Math.abs(byte - SIGNED_ZERO);
}
