// The heatmap as a picture for posters, chats and link previews: cells, candles, price scale, legend, and in words what
// it is, as of when, and how much of the market is in it.
import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
import { formatPrice, formatShare, formatUsd } from "../../../src/shared/display/format.ts";
import { buildGrid, type Grid, rowOfPrice } from "../../../src/shared/display/grid.ts";
import { buildLut } from "../../../src/shared/display/lut.ts";
import type { PaletteName, Theme } from "../../../src/shared/display/palette.ts";
import { quantiseCell } from "../../../src/shared/display/quantise.ts";
import { type PriceRange, priceRange } from "../../../src/shared/display/reach.ts";
import { automaticScale, type Scale, usdAt } from "../../../src/shared/display/scale.ts";
import type { Range } from "../../../src/shared/market/filter.ts";
import type { DataSource } from "../../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { Canvas, type Colour, over } from "./canvas.ts";
import { GLYPH_HEIGHT, textWidth } from "./font.ts";

/** What is drawn of the native answer; units as there. */
export interface PictureSource {
  asOf: EpochMs;
  modelVersion: string;
  dataSource: DataSource;
  coverage: Coverage;
  symbol: string;
  range: Range;
  intervalMs: number;
  price: number | null;
  columns: EpochMs[];
  prices: number[];
  /** `[columnIndex, priceIndex, usd]` */
  cells: [number, number, number][];
  /** `[startMs, open, high, low, close, volumeBase]` */
  candles: (number | null)[][];
  firstBucket: number;
  bucketsPerLevel: number;
  live: boolean;
  filter: { exchange: string[]; leverage: number[]; age: string; side: string; mode: string; delta: string | null };
  currency: string;
}

export interface PictureStyle {
  width: number;
  height: number;
  theme: Theme;
  palette: PaletteName;
}

const INK: Record<Theme, { page: Colour; plot: Colour; text: Colour; candle: Colour; halo: Colour; line: Colour }> = {
  dark: { page: 0x0d0f15, plot: 0x07080c, text: 0xd5dbe6, candle: 0xffffff, halo: 0x000000, line: 0x3a4254 },
  light: { page: 0xf6f7f9, plot: 0xffffff, text: 0x2b313d, candle: 0x000000, halo: 0xffffff, line: 0xb8bfcc },
};

interface Plot {
  left: number;
  top: number;
  width: number;
  height: number;
  prices: PriceRange;
}

export function drawHeatmap(source: PictureSource, style: PictureStyle): Canvas {
  const ink = INK[style.theme];
  const canvas = new Canvas(style.width, style.height, ink.page);
  const magnified = style.width >= 700 ? 2 : 1;
  const line = (GLYPH_HEIGHT + 4) * magnified;
  const signed = source.filter.delta !== null;
  const grid = buildGrid({ ...source, rows: source.prices.length, signed });
  const [title, warning] = headline(source);
  canvas.text(title, 6 * magnified, 4 * magnified, ink.text, magnified);
  if (warning !== "") {
    const x = style.width - textWidth(warning, magnified) - 6 * magnified;
    canvas.text(warning, x, 4 * magnified, style.theme === "dark" ? 0xffb35c : 0x8a4513, magnified);
  }
  const words = captions(source);
  for (const [i, caption] of words.entries()) {
    canvas.text(caption, 6 * magnified, style.height - (words.length - i) * line, ink.text, magnified);
  }
  const axisWidth = 10 * 6 * magnified;
  const plot: Plot = {
    left: 0,
    top: line + 4 * magnified,
    width: style.width - axisWidth,
    height: style.height - (1 + words.length) * line - 8 * magnified,
    prices: { low: 1, high: 2 },
  };
  canvas.fill(plot.left, plot.top, plot.width, plot.height, ink.plot);
  if (grid === null || source.price === null) {
    canvas.text("NO DATA IN THIS RANGE YET", plot.left + 12, plot.top + 12, ink.text, magnified);
    return canvas;
  }
  const shown = priceRange(grid, source.price, "auto");
  const lows = grid.candles.flatMap((candle) => candle?.low ?? []);
  const highs = grid.candles.flatMap((candle) => candle?.high ?? []);
  plot.prices = { low: Math.min(shown.low, ...lows), high: Math.max(shown.high, ...highs) };
  const scale = automaticScale(grid.usd, signed);
  drawCells(canvas, plot, grid, scale, style, ink.plot);
  drawCandles(canvas, plot, grid, ink);
  drawPrices(canvas, plot, source.price, { ...ink, magnified });
  drawLegend(canvas, plot, scale, style, { ...ink, magnified });
  return canvas;
}

function headline(source: PictureSource): [string, string] {
  const { mode, age, delta, side, exchange, leverage } = source.filter;
  const parts = [
    `${source.symbol} estimated liquidation levels ${source.range}`,
    delta === null ? mode : `change over ${delta}`,
    age === "all" ? "" : `opened within ${age}`,
    side === "both" ? "" : `${side}s only`,
    exchange.length === source.coverage.exchanges.length && exchange.length > 1 ? "" : exchange.join("+"),
    leverage.length === 5 ? "" : leverage.map((tier) => `${tier}x`).join("+"),
  ];
  return [parts.filter((part) => part !== "").join(", "), source.dataSource === "live" ? "" : source.dataSource];
}

function captions(source: PictureSource): [string, string] {
  const inMap = source.coverage.exchanges.filter((exchange) => exchange.modelled).map((exchange) => exchange.id);
  const time = new Date(source.asOf).toISOString().slice(0, 16).replace("T", " ");
  return [
    `As of ${time} UTC   coverage ${formatShare(source.coverage.ratio)} of known open interest`,
    `${inMap.join(", ")}   model ${source.modelVersion}   Faultline`,
  ];
}

function yOf(plot: Plot, price: number): number {
  const { low, high } = plot.prices;
  return plot.top + (Math.log(high / price) / Math.log(high / low)) * plot.height;
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

/** Colour of each byte of a cell: half as many as there are bytes, so that the picture fits a palette of 256 colours. */
function shades(style: PictureStyle, scale: Scale, ground: Colour): Colour[] {
  const lut = buildLut(style.palette, style.theme, scale, 0);
  return Array.from(lut, (pixel, byte) => over(byte === 0 ? pixel : (lut[byte | 1] ?? 0), ground));
}

/** Ink inside a halo of the opposite colour; rising bodies are hollow where there is room. */
function drawCandles(
  canvas: Canvas,
  plot: Plot,
  grid: Grid,
  ink: { candle: Colour; halo: Colour; plot: Colour },
): void {
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

function drawPrices(
  canvas: Canvas,
  plot: Plot,
  price: number,
  ink: { text: Colour; candle: Colour; line: Colour; page: Colour; magnified: number },
): void {
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

/** The colour scale with USD at three places. */
function drawLegend(
  canvas: Canvas,
  plot: Plot,
  scale: Scale,
  style: PictureStyle,
  ink: { text: Colour; page: Colour; plot: Colour; magnified: number },
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
  const ends = scale.signed ? [-1, 0, 1] : [0, 0.5, 1];
  for (const [i, position] of ends.entries()) {
    const label = `${formatUsd(usdAt(scale, position), scale.signed)}${position === 1 ? "+" : ""}`;
    const at = left + (width * i) / 2 - (textWidth(label, ink.magnified) * i) / 2;
    canvas.text(label, Math.round(at), y, ink.text, ink.magnified);
  }
}
