// What D1 keeps: written once, read back the same, pruned by width.
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import type { VenueMinute } from "../../src/shared/market/minute.ts";
import { DAY_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { loadColumns, saveColumns } from "../../workers/store/columns.ts";
import { loadMinutes, saveMinutes } from "../../workers/store/minute-bars.ts";
import { pruneExpired } from "../../workers/store/prune.ts";
import { loadTiles, type StoredTile, saveTiles } from "../../workers/store/tiles.ts";
import { candle, DAY0 } from "../support/batches.ts";

const at = (minute: number) => DAY0 + minute * MINUTE_MS;

function bar(symbol: string, minute: number, close: number, carried = false): VenueMinute {
  const { openTime, intervalMs, open, high, low, volumeBase, takerBuyBase } = candle("okx", at(minute));
  const unknown = { markHigh: null, markLow: null, fundingRate: null, observedLongUsd: null, observedShortUsd: 12.5 };
  return {
    venue: "okx",
    symbol,
    minute: {
      type: "bar",
      minuteMs: openTime,
      bar: {
        openTime,
        intervalMs,
        open,
        high,
        low,
        close,
        volumeBase,
        takerBuyBase,
        openInterestBase: 7.25,
        ...unknown,
      },
      quality: { openInterestCarried: carried, fromHistory: false },
      startOpenInterestBase: null,
    },
  };
}
const missing = (symbol: string, minute: number): VenueMinute => ({
  venue: "okx",
  symbol,
  minute: { type: "missing", minuteMs: at(minute), reason: "not served" },
});
const load = (symbol: string, limit = 99) =>
  loadMinutes(env.DB, { symbol, venues: ["okx"], fromMs: at(0), toMs: at(60), limit });

describe("minutes", () => {
  test("come back as they were reported, in order, unknown figures as null", async () => {
    await saveMinutes(env.DB, [bar("A", 2, 61_000, true), bar("A", 0, 60_000.125), missing("A", 1)]);
    const rows = await load("A");
    expect(rows.map((row) => [row.minuteMs, row.close, row.missingReason])).toEqual([
      [at(0), 60_000.125, null],
      [at(1), null, "not served"],
      [at(2), 61_000, null],
    ]);
    expect(rows[0]).toMatchObject({
      openInterestBase: 7.25,
      fundingRate: null,
      observedLongUsd: null,
      observedShortUsd: 12.5,
    });
    expect(rows.map((row) => row.openInterestCarried)).toEqual([false, false, true]);
    expect(await load("A", 2)).toHaveLength(2);
  });

  test("sides that differ come back apart; where they do not, there is no second figure", async () => {
    const { minute, ...rest } = bar("TWO", 0, 1);
    if (minute.type !== "bar") throw new Error("not a bar");
    const sided = { ...minute, bar: { ...minute.bar, shortOpenInterestBase: 3.5 } };
    await saveMinutes(env.DB, [missing("TWO", 0), { ...rest, minute: sided }, bar("TWO", 1, 1)]);
    await saveMinutes(env.DB, [{ ...rest, minute: sided }]);
    expect((await load("TWO")).map((row) => [row.openInterestBase, row.shortOpenInterestBase])).toEqual([
      [7.25, 3.5],
      [7.25, null],
    ]);
  });

  test("a minute that is there stays as it is; a missing one may still be filled, not the other way round", async () => {
    await saveMinutes(env.DB, [bar("B", 0, 1), missing("B", 1)]);
    await saveMinutes(env.DB, [bar("B", 0, 2), bar("B", 1, 3)]);
    await saveMinutes(env.DB, [missing("B", 0), missing("B", 1), bar("B", 1, 9)]);
    expect((await load("B")).map((row) => [row.close, row.missingReason])).toEqual([
      [1, null],
      [3, null],
    ]);
  });

  test("thousands go in one call", async () => {
    await saveMinutes(
      env.DB,
      Array.from({ length: 4_500 }, (_, minute) => bar("C", minute, minute)),
    );
    const row = await env.DB.prepare("SELECT count(*) AS n FROM minute_bars WHERE symbol = 'C'").first();
    expect(row).toEqual({ n: 4_500 });
  });
});

describe("columns", () => {
  const column = (startMs: number, price: number, intervalMs = MINUTE_MS): ClosedColumn => ({
    symbol: "D",
    intervalMs,
    startMs,
    modelVersion: "m",
    price,
    openInterestUsd: 5,
    knownOpenInterestUsd: 8.5,
    backfilled: price > 1,
    venues: [
      {
        ...{ id: "okx", open: 1, high: 2, low: 0.5, close: price, volumeBase: null, openInterestUsd: 5 },
        ...{ takerBuyBase: null, takerSellBase: null, fundingRate: 0.0001 },
      },
    ],
  });

  test("come back the same, and a published one never changes", async () => {
    await saveColumns(env.DB, [column(at(1), 2), column(at(0), 1)]);
    await saveColumns(env.DB, [column(at(0), 99), column(at(2), 3)]);
    const query = { symbol: "D", intervalMs: MINUTE_MS, fromMs: at(0), toMs: at(2) };
    expect(await loadColumns(env.DB, query)).toEqual([column(at(0), 1), column(at(1), 2)]);
  });
});

describe("tiles", () => {
  const tile = (change: Partial<StoredTile>): StoredTile => ({
    symbol: "E",
    layer: "total",
    intervalMs: MINUTE_MS,
    tileIndex: 5,
    modelVersion: "m",
    columnCount: 3,
    closed: false,
    body: Uint8Array.of(1, 2, 3),
    updatedMs: at(0),
    ...change,
  });
  const stored = async (tileIndex: number) => {
    const query = {
      symbol: "E",
      layers: ["total"] as const,
      intervalMs: MINUTE_MS,
      firstIndex: tileIndex,
      lastIndex: tileIndex,
    };
    const [row] = await loadTiles(env.DB, query);
    return row === undefined ? null : { closed: row.closed, columns: row.columnCount, body: [...row.body] };
  };

  test("an open one is replaced by a fuller one, never by an emptier one, and a closed one by none", async () => {
    await saveTiles(env.DB, [tile({})]);
    await saveTiles(env.DB, [tile({ columnCount: 2, body: Uint8Array.of(9) })]);
    expect(await stored(5)).toEqual({ closed: false, columns: 3, body: [1, 2, 3] });
    await saveTiles(env.DB, [tile({ columnCount: 4, closed: true, body: Uint8Array.of(4) })]);
    await saveTiles(env.DB, [tile({ columnCount: 60, closed: true, body: Uint8Array.of(5) })]);
    expect(await stored(5)).toEqual({ closed: true, columns: 4, body: [4] });
  });

  test("writing none is no error", async () => {
    await saveTiles(env.DB, []);
    expect(await stored(99)).toBeNull();
  });
});

test("pruning takes what is past its keep, by width, and a second run takes nothing more", async () => {
  const now = DAY0 + 400 * DAY_MS;
  const old = (days: number, minutes: number) => ({
    symbol: "F",
    intervalMs: minutes * MINUTE_MS,
    startMs: now - days * DAY_MS,
    modelVersion: "m",
    price: 1,
    openInterestUsd: 1,
    knownOpenInterestUsd: 1,
    backfilled: false,
    venues: [],
  });
  await saveColumns(env.DB, [old(2, 1), old(0.5, 1), old(20, 5), old(9, 5), old(95, 30), old(60, 30), old(399, 120)]);
  const left = () =>
    env.DB.prepare("SELECT interval_ms / 60000 AS width FROM columns WHERE symbol = 'F' ORDER BY 1").all<{
      width: number;
    }>();
  for (const run of [1, 2]) {
    await pruneExpired(env.DB, now);
    expect([run, (await left()).results.map((row) => row.width)]).toEqual([run, [1, 5, 30, 120]]);
  }
  expect(await load("A")).toEqual([]);
});
