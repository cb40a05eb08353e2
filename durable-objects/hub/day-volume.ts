// Traded value of the last day, from the half-hour columns that the hub still holds.
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import { DAY_MS, type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { HubStore } from "./hub-store.ts";

const WIDTH_MS = 30 * MINUTE_MS;
const COLUMNS = DAY_MS / WIDTH_MS;

/** USD at each column's close, over all exchanges that tell a volume; null before a whole day is known. */
export function dayVolumeUsd(store: Pick<HubStore, "columnMetas">, cursor: EpochMs | null): number | null {
  if (cursor === null) return null;
  const toMs = intervalStart(cursor, WIDTH_MS);
  const metas = store.columnMetas(WIDTH_MS, toMs - DAY_MS, toMs);
  if (metas.length < COLUMNS) return null;
  let usd: number | null = null;
  for (const meta of metas) {
    for (const { volumeBase, close } of (JSON.parse(meta) as ClosedColumn).venues) {
      if (volumeBase !== null) usd = (usd ?? 0) + volumeBase * close;
    }
  }
  return usd;
}

/** The same, read once for every half-hour column: frames ask every few seconds. */
export class DayVolume {
  #read: { toMs: EpochMs; usd: number } | null = null;

  at(store: Pick<HubStore, "columnMetas">, cursor: EpochMs | null): number | null {
    const toMs = cursor === null ? null : intervalStart(cursor, WIDTH_MS);
    if (this.#read !== null && this.#read.toMs === toMs) return this.#read.usd;
    const usd = dayVolumeUsd(store, cursor);
    this.#read = usd === null || toMs === null ? null : { toMs, usd };
    return usd;
  }
}
