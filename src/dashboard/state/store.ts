// What the page knows, as signals. The session writes them, components and the chart read them.
import { computed, signal } from "@preact/signals";
import type { Grid } from "../../shared/display/grid.ts";
import type { Theme } from "../../shared/display/palette.ts";
import { automaticScale, type Scale } from "../../shared/display/scale.ts";
import type { MapFilter } from "../../shared/market/filter.ts";
import type { Envelope, MapAnswer, SymbolEntry } from "../api/wire.ts";
import type { Cursor } from "../grid/cursor.ts";
import { type Connection, INITIAL_CONNECTION } from "../stream/reconnect.ts";
import { ageOf, freshnessOf } from "../text/freshness.ts";
import { parseView } from "../view/query.ts";
import { type MapType, typeOf } from "../view/types.ts";
import type { Display, View } from "../view/view.ts";

export type PageState =
  | { state: "loading" }
  | { state: "ready" }
  /** No column yet; progress of the first fetch of history, or null when unknown. */
  | { state: "empty"; progress: number | null }
  | { state: "failed"; detail: string; status: number | null };

export const view = signal<View>(parseView(location.search));
export const openType = signal<MapType>(typeOf(view.value.filter));
export const page = signal<PageState>({ state: "loading" });
export const online = signal(navigator.onLine);
export const connection = signal<Connection>(INITIAL_CONNECTION);

export const symbols = signal<SymbolEntry[]>([]);
/** Earliest history of the shown symbol, or null when the server does not say. */
export const historyFromMs = signal<number | null>(null);
export const envelope = signal<Envelope | null>(null);
/** Market clock minus this device's clock, ms. */
export const clockOffsetMs = signal(0);
export const price = signal<number | null>(null);
export const map = signal<MapAnswer | null>(null);

/** The grid is one object that live columns change in place; a new object means a new answer. */
export const grid = signal<Grid | null>(null);
/** Last column that changed, wrapped so that the same slot twice is two changes. */
export const changedColumn = signal<{ slot: number } | null>(null);
export const automatic = signal<Scale>({ topUsd: 1, signed: false });

export const cursor = signal<Cursor | null>(null);
/** Text of the polite live region. */
export const announcement = signal("");
/** This device's clock, once a second. */
export const now = signal(Date.now());

export const theme = signal<Theme>(storedTheme() ?? preferredTheme());

export const scale = computed<Scale>(() => {
  const { topUsd, signed } = automatic.value;
  return { topUsd: view.value.display.lockedTopUsd ?? topUsd, signed };
});

/** Cells below this are not drawn, USD: the threshold is a position on the scale, which is a square root. */
export const thresholdUsd = computed(() => view.value.display.threshold ** 2 * scale.value.topUsd);

export const ageMs = computed(() =>
  envelope.value === null ? null : ageOf(envelope.value.asOf, clockOffsetMs.value, now.value),
);
export const freshness = computed(() => (ageMs.value === null ? null : freshnessOf(ageMs.value)));

/** Takes an answer's or a message's envelope, unless a newer one is known. */
export function acceptEnvelope(next: Envelope): void {
  if (envelope.value !== null && next.asOf < envelope.value.asOf) return;
  const { asOf, modelVersion, dataSource, coverage } = next;
  envelope.value = { asOf, modelVersion, dataSource, coverage };
}

export function setFilter(filter: MapFilter): void {
  view.value = { ...view.value, filter };
}

/** Changes how the map is drawn; the address follows without a new history entry. */
export function setDisplay(change: Partial<Display>): void {
  view.value = { ...view.value, display: { ...view.value.display, ...change } };
}

/** Counts the times someone asked to fetch the same view again. */
export const attempts = signal(0);

export function tryAgain(): void {
  attempts.value += 1;
}

export function setTheme(next: Theme): void {
  theme.value = next;
  try {
    localStorage.setItem("theme", next);
  } catch {
    // storage may be forbidden: the choice then lasts as long as the page
  }
}

function storedTheme(): Theme | null {
  try {
    const stored = localStorage.getItem("theme");
    return stored === "dark" || stored === "light" ? stored : null;
  } catch {
    // storage may be forbidden: the system's preference decides
    return null;
  }
}

function preferredTheme(): Theme {
  return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
}

/** Sets grid and automatic scale together, so that no frame shows one without the other. */
export function showGrid(next: Grid): void {
  automatic.value = automaticScale(next.usd.subarray(0, next.slots * next.rows), next.signed);
  grid.value = next;
}
