// How a picture looks: its size, its inks, and where its plot lies.
import type { PaletteName, Theme } from "../../../src/shared/display/palette.ts";
import type { PriceRange } from "../../../src/shared/display/reach.ts";
import type { Colour } from "./canvas.ts";

export interface PictureStyle {
  width: number;
  height: number;
  theme: Theme;
  palette: PaletteName;
}

export interface Ink {
  page: Colour;
  plot: Colour;
  text: Colour;
  warning: Colour;
  candle: Colour;
  halo: Colour;
  line: Colour;
}

export const INK: Record<Theme, Ink> = {
  dark: {
    page: 0x0d0f15,
    plot: 0x07080c,
    text: 0xd5dbe6,
    warning: 0xffb35c,
    candle: 0xffffff,
    halo: 0x000000,
    line: 0x3a4254,
  },
  light: {
    page: 0xf6f7f9,
    plot: 0xffffff,
    text: 0x2b313d,
    warning: 0x8a4513,
    candle: 0x000000,
    halo: 0xffffff,
    line: 0xb8bfcc,
  },
};

/** Where the cells are drawn, in pixels, and the prices at its lower and upper edge. */
export interface Plot {
  left: number;
  top: number;
  width: number;
  height: number;
  prices: PriceRange;
}

/** Height of a price: the axis is logarithmic, as the levels are. */
export function yOf(plot: Plot, price: number): number {
  const { low, high } = plot.prices;
  return plot.top + (Math.log(high / price) / Math.log(high / low)) * plot.height;
}
