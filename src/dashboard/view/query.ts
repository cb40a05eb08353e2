// The view as an address and back. Only what differs from the default is written; unknown words fall back to it,
// so that an old link still opens. The filter's names are the API's own.

import { PALETTES } from "../../shared/display/palette.ts";
import { REACHES } from "../../shared/display/reach.ts";
import {
  AGES,
  DELTAS,
  type MapFilter,
  MODES,
  RANGES,
  type Range,
  SIDE_FILTERS,
  TIERS,
  type Tier,
} from "../../shared/market/filter.ts";
import { isVenueId, VENUES } from "../../shared/market/symbol.ts";
import { readSymbol } from "../../shared/market/written-symbol.ts";
import { DEFAULT_VIEW, type Display, type View } from "./view.ts";

const SYMBOL = /^[A-Z0-9]{1,15}$/;

/** Returns the view an address asks for; total. */
export function parseView(query: string): View {
  const params = new URLSearchParams(query);
  const written = readSymbol(params.get("symbol") ?? "");
  const symbol = written?.names.at(-1) ?? "";
  const filter = parseFilter(params);
  return {
    symbol: SYMBOL.test(symbol) ? symbol : DEFAULT_VIEW.symbol,
    range: oneOf(RANGES, params.get("range")) ?? DEFAULT_VIEW.range,
    // `OKX:BTCUSDT` is that exchange's map
    filter: written !== null && written.venue !== null ? { ...filter, venues: [written.venue] } : filter,
    display: parseDisplay(params),
  };
}

/** The address of a view, without `?`; empty for the default view. */
export function writeView(view: View): string {
  const params = new URLSearchParams();
  if (view.symbol !== DEFAULT_VIEW.symbol) params.set("symbol", view.symbol);
  if (view.range !== DEFAULT_VIEW.range) params.set("range", view.range);
  writeFilter(view.filter, params);
  writeDisplay(view.display, params);
  return readable(params);
}

/** The query of GET /v1/heatmap and /v1/map, or with more fields of /v1/stream. */
export function apiQuery(range: Range, filter: MapFilter, more: Record<string, string> = {}): string {
  const params = new URLSearchParams({ ...more, range });
  writeFilter(filter, params);
  return readable(params);
}

function parseFilter(params: URLSearchParams): MapFilter {
  const venues = listOf(params.get("exchange")).filter(isVenueId);
  const tiers = listOf(params.get("leverage"))
    .map((text) => TIERS.find((tier) => String(tier) === text))
    .filter((tier): tier is Tier => tier !== undefined);
  return {
    venues: venues.length === 0 ? null : VENUES.filter((venue) => venues.includes(venue)),
    tiers: tiers.length === 0 ? null : TIERS.filter((tier) => tiers.includes(tier)),
    age: oneOf(AGES, params.get("age")) ?? "all",
    side: oneOf(SIDE_FILTERS, params.get("side")) ?? "both",
    mode: oneOf(MODES, params.get("mode")) ?? "exposed",
    delta: oneOf(DELTAS, params.get("delta")),
  };
}

function writeFilter(filter: MapFilter, params: URLSearchParams): void {
  if (filter.venues !== null) params.set("exchange", filter.venues.join(","));
  if (filter.tiers !== null) params.set("leverage", filter.tiers.join(","));
  if (filter.age !== "all") params.set("age", filter.age);
  if (filter.side !== "both") params.set("side", filter.side);
  if (filter.mode !== "exposed") params.set("mode", filter.mode);
  if (filter.delta !== null) params.set("delta", filter.delta);
}

function parseDisplay(params: URLSearchParams): Display {
  const threshold = Number(params.get("min") ?? "0");
  const top = Number(params.get("scale") ?? "0");
  return {
    palette: oneOf(PALETTES, params.get("colors")) ?? DEFAULT_VIEW.display.palette,
    axis: params.get("axis") === "linear" ? "linear" : "log",
    reach: oneOf(REACHES, params.get("window")) ?? DEFAULT_VIEW.display.reach,
    threshold: threshold > 0 && threshold < 100 ? threshold / 100 : 0,
    lockedTopUsd: top > 0 && Number.isFinite(top) ? top : null,
    heatmap: params.get("heatmap") !== "off",
  };
}

function writeDisplay(display: Display, params: URLSearchParams): void {
  if (display.palette !== DEFAULT_VIEW.display.palette) params.set("colors", display.palette);
  if (display.axis === "linear") params.set("axis", "linear");
  if (display.reach !== DEFAULT_VIEW.display.reach) params.set("window", display.reach);
  if (display.threshold > 0) params.set("min", String(Math.round(display.threshold * 100)));
  if (display.lockedTopUsd !== null) params.set("scale", String(Math.round(display.lockedTopUsd)));
  if (!display.heatmap) params.set("heatmap", "off");
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((word) => word === text) ?? null;
}

function listOf(text: string | null): string[] {
  return (text ?? "").toLowerCase().split(",");
}

/** Commas are legal in a query and easier to read than their escape. */
function readable(params: URLSearchParams): string {
  return params.toString().replaceAll("%2C", ",");
}
