// What the page shows: symbol, range, the one filter, and how it is drawn.

import type { PaletteName } from "../../shared/display/palette.ts";
import type { Reach } from "../../shared/display/reach.ts";
import { ALL, type MapFilter, type Range } from "../../shared/market/filter.ts";
import type { SymbolId } from "../../shared/market/symbol.ts";

export interface Display {
  palette: PaletteName;
  axis: "log" | "linear";
  reach: Reach;
  /** Cells below this magnitude are not drawn, as a share 0 … 1 of the colour scale. */
  threshold: number;
  /** USD at the strong end of a locked scale; null = set from each answer. */
  lockedTopUsd: number | null;
  heatmap: boolean;
}

export interface View {
  symbol: SymbolId;
  range: Range;
  filter: MapFilter;
  display: Display;
}

export const DEFAULT_DISPLAY: Display = {
  palette: "inferno",
  axis: "log",
  reach: "auto",
  threshold: 0,
  lockedTopUsd: null,
  heatmap: true,
};

export const DEFAULT_VIEW: View = { symbol: "BTC", range: "24h", filter: ALL, display: DEFAULT_DISPLAY };
