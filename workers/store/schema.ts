// The tables of migrations/, for drizzle: the only description of D1 in code.
import { blob, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const minuteBars = sqliteTable(
  "minute_bars",
  {
    symbol: text().notNull(),
    venue: text().notNull(),
    minuteMs: integer("minute_ms").notNull(),
    open: real(),
    high: real(),
    low: real(),
    close: real(),
    volumeBase: real("volume_base"),
    takerBuyBase: real("taker_buy_base"),
    openInterestBase: real("open_interest_base"),
    markHigh: real("mark_high"),
    markLow: real("mark_low"),
    fundingRate: real("funding_rate"),
    observedLongUsd: real("observed_long_usd"),
    observedShortUsd: real("observed_short_usd"),
    quality: integer().notNull(),
    missingReason: text("missing_reason"),
    shortOpenInterestBase: real("short_open_interest_base"),
  },
  (table) => [primaryKey({ columns: [table.symbol, table.venue, table.minuteMs] })],
);

export const columns = sqliteTable(
  "columns",
  {
    symbol: text().notNull(),
    intervalMs: integer("interval_ms").notNull(),
    startMs: integer("start_ms").notNull(),
    modelVersion: text("model_version").notNull(),
    price: real().notNull(),
    openInterestUsd: real("open_interest_usd").notNull(),
    knownOpenInterestUsd: real("known_open_interest_usd").notNull(),
    backfilled: integer().notNull(),
    venues: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.symbol, table.intervalMs, table.startMs] })],
);

export const tiles = sqliteTable(
  "tiles",
  {
    symbol: text().notNull(),
    layer: text().notNull(),
    intervalMs: integer("interval_ms").notNull(),
    tileIndex: integer("tile_index").notNull(),
    modelVersion: text("model_version").notNull(),
    columnCount: integer("column_count").notNull(),
    closed: integer().notNull(),
    body: blob({ mode: "buffer" }).notNull(),
    updatedMs: integer("updated_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.symbol, table.layer, table.intervalMs, table.tileIndex] })],
);

export const apiKeys = sqliteTable("api_keys", {
  id: text().primaryKey(),
  hash: text().notNull().unique(),
  kind: text().notNull(),
  name: text().notNull(),
  plan: text().notNull(),
  origins: text().notNull(),
  createdMs: integer("created_ms").notNull(),
  revokedMs: integer("revoked_ms"),
  masked: text(),
});

export const apiUsage = sqliteTable(
  "api_usage",
  {
    keyId: text("key_id").notNull(),
    dayMs: integer("day_ms").notNull(),
    requests: integer().notNull(),
    refused: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.dayMs] })],
);
