// Intervals whose observed liquidations are known. A 0 is believed only of what was listened to.
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import { INTERVALS } from "../../../src/shared/tile/tile-key.ts";
import { type EpochMs, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadListened } from "../../store/listened.ts";
import { sumObserved } from "../../store/observed-liquidations.ts";

/** The rule, as answers say it. */
export const REPORTED =
  "as the exchanges report them: an interval is here when an exchange's feed was listened to for its whole length, zeros included, or when something was reported; every other one is unknown and left out";

export interface KnownInterval {
  time: EpochMs;
  longUsd: number;
  shortUsd: number;
  /** Those that were listened to throughout, or reported something. */
  venues: VenueId[];
}

/** Oldest first. `align` gives the start of the interval that holds a time. */
export async function knownIntervals(
  db: D1Database,
  query: {
    symbol: SymbolId;
    venues: readonly VenueId[];
    fromMs: EpochMs;
    toMs: EpochMs;
    intervalMs: number;
    align: (time: EpochMs) => EpochMs;
  },
): Promise<KnownInterval[]> {
  const { intervalMs, align } = query;
  // the widest context columns that fill the interval without a rest
  const partMs = INTERVALS.findLast((width) => intervalMs % width === 0) ?? MINUTE_MS;
  const [parts, sums] = await Promise.all([
    loadListened(db, { ...query, intervalMs: partMs }),
    sumObserved(db, { ...query, intervalMs: partMs, offsetMs: 0 }),
  ]);
  const figures = new Map<string, { longUsd: number; shortUsd: number; listenedMinutes: number }>();
  // minutes say what was reported where no column does; a column that knows stands in their place
  for (const { venue, startMs, ...sum } of sums) figures.set(`${venue} ${startMs}`, { ...sum, listenedMinutes: 0 });
  for (const { venue, startMs, longUsd, shortUsd, listenedMinutes } of parts) {
    const key = `${venue} ${startMs}`;
    const own = figures.get(key);
    figures.set(key, {
      longUsd: longUsd ?? own?.longUsd ?? 0,
      shortUsd: shortUsd ?? own?.shortUsd ?? 0,
      listenedMinutes,
    });
  }
  const rows: KnownInterval[] = [];
  const starts = new Set([...sums, ...parts].map(({ startMs }) => align(startMs)));
  for (const time of [...starts].sort((a, b) => a - b)) {
    const row: KnownInterval = { time, longUsd: 0, shortUsd: 0, venues: [] };
    for (const venue of query.venues) {
      let [longUsd, shortUsd, listenedMinutes] = [0, 0, 0];
      for (let at = time; at < time + intervalMs; at += partMs) {
        const part = figures.get(`${venue} ${at}`);
        longUsd += part?.longUsd ?? 0;
        shortUsd += part?.shortUsd ?? 0;
        listenedMinutes += part?.listenedMinutes ?? 0;
      }
      if (longUsd + shortUsd === 0 && listenedMinutes * MINUTE_MS < intervalMs) continue;
      row.longUsd += longUsd;
      row.shortUsd += shortUsd;
      row.venues.push(venue);
    }
    if (row.venues.length > 0) rows.push(row);
  }
  return rows;
}
