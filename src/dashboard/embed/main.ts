// The chart alone, for other people's pages: one answer, then the stream.

import { buildGrid, type Grid } from "../../shared/display/grid.ts";
import { buildLut } from "../../shared/display/lut.ts";
import { priceRange } from "../../shared/display/reach.ts";
import { automaticScale } from "../../shared/display/scale.ts";
import { Failure, fetchHeatmap } from "../api/client.ts";
import type { Envelope } from "../api/wire.ts";
import { MapChart } from "../chart/map-chart.ts";
import { applyMessage, emptyColumn } from "../stream/apply.ts";
import { LiveSocket } from "../stream/socket.ts";
import { apiQuery, writeView } from "../view/query.ts";
import { parseEmbedAddress } from "./address.ts";
import { wordsOf } from "./words.ts";

const RETRY_MS = 5_000;

const { view, theme: wanted } = parseEmbedAddress(location.pathname, location.search);
const theme = wanted ?? (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark");
const { symbol, range, filter, display } = view;
document.documentElement.dataset["theme"] = theme;

const container = elementOf("chart");
const words = elementOf("words");
const source = elementOf("source");
const home = new URL(`/?${writeView(view)}`, location.href);
source.setAttribute("href", home.href);

const chart = new MapChart(container, theme, { onCursor: () => undefined, onPaint: () => undefined });
chart.setAxis(display.axis);

let grid: Grid | null = null;
let column = emptyColumn();
let envelope: Envelope | null = null;
let isLive = false;
let retry: ReturnType<typeof setTimeout> | undefined;

const socket = new LiveSocket({
  address: () => {
    const since = column.seq === null ? {} : { since: String(column.seq) };
    const query = apiQuery(range, filter, { symbol, format: "json", ...since });
    const address = new URL(`/v1/stream?${query}`, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    return address.href;
  },
  onMessage: (message) => {
    if (grid === null) return;
    if (message.type !== "resync" && message.type !== "gap") envelope = message;
    const change = applyMessage(grid, column, message);
    if (change.type === "column" || change.type === "appended") chart.columnChanged(change.slot);
    if (change.type === "refetch") again();
    if (change.type === "gap") {
      column = emptyColumn();
      socket.restart();
    }
    say();
  },
  onConnection: (connection) => {
    isLive = connection.state === "open";
    say();
  },
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) socket.pause();
  else if (grid !== null) socket.resume();
});

void load();

async function load(): Promise<void> {
  clearTimeout(retry);
  try {
    const { body } = await fetchHeatmap(symbol, range, filter);
    envelope = body;
    grid = buildGrid({ ...body, rows: body.prices.length, signed: filter.delta !== null });
    if (grid === null) {
      words.textContent = "No column in this range yet.";
      again();
      return;
    }
    const scale = automaticScale(grid.usd, grid.signed);
    chart.setGrid(grid, scale, buildLut(display.palette, theme, scale, display.threshold ** 2 * scale.topUsd));
    if (body.price !== null) chart.setReach(priceRange(grid, body.price, display.reach));
    column = emptyColumn();
    if (!document.hidden) socket.restart();
    say();
  } catch (cause) {
    const failure = cause instanceof Failure ? cause : new Failure("The map could not be shown.", null, cause);
    words.textContent = failure.message;
    // a refusal will not pass by itself
    if (failure.status === null || failure.status >= 500) again();
  }
}

function again(): void {
  clearTimeout(retry);
  retry = setTimeout(() => void load(), RETRY_MS);
}

function say(): void {
  if (envelope !== null && grid !== null) words.textContent = wordsOf(view, envelope, isLive);
}

function elementOf(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}
