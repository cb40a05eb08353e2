// The liquidation map beside the chart: one bar per band of pixels, on the chart's own price axis, square-root lengths.
import type { Theme } from "../../shared/display/palette.ts";
import { stripBars } from "../grid/bands.ts";
import type { MapLevel } from "../grid/levels.ts";
import { CHART_THEMES } from "./theme.ts";

export interface StripView {
  levels: readonly MapLevel[];
  price: number | null;
  theme: Theme;
  /** Height of the chart's plot, css pixels; the strip is empty below it. */
  plotHeight: number;
  priceToY(price: number): number | null;
  /** Highlighted price, or null. */
  cursorPrice: number | null;
}

export function drawStrip(canvas: HTMLCanvasElement, view: StripView): void {
  const ratio = window.devicePixelRatio;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const context = canvas.getContext("2d");
  if (context === null || width === 0) return;
  const bitmapWidth = Math.round(width * ratio);
  const bitmapHeight = Math.round(height * ratio);
  if (canvas.width !== bitmapWidth || canvas.height !== bitmapHeight) {
    canvas.width = bitmapWidth;
    canvas.height = bitmapHeight;
  }
  const colours = CHART_THEMES[view.theme];
  context.clearRect(0, 0, bitmapWidth, bitmapHeight);
  const bars = stripBars(view.levels, view.plotHeight, view.priceToY);
  const largest = bars.reduce((most, { usd }) => Math.max(most, Math.abs(usd)), 0);
  for (const { side, usd, y, thickness } of bars) {
    const length = Math.max(1, Math.sqrt(Math.abs(usd) / largest) * (width - 6));
    const top = Math.round(y * ratio);
    const height = Math.max(1, Math.round((y + thickness) * ratio) - top - Math.round(ratio / 2));
    context.fillStyle = side === "long" ? colours.long : colours.short;
    // a falling change is drawn dashed, so that colour is not its only sign
    if (usd > 0) context.fillRect(0, top, Math.round(length * ratio), height);
    else
      for (let x = 0; x < length; x += 4) context.fillRect(Math.round(x * ratio), top, Math.round(2 * ratio), height);
  }
  context.fillStyle = colours.marker;
  line(view.price);
  context.fillStyle = colours.crosshair;
  line(view.cursorPrice);

  function line(price: number | null): void {
    const y = price === null ? null : view.priceToY(price);
    if (y === null || y < 0 || y > view.plotHeight) return;
    for (let x = 0; x < bitmapWidth; x += Math.round(6 * ratio)) {
      context?.fillRect(x, Math.round(y * ratio), Math.round(3 * ratio), Math.max(1, Math.round(ratio)));
    }
  }
}
