// A day of a symbol through the hub into a real D1: what `npm run bench -- storage` asks the bench worker for.
import { HotColumns } from "../../durable-objects/hub/hot.ts";
import { flushOutbox, flushTiles } from "../../durable-objects/hub/publish.ts";
import type { VenueContext } from "../../src/shared/market/context.ts";
import { roundedDepth } from "../../src/shared/market/depth-profile.ts";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { LAYERS } from "../../src/shared/tile/layer.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { DAY_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { saveContext } from "../../workers/store/context.ts";
import { KEEP_DAYS, KEEP_MINUTES_DAYS } from "../../workers/store/prune.ts";
import { KEEP_CONTEXT_DAYS } from "../../workers/store/prune-context.ts";
import { fillHub, type HubDay } from "../bench/hub-day.ts";
import type { StorageDay } from "../bench/storage-day.ts";

const DAY_MINUTES = DAY_MS / MINUTE_MS;
/** History before the measured day, so that its maps are as full as a running one's. */
const BEFORE_DAYS = 2;
/** As durable-objects/symbol-hub.ts writes open tiles. */
const OPEN_TILES_MINUTES = 15;

export async function storageDay(db: D1Database): Promise<StorageDay> {
  const day = fillHub(BEFORE_DAYS * DAY_MINUTES, DAY_MINUTES, 1);
  await flush(day, db, true);
  const changesBefore = await totalChanges(db);
  const minutesBefore = await count(db, "minute_bars");
  const kv = await liveDay(day, db);
  const rowsWritten = (await totalChanges(db)) - changesBefore;
  const minuteRows = (await count(db, "minute_bars")) - minutesBefore;
  await saveContext(db, contextDay((day.hub.state.cursor ?? 0) - DAY_MS));
  const contextRows = await count(db, "context_columns");
  const json = { column: await meanLength(db, "columns"), context: await meanLength(db, "context_columns") };
  const tiles = await tileBytesPerColumn(db);
  const bytes = await tableBytes(db);
  const overhead = bytes.tiles / tiles.total;
  const keepOf = (width: number, keep: readonly (readonly [number, number])[]) =>
    keep.find(([minutes]) => minutes * MINUTE_MS === width)?.[1] ?? null;
  return {
    exchanges: VENUES.length,
    rowsWritten,
    minutes: { rows: minuteRows, bytes: (minuteRows * bytes.minutes) / bytes.minuteRows, keepDays: KEEP_MINUTES_DAYS },
    widths: INTERVALS.map((width) => ({
      minutes: width / MINUTE_MS,
      columnsADay: DAY_MS / width,
      tileBytes: (tiles.of.get(width) ?? 0) * overhead,
      columnBytes: bytes.columns / bytes.columnRows,
      contextBytes: bytes.context / contextRows,
      keepDays: keepOf(width, KEEP_DAYS),
      keepContextDays: keepOf(width, KEEP_CONTEXT_DAYS),
    })),
    json,
    crossBytes: crossBytes(day),
    kv,
  };
}

/** Everything that waits, and the tiles, as the hub's alarm does. */
async function flush({ store, hub, settings }: HubDay, db: D1Database, includeOpen: boolean): Promise<void> {
  while (await flushOutbox(store, db)) {
    // more waits
  }
  const cursor = hub.state.cursor ?? 0;
  const { symbol } = settings;
  await flushTiles(store, db, { symbol, modelVersion: "flt1", now: hub.state.asOf, cursor, includeOpen });
}

/** A day minute by minute; what KV was given. */
async function liveDay(day: HubDay, db: D1Database): Promise<{ writes: number; bytes: number }> {
  const hot = new HotColumns();
  const kv = { writes: 0, bytes: 0 };
  let tilesToMs = day.hub.state.cursor ?? 0;
  for (let minute = 1; day.tick(); minute++) {
    const includeOpen = minute % OPEN_TILES_MINUTES === 0;
    await flush(day, db, includeOpen);
    const cursor = day.hub.state.cursor ?? 0;
    if (includeOpen) tilesToMs = cursor;
    const put = async (_: string, value: Uint8Array) => {
      kv.writes += 1;
      kv.bytes += value.length;
    };
    await hot.write(put, "BTC", { store: day.store, cursor, tilesToMs, wallMs: cursor });
  }
  return kv;
}

