// What exchanges reported lately: sums, the largest reports, and how much of it each feed can show. Nothing here is modelled.
import { z } from "zod";
import { FEED_COMPLETENESS, liquidationFeedOf } from "../../../src/shared/market/liquidation-feed.ts";
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { loadContext } from "../../store/context.ts";
import { type LiquidationSum, largestLiquidations, sumLiquidations } from "../../store/liquidation-sums.ts";
import type { ApiConfig } from "../env.ts";

/** Columns that know how long somebody listened; a summary reaches back a day. */
const COLUMN_MS = 5 * MINUTE_MS;
const MAX_COLUMNS = DAY_MS / COLUMN_MS;

const NOTE =
  "Observed: as the exchanges report them. Some feeds show only a part, so sums are lower bounds; no estimates.";

const sums = {
  observedLongUsd: z.number(),
  observedShortUsd: z.number(),
  observedCount: z.number().int(),
};

export const liquidationsShape = z.object({
  asOf: z.number().describe("ms UTC"),
  dataSource: z.string(),
  note: z.string(),
  symbol: z.string(),
  fromMs: z.number().int(),
  closedMinutes: z.number().int().describe("of this span, in five-minute columns that have closed"),
  ...sums,
  hours: z.array(z.object({ startMs: z.number().int(), ...sums })).describe("only hours with a report, oldest first"),
  largest: z
    .array(
      z.object({
        exchange: z.string(),
        timeMs: z.number().int(),
        side: z.enum(["long", "short"]).describe("side of the position that was closed"),
        price: z.number(),
        observedUsd: z.number(),
      }),
    )
    .describe("largest single reports"),
  feeds: z.array(
    z.object({
      exchange: z.string(),
      completeness: z.enum(FEED_COMPLETENESS),
      listenedMinutes: z.number().int().describe("whole minutes of closedMinutes in which its feed was listened to"),
      ...sums,
    }),
  ),
});

export async function liquidationSummary(
  env: Cloudflare.Env,
  config: ApiConfig,
  asked: { symbol: SymbolId; venues: readonly VenueId[]; hours: number; limit: number },
): Promise<z.infer<typeof liquidationsShape>> {
  const { symbol, venues, limit } = asked;
  const now = config.clock.now();
  const fromMs = now - asked.hours * HOUR_MS;
  const span = { symbol, venues, fromMs, toMs: now + 1 };
  const columnsFromMs = Math.ceil(fromMs / COLUMN_MS) * COLUMN_MS;
  const [all, largest, columns] = await Promise.all([
    sumLiquidations(env.DB, { ...span, intervalMs: HOUR_MS }),
    largestLiquidations(env.DB, { ...span, limit }),
    loadContext(env.DB, { symbol, intervalMs: COLUMN_MS, fromMs: columnsFromMs, toMs: now, limit: MAX_COLUMNS }),
  ]);
  const closedToMs = (columns.at(-1)?.startMs ?? columnsFromMs - COLUMN_MS) + COLUMN_MS;
  return {
    asOf: now,
    dataSource: config.dataSource,
    note: NOTE,
    symbol,
    fromMs,
    closedMinutes: (closedToMs - columnsFromMs) / MINUTE_MS,
    ...totalOf(all),
    hours: [...new Set(all.map((sum) => sum.startMs))].map((startMs) => ({
      startMs,
      ...totalOf(all.filter((sum) => sum.startMs === startMs)),
    })),
    largest: largest.map(({ venue, atMs, side, price, notionalUsd }) => ({
      exchange: venue,
      timeMs: atMs,
      side,
      price,
      observedUsd: Math.round(notionalUsd),
    })),
    feeds: venues.map((venue) => ({
      exchange: venue,
      completeness: liquidationFeedOf(venue).completeness,
      listenedMinutes: columns.reduce((sum, column) => sum + (column.venues[venue]?.listenedMinutes ?? 0), 0),
      ...totalOf(all.filter((sum) => sum.venue === venue)),
    })),
  };
}

/** Sums of both sides over some intervals and exchanges. */
export async function observedOf(env: Cloudflare.Env, span: Parameters<typeof sumLiquidations>[1]) {
  return totalOf(await sumLiquidations(env.DB, span));
}

function totalOf(all: readonly LiquidationSum[]) {
  const usdOf = (side: LiquidationSum["side"]) =>
    Math.round(all.filter((sum) => sum.side === side).reduce((total, sum) => total + sum.usd, 0));
  return {
    observedLongUsd: usdOf("long"),
    observedShortUsd: usdOf("short"),
    observedCount: all.reduce((total, sum) => total + sum.count, 0),
  };
}
