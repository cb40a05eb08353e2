// The tables of migrations/0004_context.sql, for drizzle.
import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const contextColumns = sqliteTable(
  "context_columns",
  {
    symbol: text().notNull(),
    intervalMs: integer("interval_ms").notNull(),
    startMs: integer("start_ms").notNull(),
    venues: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.symbol, table.intervalMs, table.startMs] })],
);

export const liquidationEvents = sqliteTable(
  "liquidation_events",
  {
    symbol: text().notNull(),
    atMs: integer("at_ms").notNull(),
    venue: text().notNull(),
    eventKey: text("event_key").notNull(),
    receivedMs: integer("received_ms").notNull(),
    side: text().notNull(),
    price: real().notNull(),
    priceKind: text("price_kind").notNull(),
    sizeBase: real("size_base").notNull(),
    notionalUsd: real("notional_usd").notNull(),
  },
  (table) => [primaryKey({ columns: [table.symbol, table.atMs, table.venue, table.eventKey] })],
);

export const listeningGaps = sqliteTable(
  "listening_gaps",
  {
    symbol: text().notNull(),
    venue: text().notNull(),
    fromMs: integer("from_ms").notNull(),
    toMs: integer("to_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.symbol, table.venue, table.fromMs] })],
);
