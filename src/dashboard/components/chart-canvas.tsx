// Ties the chart to the store: signals in, cursor out. Event handlers only record intent.
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { priceOfRow, rowOfPrice } from "../../shared/display/grid.ts";
import { priceRange } from "../../shared/display/reach.ts";
import { MapChart } from "../chart/map-chart.ts";
import { drawStrip } from "../chart/strip.ts";
import { moveCursor } from "../grid/cursor.ts";
import { lut } from "../state/colours.ts";
import { describeCell } from "../state/describe.ts";
import * as store from "../state/store.ts";

export function ChartCanvas() {
  const container = useRef<HTMLDivElement>(null);
  const strip = useRef<HTMLCanvasElement>(null);
  const chart = useSignal<MapChart | null>(null);

  useEffect(() => {
    if (container.current === null) return;
    const made = new MapChart(container.current, store.theme.peek(), {
      onCursor: (cursor) => {
        store.cursor.value = cursor;
      },
      onPaint: () => paintStrip(made, strip.current),
    });
    chart.value = made;
    return () => made.destroy();
  }, []);

  useSignalEffect(() => {
    const { grid } = store;
    if (chart.value === null || grid.value === null) return;
    chart.value.setGrid(grid.value, store.scale.peek(), lut.peek());
  });
  useSignalEffect(() => chart.value?.setColours(store.scale.value, lut.value));
  useSignalEffect(() => {
    const changed = store.changedColumn.value;
    if (changed !== null) chart.value?.columnChanged(changed.slot);
  });
  useSignalEffect(() => chart.value?.setTheme(store.theme.value));
  useSignalEffect(() => chart.value?.setAxis(store.view.value.display.axis));
  useSignalEffect(() => chart.value?.showHeatmap(store.view.value.display.heatmap));
  useSignalEffect(() => {
    const grid = store.grid.value;
    const reach = store.view.value.display.reach;
    // only a new answer or choice moves the axis, never a live price
    const price = store.price.peek();
    chart.value?.setReach(grid === null || price === null ? null : priceRange(grid, price, reach));
  });
  useSignalEffect(() => {
    void [store.map.value, store.cursor.value, store.price.value, store.theme.value];
    if (chart.value !== null) paintStrip(chart.value, strip.current);
  });

  return (
    <div class="plot">
      <div
        ref={container}
        class="canvas"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the chart is walked with the arrow keys
        tabIndex={0}
        aria-label="Heatmap of estimated liquidation levels behind the price. Arrow keys move by column and price level, Page Up and Page Down by ten levels, Home and End to the first and last column, plus and minus zoom, T goes to the table, Escape leaves."
        onKeyDown={(event) => onKey(event, chart.peek())}
        onBlur={() => putCursor(chart.peek(), null)}
      />
      <canvas
        ref={strip}
        class="strip"
        role="img"
        aria-label="Liquidation map: size per price level now. The table of levels has the figures."
        onPointerMove={({ offsetY }) => pointAt(chart.peek(), offsetY)}
        onPointerLeave={() => putCursor(chart.peek(), null)}
      />
    </div>
  );
}

function paintStrip(chart: MapChart, canvas: HTMLCanvasElement | null): void {
  const grid = store.grid.peek();
  if (canvas === null || grid === null) return;
  const cursor = store.cursor.peek();
  drawStrip(canvas, {
    levels: store.map.peek()?.levels ?? [],
    price: store.price.peek(),
    theme: store.theme.peek(),
    plotHeight: chart.plotHeight(),
    priceToY: (price) => chart.priceToY(price),
    cursorPrice: cursor === null ? null : priceOfRow(grid, cursor.row + 0.5),
  });
}

function putCursor(chart: MapChart | null, cursor: { slot: number; row: number } | null): void {
  store.cursor.value = cursor;
  chart?.setCursor(cursor);
}

function pointAt(chart: MapChart | null, y: number): void {
  const grid = store.grid.peek();
  const price = chart?.yToPrice(y) ?? null;
  if (grid === null || price === null) return;
  putCursor(chart, { slot: grid.slots - 1, row: rowOfPrice(grid, price) });
}

function onKey(event: KeyboardEvent, chart: MapChart | null): void {
  const grid = store.grid.peek();
  if (grid === null || chart === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") putCursor(chart, null);
  else if (event.key === "+" || event.key === "=") chart.zoom(0.8);
  else if (event.key === "-") chart.zoom(1.25);
  else if (event.key === "t" || event.key === "T") document.getElementById("levels")?.focus();
  else {
    const price = store.price.peek() ?? priceOfRow(grid, grid.rows / 2);
    const start = store.cursor.peek() ?? { slot: grid.slots - 1, row: rowOfPrice(grid, price) };
    const moved = moveCursor(start, event.key, grid.slots, grid.rows);
    if (moved === null) return;
    putCursor(chart, moved);
    store.announcement.value = describeCell(moved);
  }
  event.preventDefault();
}
