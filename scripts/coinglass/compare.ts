// How far the picture of a v4 answer is from the native one of the same moment: cell by cell and pixel by pixel.
import type { PictureSource } from "../../workers/api/picture/source.ts";

export interface Difference {
  /** Cells that either of the two has. */
  cells: number;
  /** Cells that only one has, or whose sizes differ by more than a dollar. */
  cellsApart: number;
  candles: number;
  candlesApart: number;
  pixels: number;
  /** Pixels of which a channel differs by more than `TOLERANCE`. */
  pixelsApart: number;
}

/** Channels of 0 … 255: below this, two shades are one to the eye. */
const TOLERANCE = 8;
/** A dollar: both answers round to it. */
const DOLLAR = 1;

/** Pixels as RGB, three bytes each. */
export interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array;
}

export function differenceOf(
  ours: { source: PictureSource; pixels: Pixels },
  native: { source: PictureSource; pixels: Pixels },
): Difference {
  const [left, right] = [cellsOf(ours.source), cellsOf(native.source)];
  const places = new Set([...left.keys(), ...right.keys()]);
  const cellsApart = [...places].filter((at) => Math.abs((left.get(at) ?? 0) - (right.get(at) ?? 0)) > DOLLAR).length;
  const candles = Math.max(ours.source.candles.length, native.source.candles.length);
  const candlesApart = Array.from({ length: candles }, (_, i) => i).filter(
    (i) => String(ours.source.candles[i]?.slice(0, 5)) !== String(native.source.candles[i]?.slice(0, 5)),
  ).length;
  return { cells: places.size, cellsApart, candles, candlesApart, ...pixelDifference(ours.pixels, native.pixels) };
}

/** USD by time and price, as a reader of the picture sees it. */
function cellsOf({ columns, prices, cells }: PictureSource): Map<string, number> {
  return new Map(cells.map(([column, level, usd]) => [`${columns[column]} ${prices[level]}`, usd]));
}

function pixelDifference(a: Pixels, b: Pixels): { pixels: number; pixelsApart: number } {
  const pixels = a.width * a.height;
  if (a.width !== b.width || a.height !== b.height) return { pixels, pixelsApart: pixels };
  let pixelsApart = 0;
  for (let at = 0; at < a.rgb.length; at += 3) {
    const worst = Math.max(...[0, 1, 2].map((i) => Math.abs((a.rgb[at + i] ?? 0) - (b.rgb[at + i] ?? 0))));
    if (worst > TOLERANCE) pixelsApart += 1;
  }
  return { pixels, pixelsApart };
}
