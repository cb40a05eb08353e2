// Candles that stay readable on any colour: an ink outline inside a halo of the opposite colour. One of black and
// white always contrasts at least 4.5:1. Up is hollow, down is filled.
import {
  type CustomData,
  type CustomSeriesOptions,
  customSeriesDefaultOptions,
  type ICustomSeriesPaneRenderer,
  type ICustomSeriesPaneView,
  type PaneRendererCustomData,
  type Time,
} from "lightweight-charts";
import { type CandleBox, canBeHollow, candleBox } from "./candle-geometry.ts";

export interface CandleData extends CustomData {
  open: number;
  high: number;
  low: number;
  close: number;
}

export interface CandleOptions extends CustomSeriesOptions {
  ink: string;
  halo: string;
}

type Target = Parameters<ICustomSeriesPaneRenderer["draw"]>[0];
type ToY = Parameters<ICustomSeriesPaneRenderer["draw"]>[1];

export class CandleSeries implements ICustomSeriesPaneView<Time, CandleData, CandleOptions> {
  #data: PaneRendererCustomData<Time, CandleData> | null = null;
  #options: CandleOptions = this.defaultOptions();

  renderer(): ICustomSeriesPaneRenderer {
    return { draw: (target, toY) => this.#draw(target, toY) };
  }

  update(data: PaneRendererCustomData<Time, CandleData>, options: CandleOptions): void {
    this.#data = data;
    this.#options = options;
  }

  priceValueBuilder(row: CandleData): number[] {
    return [row.high, row.low, row.close];
  }

  isWhitespace(row: CandleData | { time: Time }): row is { time: Time } {
    return !("close" in row);
  }

  defaultOptions(): CandleOptions {
    return { ...customSeriesDefaultOptions, ink: "#ffffff", halo: "#000000" };
  }

  #draw(target: Target, toY: ToY): void {
    const data = this.#data;
    const visible = data?.visibleRange;
    if (data === null || visible == null) return;
    target.useBitmapCoordinateSpace(({ context, horizontalPixelRatio, verticalPixelRatio }) => {
      const boxes: { box: CandleBox; rising: boolean }[] = [];
      for (let i = visible.from; i < visible.to; i++) {
        const bar = data.bars[i];
        if (bar === undefined) continue;
        const { open, high, low, close } = bar.originalData;
        const y = { open: toY(open), high: toY(high), low: toY(low), close: toY(close) };
        if (y.open === null || y.high === null || y.low === null || y.close === null) continue;
        const at = { open: y.open, high: y.high, low: y.low, close: y.close };
        const box = candleBox(bar.x, at, data.barSpacing, horizontalPixelRatio, verticalPixelRatio);
        boxes.push({ box, rising: close >= open });
      }
      // all halos first: a neighbour's halo must not cover ink
      context.fillStyle = this.#options.halo;
      for (const { box, rising } of boxes) drawHalo(context, box, rising);
      context.fillStyle = this.#options.ink;
      for (const { box, rising } of boxes) drawInk(context, box, rising);
    });
  }
}

type Pen = Pick<CanvasRenderingContext2D, "fillRect">;

function drawHalo(pen: Pen, box: CandleBox, rising: boolean): void {
  const { line } = box;
  pen.fillRect(box.wickLeft - line, box.highY - line, box.wickWidth + 2 * line, box.bodyTop - box.highY + line);
  const bodyBottom = box.bodyTop + box.bodyHeight;
  pen.fillRect(box.wickLeft - line, bodyBottom, box.wickWidth + 2 * line, Math.max(0, box.lowY - bodyBottom) + line);
  if (rising && canBeHollow(box)) {
    // both rims of the hollow body's outline, the inside stays see-through
    frame(pen, box.bodyLeft - line, box.bodyTop - line, box.bodyWidth + 2 * line, box.bodyHeight + 2 * line, line);
    if (box.bodyWidth >= 6 * line && box.bodyHeight >= 6 * line) {
      frame(pen, box.bodyLeft + line, box.bodyTop + line, box.bodyWidth - 2 * line, box.bodyHeight - 2 * line, line);
    }
  } else {
    pen.fillRect(box.bodyLeft - line, box.bodyTop - line, box.bodyWidth + 2 * line, box.bodyHeight + 2 * line);
  }
}

function drawInk(pen: Pen, box: CandleBox, rising: boolean): void {
  const bodyBottom = box.bodyTop + box.bodyHeight;
  pen.fillRect(box.wickLeft, box.highY, box.wickWidth, box.bodyTop - box.highY);
  pen.fillRect(box.wickLeft, bodyBottom, box.wickWidth, Math.max(0, box.lowY - bodyBottom));
  if (rising && canBeHollow(box)) {
    frame(pen, box.bodyLeft, box.bodyTop, box.bodyWidth, box.bodyHeight, box.line);
  } else {
    pen.fillRect(box.bodyLeft, box.bodyTop, box.bodyWidth, box.bodyHeight);
  }
}

function frame(pen: Pen, x: number, y: number, width: number, height: number, line: number): void {
  pen.fillRect(x, y, width, line);
  pen.fillRect(x, y + height - line, width, line);
  pen.fillRect(x, y + line, line, height - 2 * line);
  pen.fillRect(x + width - line, y + line, line, height - 2 * line);
}
