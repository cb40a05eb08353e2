// The heatmap as pixels. Two pictures: one pixel per cell for the log axis, and one resampled to pixel rows for a
// linear axis or when rows are thinner than pixels. Either way the chart draws a single image.
import type { Grid } from "../../shared/display/grid.ts";
import { paintColumn, type RowSpans } from "../grid/resample.ts";

export class HeatmapPicture {
  #cells = new Layer();
  #resampled = new Layer();
  #resampledKey = "";
  #version = 0;
  #grid: Grid | null = null;
  #bytes: Uint8Array = new Uint8Array(0);
  #lut: Uint32Array = new Uint32Array(256);

  /** Replaces everything: another grid, other bytes or another colour table. */
  set(grid: Grid, bytes: Uint8Array, lut: Uint32Array): void {
    this.#grid = grid;
    this.#bytes = bytes;
    this.#lut = lut;
    this.#version += 1;
    this.#cells.resize(grid.capacity, grid.rows);
    const spans = identitySpans(grid.rows);
    for (let slot = 0; slot < grid.slots; slot++) this.#paint(this.#cells, slot, slot, spans);
    this.#cells.flush();
  }

  /** Repaints one column after its bytes changed. */
  columnChanged(slot: number): void {
    if (this.#grid === null) return;
    this.#version += 1;
    this.#paint(this.#cells, slot, slot, identitySpans(this.#grid.rows));
    this.#cells.flush(slot, 1);
  }

  /** One pixel per cell, slot 0 at the left, the highest row at the top. */
  get cells(): HTMLCanvasElement {
    return this.#cells.canvas;
  }

  /**
   * All slots on the pixel rows of `spans`; repainted only when `key` or the cells changed. The slots outside the
   * screen are painted too, so that moving in time repaints nothing.
   */
  resampled(spans: () => RowSpans, height: number, key: string): HTMLCanvasElement {
    const wanted = `${key} ${height} ${this.#version}`;
    if (wanted !== this.#resampledKey && this.#grid !== null) {
      this.#resampledKey = wanted;
      this.#resampled.resize(this.#grid.capacity, height);
      const rows = spans();
      for (let slot = 0; slot < this.#grid.slots; slot++) this.#paint(this.#resampled, slot, slot, rows);
      this.#resampled.flush();
    }
    return this.#resampled.canvas;
  }

  #paint(layer: Layer, slot: number, x: number, spans: RowSpans): void {
    const grid = this.#grid;
    if (grid === null) return;
    paintColumn(this.#bytes, slot * grid.rows, spans, this.#lut, grid.signed, layer.pixels, x, layer.canvas.width);
  }
}

/** A canvas with its pixels at hand. */
class Layer {
  readonly canvas = document.createElement("canvas");
  pixels = new Uint32Array(0);
  #image: ImageData | null = null;

  resize(width: number, height: number): void {
    const w = Math.max(1, width);
    const h = Math.max(1, height);
    if (this.#image?.width === w && this.#image.height === h) {
      this.pixels.fill(0);
      return;
    }
    this.canvas.width = w;
    this.canvas.height = h;
    this.#image = new ImageData(w, h);
    this.pixels = new Uint32Array(this.#image.data.buffer);
  }

  flush(x = 0, width = this.canvas.width): void {
    const context = this.canvas.getContext("2d");
    if (context !== null && this.#image !== null) {
      context.putImageData(this.#image, 0, 0, x, 0, width, this.canvas.height);
    }
  }
}

let identity: RowSpans = { low: new Int32Array(0), high: new Int32Array(0) };

function identitySpans(rows: number): RowSpans {
  if (identity.low.length !== rows) {
    const low = Int32Array.from({ length: rows }, (_, y) => rows - 1 - y);
    identity = { low, high: low };
  }
  return identity;
}
