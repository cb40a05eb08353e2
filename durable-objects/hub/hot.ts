// What KV is given of a hub: the columns that D1 may not have in its open tiles yet. The API reads it while the hub is away.
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import { encodeHot, type HotMark } from "../../src/shared/tile/hot-columns.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { HubStore } from "./hub-store.ts";

const MARK_MS = 5 * MINUTE_MS;
/** Open tiles are a quarter of an hour old at most: what they lack, and two marks more, as KV is read a minute late. */
const LEAST_MARKS = 5;
/** A replay passes many marks between two writes of open tiles; KV is not for history. */
const MOST_MARKS = 64;

/** KV takes one write a second per key and charges each; a mark is passed every five minutes, in a fast replay more often. */
const PUT_EVERY_MS = MINUTE_MS;

/** When KV was written last; in memory only, a restarted hub writes again. */
export class HotColumns {
  #markMs: EpochMs = 0;
  #putAtMs = 0;

  /** Writes when a mark has been passed since the last time; `tilesToMs` is what the open tiles in D1 reach to. */
  async write(
    put: (name: string, value: Uint8Array<ArrayBuffer>) => Promise<void>,
    symbol: SymbolId,
    { store, cursor, tilesToMs, wallMs }: { store: HubStore; cursor: EpochMs; tilesToMs: EpochMs; wallMs: number },
  ): Promise<void> {
    const newest = intervalStart(cursor, MARK_MS);
    if (newest === this.#markMs || wallMs - this.#putAtMs < PUT_EVERY_MS) return;
    const marks = hotMarks(store, newest, tilesToMs);
    if (marks.length === 0) return;
    this.#putAtMs = wallMs;
    await put(`hot/${symbol}`, encodeHot(marks));
    this.#markMs = newest;
  }
}

/** The newest marks, oldest first. */
export function hotMarks(store: HubStore, newestMs: EpochMs, tilesToMs: EpochMs): HotMark[] {
  const wanted = (newestMs - intervalStart(tilesToMs, MARK_MS)) / MARK_MS;
  const count = Math.min(MOST_MARKS, Math.max(LEAST_MARKS, wanted));
  const encoder = new TextEncoder();
  return store.openColumns(MARK_MS, newestMs - count * MARK_MS, newestMs).map(({ startMs, layers }) => {
    const endMs = startMs + MARK_MS;
    const columns = INTERVALS.filter((width) => endMs % width === 0).flatMap((width) =>
      store.columnMetas(width, endMs - width, endMs - width + 1),
    );
    return { endMs, columns: encoder.encode(`[${columns.join(",")}]`), layers };
  });
}
