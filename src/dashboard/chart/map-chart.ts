// The chart: candles over the heatmap, with one cursor shared by pointer, touch and keyboard. Knows nothing of the network.
import {
  CrosshairMode,
  createChart,
  type IChartApi,
  type ISeriesApi,
  type MouseEventParams,
  PriceScaleMode,
  type SeriesPartialOptions,
  TickMarkType,
  type Time,
  type UTCTimestamp,
  type WhitespaceData,
} from "lightweight-charts";
import { formatPrice, formatTime, priceDecimals } from "../../shared/display/format.ts";
import { type Grid, priceOfRow, rowOfPrice, slotOfTime, timeOfSlot } from "../../shared/display/grid.ts";
import type { Theme } from "../../shared/display/palette.ts";
import { quantise } from "../../shared/display/quantise.ts";
import type { Scale } from "../../shared/display/scale.ts";
import type { Cursor } from "../grid/cursor.ts";
import { type CandleData, type CandleOptions, CandleSeries } from "./candle-series.ts";
import { HeatmapPrimitive } from "./heatmap-primitive.ts";
import { CHART_THEMES } from "./theme.ts";

/** Bars shown at first: more would be a blur on a phone. */
const PHONE_BARS = 100;
const DESKTOP_BARS = 288;
const PHONE_WIDTH = 640;

export interface ChartEvents {
  onCursor(cursor: Cursor | null): void;
  /** Each time the picture was drawn: parts beside the chart align themselves. */
  onPaint(): void;
}

export class MapChart {
  readonly #chart: IChartApi;
  readonly #series: ISeriesApi<
    "Custom",
    Time,
    CandleData | WhitespaceData<Time>,
    CandleOptions,
    SeriesPartialOptions<CandleOptions>
  >;
  readonly #heatmap: HeatmapPrimitive;
  readonly #container: HTMLElement;
  #grid: Grid | null = null;
  #bytes = new Uint8Array(0);
  #scale: Scale = { topUsd: 1, signed: false };

