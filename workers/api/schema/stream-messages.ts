// The stream's messages as schemas, for /asyncapi.json; the compiler holds them to src/shared/protocol/messages.ts.
import { z } from "@hono/zod-openapi";
import { DATA_SOURCES } from "../../../src/shared/market/symbol.ts";
import { VENUE_STATES } from "../../../src/shared/market/venue-status.ts";
import {
  type DeltaMessage,
  type GapMessage,
  PROTOCOL_VERSION,
  type ResyncMessage,
  type SnapshotMessage,
} from "../../../src/shared/protocol/messages.ts";

const level = z.tuple([z.number().int(), z.number()]);
const levels = z
  .array(level)
  .describe("[bucket, USD]: bucket b holds prices from e^(b × 0.0005) to e^((b + 1) × 0.0005).");
const price = z.number().nullable();

const envelope = {
  v: z.literal(PROTOCOL_VERSION),
  seq: z.number().int().describe("One more than that of the message before; after a gap comes a snapshot."),
  asOf: z.number().int().describe("Market time, ms UTC."),
  modelVersion: z.string(),
  dataSource: z.enum(DATA_SOURCES),
  coverage: z.object({
    ratio: z.number().nullable(),
    exchanges: z.array(
      z.object({
        id: z.string(),
        state: z.enum(VENUE_STATES),
        ageMs: z.number().nullable(),
        openInterestUsd: z.number().nullable(),
        reason: z.string().exactOptional(),
      }),
    ),
    thin: z.boolean().exactOptional().describe("Whether the symbol is too small for its map to mean much."),
    thinReason: z.string().exactOptional(),
  }),
  symbol: z.string(),
  price,
  intervalMs: z.number().int().describe("Width of a column."),
  columnStartMs: z.number().int().describe("Start of the open column; the levels are its."),
  candle: z
    .object({
      startMs: z.number().int(),
      open: z.number(),
      high: z.number(),
      low: z.number(),
      close: z.number(),
      volumeBase: price,
    })
    .nullable(),
};

export const snapshotSchema: z.ZodType<SnapshotMessage> = z.object({
  type: z.literal("snapshot"),
  ...envelope,
  bucketRatio: z.literal(0.0005),
  longs: levels,
  shorts: levels,
});

export const deltaSchema: z.ZodType<DeltaMessage> = z.object({
  type: z.literal("delta"),
  ...envelope,
  longs: levels.describe("The new USD of each changed bucket, 0 = gone."),
  shorts: levels,
  closedColumnStartMs: z.number().int().nullable().describe("Set when the column before this one has closed."),
});

export const gapSchema: z.ZodType<GapMessage> = z.object({
  v: z.literal(PROTOCOL_VERSION),
  type: z.literal("gap"),
  seq: z.number().int(),
  exchange: z.string(),
  fromMs: z.number().int().describe("First missing minute, ms UTC."),
  reason: z.string().describe("Why the minutes are missing. A resync follows if they come later."),
});

export const resyncSchema: z.ZodType<ResyncMessage> = z.object({
  v: z.literal(PROTOCOL_VERSION),
  type: z.literal("resync"),
  seq: z.number().int(),
  reason: z.string().describe("Why the heatmap should be fetched again."),
});
