// What the colours mean.
import { formatMoney } from "../../../src/shared/display/format.ts";
import { buildLut } from "../../../src/shared/display/lut.ts";
import { type Scale, usdAt } from "../../../src/shared/display/scale.ts";
import type { Currency } from "../../../src/shared/market/currency.ts";
import { type Canvas, type Colour, over } from "./canvas.ts";
import { GLYPH_HEIGHT, textWidth } from "./font.ts";
import type { Ink, PictureStyle, Plot } from "./look.ts";

/** Colour of each byte of a cell: half as many as there are bytes, so that the picture fits a palette of 256 colours. */
export function shades(style: PictureStyle, scale: Scale, ground: Colour): Colour[] {
  const lut = buildLut(style.palette, style.theme, scale, 0);
  return Array.from(lut, (pixel, byte) => over(byte === 0 ? pixel : (lut[byte | 1] ?? 0), ground));
}

/** The colour scale with sizes in the answer's currency at three places, or at its ends where three have no room. */
export function drawLegend(
  canvas: Canvas,
  plot: Plot,
  scale: Scale,
  style: PictureStyle,
  ink: Ink & { magnified: number },
  currency: Currency,
): void {
  const colours = shades(style, scale, ink.plot);
  const width = Math.min(160 * ink.magnified, Math.floor(plot.width / 2));
  const left = plot.left + 6 * ink.magnified;
  const top = plot.top + 6 * ink.magnified;
  const height = (GLYPH_HEIGHT + 10) * ink.magnified;
  canvas.fill(left - 3, top - 3, width + 6, height + 6, ink.page);
  for (let x = 0; x < width; x++) {
    const byte = Math.min(255, 1 + Math.floor((x / width) * 255));
    canvas.fill(left + x, top, 1, 6 * ink.magnified, colours[byte] ?? ink.plot);
  }
  const y = top + 9 * ink.magnified;
  const labels = (scale.signed ? [-1, 0, 1] : [0, 0.5, 1]).map(
    (position) => `${formatMoney(usdAt(scale, position), currency, scale.signed)}${position === 1 ? "+" : ""}`,
  );
  const room = textWidth(labels.join("  "), ink.magnified);
  for (const [i, label] of labels.entries()) {
    if (i === 1 && room > width) continue;
    const at = left + (width * i) / 2 - (textWidth(label, ink.magnified) * i) / 2;
    canvas.text(label, Math.round(at), y, ink.text, ink.magnified);
  }
}