  constructor(container: HTMLElement, theme: Theme, events: ChartEvents) {
    this.#container = container;
    this.#chart = createChart(container, {
      autoSize: true,
      crosshair: { mode: CrosshairMode.Normal },
      localization: { priceFormatter: formatPrice, timeFormatter: (time: Time) => formatTime(Number(time) * 1_000) },
      timeScale: {
        timeVisible: true,
        secondsVisible: false,
        rightOffset: 3,
        minBarSpacing: 0.5,
        tickMarkFormatter: (time: Time, kind: TickMarkType) => tickLabel(Number(time) * 1_000, kind),
      },
      rightPriceScale: { scaleMargins: { top: 0.02, bottom: 0.02 }, minimumWidth: 64 },
      handleScroll: { vertTouchDrag: false },
    });
    this.#series = this.#chart.addCustomSeries(new CandleSeries(), { priceLineStyle: 1 });
    this.#heatmap = new HeatmapPrimitive(events.onPaint);
    this.#series.attachPrimitive(this.#heatmap);
    this.#chart.subscribeCrosshairMove((event) => events.onCursor(this.#cursorOf(event)));
    this.setTheme(theme);
  }

  /** Shows another grid and moves to its newest columns. */
  setGrid(grid: Grid, scale: Scale, lut: Uint32Array): void {
    this.#grid = grid;
    this.#bytes = new Uint8Array(grid.usd.length);
    this.#scale = scale;
    quantise(grid.usd, scale, this.#bytes);
    // every slot has a point, with or without a candle: the time axis keeps its gaps
    this.#series.setData(Array.from({ length: grid.slots }, (_, slot) => this.#point(grid, slot)));
    this.#heatmap.set(grid, this.#bytes, lut);
    const last = grid.candles.findLast((candle) => candle !== null);
    const decimals = priceDecimals(last?.close ?? priceOfRow(grid, 0));
    this.#series.applyOptions({ priceFormat: { type: "custom", minMove: 10 ** -decimals, formatter: formatPrice } });
    this.showNewest();
  }

  /** Other colours for the same cells; another scale also rewrites their bytes. */
  setColours(scale: Scale, lut: Uint32Array): void {
    const grid = this.#grid;
    if (grid === null) return;
    if (scale.topUsd !== this.#scale.topUsd || scale.signed !== this.#scale.signed) {
      this.#scale = scale;
      quantise(grid.usd, scale, this.#bytes);
    }
    this.#heatmap.set(grid, this.#bytes, lut);
  }

  /** Redraws one column, the newest or the one just appended. */
  columnChanged(slot: number): void {
    const grid = this.#grid;
    if (grid === null) return;
    quantise(grid.usd, this.#scale, this.#bytes, slot * grid.rows, (slot + 1) * grid.rows);
    this.#series.update(this.#point(grid, slot));
    this.#heatmap.columnChanged(slot);
  }

  showNewest(): void {
    const grid = this.#grid;
    if (grid === null) return;
    const bars = this.#container.clientWidth < PHONE_WIDTH ? PHONE_BARS : DESKTOP_BARS;
    const shown = Math.min(bars, grid.slots);
    this.#chart.timeScale().setVisibleLogicalRange({ from: grid.slots - shown, to: grid.slots + shown * 0.02 });
    this.#chart.priceScale("right").applyOptions({ autoScale: true });
  }

  /** Zooms in time around the newest visible bar; a factor below 1 shows fewer bars. */
  zoom(factor: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    const width = Math.max(10, (range.to - range.from) * factor);
    this.#chart.timeScale().setVisibleLogicalRange({ from: range.to - width, to: range.to });
  }

  setReach(reach: { low: number; high: number } | null): void {
    this.#heatmap.setReach(reach);
    // a changed wish takes effect only while the axis scales itself
    this.#chart.priceScale("right").applyOptions({ autoScale: true });
  }

  setAxis(axis: "log" | "linear"): void {
    const mode = axis === "log" ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal;
    this.#chart.priceScale("right").applyOptions({ mode });
  }

  setTheme(theme: Theme): void {
    const colours = CHART_THEMES[theme];
    this.#chart.applyOptions({
      layout: {
        background: { color: colours.background },
        textColor: colours.text,
        fontSize: 11,
        fontFamily: "system-ui, sans-serif",
      },
      grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
      rightPriceScale: { borderColor: colours.line },
      timeScale: { borderColor: colours.line },
      crosshair: {
        vertLine: { color: colours.crosshair, labelBackgroundColor: colours.label },
        horzLine: { color: colours.crosshair, labelBackgroundColor: colours.label },
      },
    });
    this.#series.applyOptions({
      ink: colours.ink,
      halo: colours.halo,
      color: colours.label,
      priceLineColor: colours.marker,
    });
  }

  showHeatmap(visible: boolean): void {
    this.#heatmap.show(visible);
  }

  /** Puts the crosshair on the middle of a cell and brings its column into view; null removes it. */
  setCursor(cursor: Cursor | null): void {
    const grid = this.#grid;
    if (cursor === null || grid === null) {
      this.#chart.clearCrosshairPosition();
      return;
    }
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range !== null && (cursor.slot < range.from || cursor.slot > range.to)) {
      const half = (range.to - range.from) / 2;
      this.#chart.timeScale().setVisibleLogicalRange({ from: cursor.slot - half, to: cursor.slot + half });
    }
    const price = Math.sqrt(priceOfRow(grid, cursor.row) * priceOfRow(grid, cursor.row + 1));
    this.#chart.setCrosshairPosition(price, seconds(timeOfSlot(grid, cursor.slot)), this.#series);
  }

  /** Css pixels from the top of the plot, or null before the first frame. */
  priceToY(price: number): number | null {
    return this.#series.priceToCoordinate(price);
  }

  yToPrice(y: number): number | null {
    return this.#series.coordinateToPrice(y);
  }

  plotHeight(): number {
    return this.#chart.paneSize().height;
  }

  destroy(): void {
    this.#chart.remove();
  }

  #point(grid: Grid, slot: number): CandleData | WhitespaceData<Time> {
    const time = seconds(timeOfSlot(grid, slot));
    const candle = grid.candles[slot];
    return candle == null ? { time } : { time, ...candle };
  }

  #cursorOf(event: MouseEventParams): Cursor | null {
    const grid = this.#grid;
    if (grid === null || event.point === undefined || typeof event.time !== "number") return null;
    const price = this.#series.coordinateToPrice(event.point.y);
    if (price === null) return null;
    return { slot: slotOfTime(grid, event.time * 1_000), row: rowOfPrice(grid, price) };
  }
}

function seconds(timeMs: number): UTCTimestamp {
  return (timeMs / 1_000) as UTCTimestamp;
}

/** Label on the time axis in the reader's own time zone. */
function tickLabel(timeMs: number, kind: TickMarkType): string {
  const byTime = kind === TickMarkType.Time || kind === TickMarkType.TimeWithSeconds;
  const date = new Date(timeMs);
  if (byTime) return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