/** Combined filters of a day; they stay in the hub, for eight days. */
function crossBytes({ store, hub }: HubDay): number {
  const cursor = hub.state.cursor ?? 0;
  const rows = VENUES.flatMap((venue) => store.cross(venue, cursor - DAY_MS, cursor));
  return rows.reduce((sum, { body }) => sum + body.length, 0);
}

/** Columns of all widths that begin in a day, every field of every exchange given. */
function contextDay(fromMs: number) {
  const startMs = Math.ceil(fromMs / DAY_MS) * DAY_MS;
  return INTERVALS.flatMap((intervalMs) =>
    Array.from({ length: DAY_MS / intervalMs }, (_, i) => ({
      symbol: "BTC",
      intervalMs,
      startMs: startMs + i * intervalMs,
      venues: Object.fromEntries(VENUES.map((venue, v) => [venue, fullContext(i + v, intervalMs)])),
    })),
  );
}

function fullContext(at: number, intervalMs: number): VenueContext {
  const usd = (part: number) => 1_234_567.891 * (1 + (at % 97) / 991) * part;
  const four = [1, 2, 3, 4];
  return {
    ...{ markPrice: 97_000 + at / 10, indexPrice: 97_001 + at / 100, fundingRate: 0.0001 + at / 1e8 },
    ...{ fundingIntervalMs: 28_800_000, takerBuyBase: usd(0.01), takerSellBase: usd(0.011) },
    ...{ takerMinutes: intervalMs / MINUTE_MS, depthSamples: intervalMs / MINUTE_MS },
    depth: roundedDepth({
      bidUsd: four.map(usd),
      askUsd: four.map(usd),
      bidReach: 0.0123 + at / 1e7,
      askReach: 0.0121,
    }),
    ...{ observedLongUsd: usd(0.5), observedShortUsd: usd(0.4), observedCount: at % 40 },
    listenedMinutes: intervalMs / MINUTE_MS,
  };
}

async function totalChanges(db: D1Database): Promise<number> {
  return (await db.prepare("SELECT total_changes() AS n").first<number>("n")) ?? 0;
}

async function count(db: D1Database, table: string): Promise<number> {
  return (await db.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n")) ?? 0;
}

async function meanLength(db: D1Database, table: string): Promise<number> {
  return (await db.prepare(`SELECT avg(length(venues)) AS n FROM ${table}`).first<number>("n")) ?? 0;
}

/** Gzipped bytes of all layers per column of each width, and of all bodies together. */
async function tileBytesPerColumn(db: D1Database): Promise<{ of: Map<number, number>; total: number }> {
  const { results } = await db
    .prepare("SELECT interval_ms, sum(length(body)) AS bytes, sum(column_count) AS n FROM tiles GROUP BY interval_ms")
    .all<{ interval_ms: number; bytes: number; n: number }>();
  return {
    of: new Map(results.map(({ interval_ms: width, bytes, n }) => [width, (bytes * LAYERS.length) / n])),
    total: results.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** What each table takes in the file, pages and all: how much smaller it is without. */
async function tableBytes(db: D1Database) {
  const [minuteRows, columnRows] = [await count(db, "minute_bars"), await count(db, "columns")];
  const drop = async (table: string) => {
    const before = (await db.prepare("SELECT 1").run()).meta.size_after;
    const after = (await db.prepare(`DROP TABLE ${table}`).run()).meta.size_after;
    return before - after;
  };
  return {
    ...{ minuteRows, columnRows, minutes: await drop("minute_bars"), columns: await drop("columns") },
    ...{ tiles: await drop("tiles"), context: await drop("context_columns") },
  };
}
