// The heatmap as a picture for posters, chats and link previews: cells, candles, price scale, legend, and in words what
// it is, as of when, and how much of the market is in it.
import { formatPrice } from "../../../src/shared/display/format.ts";
import { buildGrid, type Grid, rowOfPrice } from "../../../src/shared/display/grid.ts";
import { quantiseCell } from "../../../src/shared/display/quantise.ts";
import { priceRange } from "../../../src/shared/display/reach.ts";
import { automaticScale, type Scale } from "../../../src/shared/display/scale.ts";
import { log } from "../../../src/shared/num/log.ts";
import { BUCKET_WIDTH } from "../../../src/shared/tile/bucket-price.ts";
import { drawPrices, drawTimes } from "./axes.ts";
import { Canvas, type Colour } from "./canvas.ts";
import { GLYPH_HEIGHT, GLYPH_WIDTH, textWidth } from "./font.ts";
import { drawLegend, shades } from "./legend.ts";
import { INK, type Ink, type PictureStyle, type Plot, yOf } from "./look.ts";
import type { PictureSource } from "./source.ts";
import { footLines, headLines } from "./words.ts";

export function drawHeatmap(source: PictureSource, style: PictureStyle): Canvas {
  const ink = { ...INK[style.theme], magnified: style.width >= 700 ? 2 : 1 };
  const { magnified } = ink;
  const canvas = new Canvas(style.width, style.height, ink.page);
  const line = (GLYPH_HEIGHT + 4) * magnified;
  const margin = 6 * magnified;
  const columns = Math.floor((style.width - 2 * margin + magnified) / ((GLYPH_WIDTH + 1) * magnified));
  const head = headLines(source, columns);
  for (const [i, texts] of head.entries()) {
    for (const { text, kind, align } of texts) {
      const x = align === "left" ? margin : style.width - textWidth(text, magnified) - margin;
      canvas.text(text, x, 4 * magnified + i * line, kind === "warning" ? ink.warning : ink.text, magnified);
    }
  }
  const foot = footLines(source, columns);
  for (const [i, text] of foot.entries()) {
    canvas.text(text, margin, style.height - (foot.length - i) * line, ink.text, magnified);
  }
  const signed = source.filter.delta !== null;
  const firstBucket = source.firstBucket + bucketsOf(source.rate?.value ?? 1);
  const grid = buildGrid({ ...source, firstBucket, rows: source.prices.length, signed });
  const plot: Plot = {
    left: 0,
    top: head.length * line + 4 * magnified,
    width: style.width,
    height: style.height - (head.length + foot.length + 1) * line - 8 * magnified,
    prices: { low: 1, high: 2 },
  };
  if (grid === null || source.price === null) {
    canvas.fill(plot.left, plot.top, plot.width, plot.height, ink.plot);
    canvas.text("NO DATA IN THIS RANGE YET", plot.left + 12, plot.top + 12, ink.text, magnified);
    return canvas;
  }
  const shown = priceRange(grid, source.price, "auto");
  const lows = grid.candles.flatMap((candle) => candle?.low ?? []);
  const highs = grid.candles.flatMap((candle) => candle?.high ?? []);
  plot.prices = { low: Math.min(shown.low, ...lows), high: Math.max(shown.high, ...highs) };
  const longest = [plot.prices.low, source.price, plot.prices.high].map((price) => formatPrice(price).length);
  plot.width -= (Math.max(...longest) * (GLYPH_WIDTH + 1) + 6) * magnified;
  canvas.fill(plot.left, plot.top, plot.width, plot.height, ink.plot);
  const scale = automaticScale(grid.usd, signed);
  drawCells(canvas, plot, grid, scale, style, ink.plot);
  drawCandles(canvas, plot, grid, ink);
  drawPrices(canvas, plot, source.price, ink);
  drawTimes(canvas, plot, grid, ink);
  drawLegend(canvas, plot, scale, style, ink, source.currency);
  return canvas;
}

/** By how many buckets a rate moves the levels, which lie on a lattice of USD prices: no whole number. */
function bucketsOf(rate: number): number {
  return rate === 1 ? 0 : log(rate) / BUCKET_WIDTH;
}

function drawCells(canvas: Canvas, plot: Plot, grid: Grid, scale: Scale, style: PictureStyle, ground: Colour): void {
  const colours = shades(style, scale, ground);
  const { low, high } = plot.prices;
  const columns = Array.from({ length: grid.slots }, (_, slot) =>
    Array.from({ length: grid.rows }, (_, row) => {
      const byte = quantiseCell(grid.usd[slot * grid.rows + row] ?? 0, scale);
      return colours[byte] ?? ground;
    }),
  );
  const across = Array.from({ length: plot.width }, (_, x) => columns[Math.floor((x * grid.slots) / plot.width)]);
  let above = -1;
  for (let y = 0; y < plot.height; y++) {
    const row = rowOfPrice(grid, high * (low / high) ** ((y + 0.5) / plot.height));
    if (row === above && y > 0) canvas.repeatRow(plot.left, plot.top + y, plot.width);
    else for (let x = 0; x < plot.width; x++) canvas.set(plot.left + x, plot.top + y, across[x]?.[row] ?? ground);
    above = row;
  }
}

/** Ink inside a halo of the opposite colour; rising bodies are hollow where there is room. */
function drawCandles(canvas: Canvas, plot: Plot, grid: Grid, ink: Ink): void {
  const spacing = plot.width / grid.slots;
  const body = Math.max(1, Math.floor(spacing * 0.7));
  for (const pass of ["halo", "ink"] as const) {
    const rim = pass === "halo" ? 1 : 0;
    const colour = pass === "halo" ? ink.halo : ink.candle;
    for (let slot = 0; slot < grid.slots; slot++) {
      const candle = grid.candles[slot];
      if (candle == null) continue;
      const x = Math.round(plot.left + (slot + 0.5) * spacing);
      const high = yOf(plot, candle.high);
      const top = yOf(plot, Math.max(candle.open, candle.close));
      const bottom = yOf(plot, Math.min(candle.open, candle.close));
      canvas.fill(x - rim, high - rim, 1 + 2 * rim, yOf(plot, candle.low) - high + 2 * rim, colour);
      const left = x - Math.floor(body / 2);
      canvas.fill(left - rim, top - rim, body + 2 * rim, Math.max(1, bottom - top) + 2 * rim, colour);
      const isHollow = pass === "ink" && candle.close > candle.open && body >= 4 && bottom - top >= 4;
      if (isHollow) canvas.fill(left + 1, top + 1, body - 2, bottom - top - 2, ink.halo);
    }
  }
}
