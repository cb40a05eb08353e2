// Prices beside the plot and times below it.
import { formatPrice } from "../../../src/shared/display/format.ts";
import { type Grid, timeOfSlot } from "../../../src/shared/display/grid.ts";
import type { Canvas } from "./canvas.ts";
import { GLYPH_HEIGHT, GLYPH_WIDTH, textWidth } from "./font.ts";
import { type Ink, type Plot, yOf } from "./look.ts";
import { LONGEST_LABEL, timeLabels } from "./time-axis.ts";

/** A scale of seven prices, and the price now with a line across. */
export function drawPrices(canvas: Canvas, plot: Plot, price: number, ink: Ink & { magnified: number }): void {
  const x = plot.left + plot.width + 3 * ink.magnified;
  const { low, high } = plot.prices;
  const half = (GLYPH_HEIGHT * ink.magnified) / 2;
  const atY = yOf(plot, price);
  for (let i = 1; i < 8; i++) {
    const level = low * (high / low) ** (i / 8);
    const y = yOf(plot, level);
    canvas.fill(plot.left + plot.width, y, 2 * ink.magnified, 1, ink.line);
    if (Math.abs(y - atY) > 3 * half) canvas.text(formatPrice(level), x, y - half, ink.text, ink.magnified);
  }
  for (let dash = 0; dash < plot.width; dash += 8) canvas.fill(plot.left + dash, atY, 4, 1, ink.candle);
  const label = formatPrice(price);
  canvas.fill(x - 2, atY - half - 2, textWidth(label, ink.magnified) + 4, 2 * half + 4, ink.candle);
  canvas.text(label, x, atY - half, ink.page, ink.magnified);
}

/** Times below the columns, as many as have room. */
export function drawTimes(canvas: Canvas, plot: Plot, grid: Grid, ink: Ink & { magnified: number }): void {
  const bottom = plot.top + plot.height;
  const spacing = plot.width / grid.slots;
  const count = Math.floor(plot.width / ((LONGEST_LABEL + 3) * (GLYPH_WIDTH + 1) * ink.magnified));
  for (const { timeMs, text } of timeLabels(grid.firstStartMs, timeOfSlot(grid, grid.slots), count)) {
    const x = plot.left + ((timeMs - grid.firstStartMs) / grid.intervalMs) * spacing;
    const left = x - textWidth(text, ink.magnified) / 2;
    canvas.fill(x, bottom, 1, 3 * ink.magnified, ink.line);
    if (left >= 0) canvas.text(text, Math.round(left), bottom + 4 * ink.magnified, ink.text, ink.magnified);
  }
}
