// Pixels in memory: rectangles and text, opaque RGB.
import { GLYPH_WIDTH, glyphRows, textWidth } from "./font.ts";

/** `0xRRGGBB` */
export type Colour = number;

export class Canvas {
  readonly width: number;
  readonly height: number;
  /** Three bytes per pixel, rows from the top. */
  readonly rgb: Uint8Array;

  constructor(width: number, height: number, background: Colour) {
    this.width = width;
    this.height = height;
    this.rgb = new Uint8Array(width * height * 3);
    this.fill(0, 0, width, height, background);
  }

  fill(x: number, y: number, width: number, height: number, colour: Colour): void {
    const left = Math.max(0, Math.round(x));
    const right = Math.min(this.width, Math.round(x + width));
    const bottom = Math.min(this.height, Math.round(y + height));
    for (let row = Math.max(0, Math.round(y)); row < bottom; row++) {
      for (let column = left; column < right; column++) this.set(column, row, colour);
    }
  }

  set(x: number, y: number, colour: Colour): void {
    const at = (y * this.width + x) * 3;
    this.rgb[at] = colour >> 16;
    this.rgb[at + 1] = (colour >> 8) & 255;
    this.rgb[at + 2] = colour & 255;
  }

  /** Gives a piece of a row the pixels above it. */
  repeatRow(x: number, y: number, width: number): void {
    const above = ((y - 1) * this.width + x) * 3;
    this.rgb.copyWithin(above + this.width * 3, above, above + width * 3);
  }

  /** Writes text with its top left corner at `(x, y)` and returns its width. */
  text(text: string, x: number, y: number, colour: Colour, scale: number): number {
    for (const [i, character] of [...text].entries()) {
      for (const [row, bits] of glyphRows(character).entries()) {
        for (let column = 0; column < GLYPH_WIDTH; column++) {
          if ((bits & (16 >> column)) === 0) continue;
          this.fill(x + (i * (GLYPH_WIDTH + 1) + column) * scale, y + row * scale, scale, scale, colour);
        }
      }
    }
    return textWidth(text, scale);
  }
}

/** A table pixel (little-endian RGBA) over a background. */
export function over(pixel: number, background: Colour): Colour {
  const alpha = (pixel >>> 24) / 255;
  const mix = (top: number, under: number) => Math.round(top * alpha + under * (1 - alpha));
  const red = mix(pixel & 255, background >> 16);
  const green = mix((pixel >>> 8) & 255, (background >> 8) & 255);
  const blue = mix((pixel >>> 16) & 255, background & 255);
  return (red << 16) | (green << 8) | blue;
}
