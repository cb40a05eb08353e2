// The colour table: 256 packed pixels, byte in, colour out. Byte 0 and everything below the threshold is transparent.

import { divergingColour, type PaletteName, paletteColour, type Theme } from "./palette.ts";
import { SIGNED_ZERO, usdOfByte } from "./quantise.ts";
import type { Scale } from "./scale.ts";

/** Bytes over which colours fade in from the page, so that noise does not tint the whole map. */
const FADE_BYTES = 36;

/** Returns 256 pixels as little-endian RGBA. Cells whose magnitude is below `thresholdUsd` are transparent. */
export function buildLut(name: PaletteName, theme: Theme, scale: Scale, thresholdUsd: number): Uint32Array {
  const lut = new Uint32Array(256);
  for (let byte = 1; byte < 256; byte++) {
    if (Math.abs(usdOfByte(byte, scale)) < thresholdUsd) continue;
    const position = scale.signed ? (byte - SIGNED_ZERO) / 127 : byte / 255;
    const [red, green, blue] = scale.signed ? divergingColour(theme, position) : paletteColour(name, theme, position);
    const alpha = Math.round(255 * Math.min(1, (Math.abs(position) * 255) / FADE_BYTES));
    lut[byte] = ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }
  return lut;
}
