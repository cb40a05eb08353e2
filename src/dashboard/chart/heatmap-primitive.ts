// Draws the heatmap behind the candles: one drawImage per frame, edges on whole pixels, columns at their bars' times.
import type {
  AutoscaleInfo,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  Time,
  UTCTimestamp,
} from "lightweight-charts";
import { type Grid, priceOfRow, timeOfSlot } from "../../shared/display/grid.ts";
import { rowSpans } from "../grid/resample.ts";
import { HeatmapPicture } from "./heatmap-picture.ts";

type Target = Parameters<IPrimitivePaneRenderer["draw"]>[0];

/** Largest error in css pixels at which the log picture still counts as exact. */
const EXACT_PX = 0.5;

export class HeatmapPrimitive implements ISeriesPrimitive<Time> {
  readonly #picture = new HeatmapPicture();
  readonly #views: IPrimitivePaneView[];
  #attached: SeriesAttachedParameter<Time> | null = null;
  #grid: Grid | null = null;
  #reach: { low: number; high: number } | null = null;
  #visible = true;

  /** `onPaint` runs inside each frame, after the axes are settled. */
  constructor(onPaint: () => void) {
    const renderer: IPrimitivePaneRenderer = {
      draw: (target) => {
        if (this.#visible) this.#draw(target);
        onPaint();
      },
    };
    this.#views = [{ zOrder: () => "bottom", renderer: () => renderer }];
  }

  attached(parameters: SeriesAttachedParameter<Time>): void {
    this.#attached = parameters;
  }

  detached(): void {
    this.#attached = null;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  /** Widens the price axis beyond the candles to the part of the map worth seeing. */
  autoscaleInfo(): AutoscaleInfo | null {
    if (this.#reach === null) return null;
    return { priceRange: { minValue: this.#reach.low, maxValue: this.#reach.high } };
  }

  set(grid: Grid, bytes: Uint8Array, lut: Uint32Array): void {
    this.#grid = grid;
    this.#picture.set(grid, bytes, lut);
    this.#attached?.requestUpdate();
  }

  columnChanged(slot: number): void {
    this.#picture.columnChanged(slot);
    this.#attached?.requestUpdate();
  }

  setReach(reach: { low: number; high: number } | null): void {
    this.#reach = reach;
    this.#attached?.requestUpdate();
  }

  show(visible: boolean): void {
    this.#visible = visible;
    this.#attached?.requestUpdate();
  }

  #draw(target: Target): void {
    const grid = this.#grid;
    const attached = this.#attached;
    if (grid === null || attached === null) return;
    const timeScale = attached.chart.timeScale();
    const spacing = timeScale.options().barSpacing;
    const firstX = timeScale.timeToCoordinate((timeOfSlot(grid, 0) / 1_000) as UTCTimestamp);
    const range = timeScale.getVisibleLogicalRange();
    if (firstX === null || range === null) return;
    // the series starts at slot 0, so logical positions are slots
    const from = Math.max(0, Math.floor(range.from) - 1);
    const to = Math.min(grid.slots, Math.ceil(range.to) + 2);
    if (to <= from) return;
    target.useBitmapCoordinateSpace(({ context, bitmapSize, horizontalPixelRatio, verticalPixelRatio }) => {
      const edgeX = (slot: number): number => Math.round((firstX + (slot - 0.5) * spacing) * horizontalPixelRatio);
      const left = edgeX(from);
      const width = edgeX(to) - left;
      context.imageSmoothingEnabled = false;
      const top = this.#y(priceOfRow(grid, grid.rows));
      const bottom = this.#y(priceOfRow(grid, 0));
      if (top === null || bottom === null) return;
      const exact = this.#isExact(grid, top, bottom);
      if (exact && ((bottom - top) * verticalPixelRatio) / grid.rows >= 1) {
        const topY = Math.round(top * verticalPixelRatio);
        const height = Math.round(bottom * verticalPixelRatio) - topY;
        context.drawImage(this.#picture.cells, from, 0, to - from, grid.rows, left, topY, width, height);
        return;
      }
      const height = bitmapSize.height;
      const spans = () => rowSpans(this.#edges(grid, height, verticalPixelRatio), grid.rows);
      const key = `${this.#priceAt(0)} ${this.#priceAt(height / verticalPixelRatio)} ${verticalPixelRatio} ${exact}`;
      const picture = this.#picture.resampled(spans, height, key);
      context.drawImage(picture, from, 0, to - from, height, left, 0, width, height);
    });
  }

  /** True on the log axis: rows are evenly high, so stretching one image puts each on its price. */
  #isExact(grid: Grid, top: number, bottom: number): boolean {
    const middle = this.#y(priceOfRow(grid, grid.rows / 2));
    return middle !== null && Math.abs(middle - (top + bottom) / 2) <= EXACT_PX;
  }

  /** Fractional row at every pixel edge, from the top down. */
  #edges(grid: Grid, height: number, verticalPixelRatio: number): Float64Array {
    const edges = new Float64Array(height + 1);
    const scale = 1 / Math.log(priceOfRow(grid, 1) / priceOfRow(grid, 0));
    const origin = Math.log(priceOfRow(grid, 0));
    for (let y = 0; y <= height; y++) {
      const price = this.#priceAt(y / verticalPixelRatio);
      edges[y] = price !== null && price > 0 ? (Math.log(price) - origin) * scale : Number.NEGATIVE_INFINITY;
    }
    return edges;
  }

  #y(price: number): number | null {
    return this.#attached?.series.priceToCoordinate(price) ?? null;
  }

  #priceAt(y: number): number | null {
    return this.#attached?.series.coordinateToPrice(y) ?? null;
  }
}
