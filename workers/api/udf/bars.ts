// Bars for a charting library, from stored minutes or columns: columnar, times in seconds.
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadColumns } from "../../store/columns.ts";
import { loadMinutes } from "../../store/minute-bars.ts";
import type { ApiConfig } from "../env.ts";
import type { ChartSymbol } from "./symbols.ts";

export interface ChartBar {
  startMs: EpochMs;
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number;
}

/** Rows read for one answer at most: 5,000 minutes of four exchanges. */
const MAX_ROWS = 20_000;

/** Bars in `[fromMs, toMs)`, oldest first; a bar that no exchange has is not there. */
export async function chartBars(
  db: D1Database,
  config: ApiConfig,
  query: ChartSymbol & { widthMs: number; fromMs: EpochMs; toMs: EpochMs },
): Promise<ChartBar[]> {
  const { symbol, venue, widthMs, fromMs, toMs } = query;
  if (widthMs === MINUTE_MS) {
    const venues = venue === null ? config.venues : [venue];
    const minutes = await loadMinutes(db, { symbol, venues, fromMs, toMs, limit: MAX_ROWS });
    const bars = new Map<EpochMs, ChartBar>();
    for (const id of venues) {
      for (const { venue: from, minuteMs, open, high, low, close, volumeBase } of minutes) {
        if (from !== id || open === null || high === null || low === null || close === null) continue;
        const bar = bars.get(minuteMs);
        // prices of the first exchange, volume of all
        if (bar !== undefined) bar.volumeBase += volumeBase ?? 0;
        else bars.set(minuteMs, { startMs: minuteMs, open, high, low, close, volumeBase: volumeBase ?? 0 });
      }
    }
    return [...bars.values()].sort((a, b) => a.startMs - b.startMs);
  }
  const columns = await loadColumns(db, { symbol, intervalMs: widthMs, fromMs, toMs });
  return columns.flatMap((column) => {
    const chosen = column.venues.filter((one) => venue === null || one.id === venue);
    const first = chosen[0];
    if (first === undefined) return [];
    const { open, high, low, close } = first;
    const volumeBase = chosen.reduce((sum, one) => sum + (one.volumeBase ?? 0), 0);
    return [{ startMs: column.startMs, open, high, low, close, volumeBase }];
  });
}
