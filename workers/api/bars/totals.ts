// All exchanges of an answer together, per column: sums of what is known, funding weighted by open interest.
import { z } from "@hono/zod-openapi";
import { HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import type { ContextBar } from "./with-context.ts";

/** Rates of different intervals are compared per eight hours, the usual one. */
const FUNDING_MS = 8 * HOUR_MS;

const number = z.number().nullable();

export const totalsSchema = z.object({
  startMs: z.number().int(),
  exchanges: z.number().int().openapi({ description: "Exchanges with prices here." }),
  openInterestUsd: number,
  openInterestChangeBase: number.openapi({ description: "Of the exchanges whose open interest is known twice." }),
  takerBuyBase: number,
  takerSellBase: number,
  cvdBase: number,
  fundingRate8h: number.openapi({ description: "Running rates per 8 hours, weighted by open interest." }),
  observedLongLiquidationUsd: number,
  observedShortLiquidationUsd: number,
  listenedExchanges: z.number().int().openapi({
    description: "Exchanges whose liquidation feed was listened to in every minute: fewer make the sums lower bounds.",
  }),
  depthBidUsd: z.array(z.number()).nullable(),
  depthAskUsd: z.array(z.number()).nullable(),
});

type Totals = z.infer<typeof totalsSchema>;

/** One row per start, in the order of the bars. A figure is null where no exchange knows it. */
export function totalsOf(bars: readonly ContextBar[], intervalMs: number): Totals[] {
  let cvdBase = 0;
  return [...Map.groupBy(bars, ({ startMs }) => startMs)].map(([startMs, rows]) => {
    const taking = rows.filter(({ takerBuyBase, takerSellBase }) => takerBuyBase !== null && takerSellBase !== null);
    const takerBuyBase = sum(taking.map((row) => row.takerBuyBase));
    const takerSellBase = sum(taking.map((row) => row.takerSellBase));
    cvdBase += (takerBuyBase ?? 0) - (takerSellBase ?? 0);
    return {
      startMs,
      exchanges: rows.filter(({ close }) => close !== null).length,
      openInterestUsd: sum(rows.map((row) => row.openInterestUsd)),
      openInterestChangeBase: sum(rows.map((row) => row.longOpenInterestChangeBase)),
      takerBuyBase,
      takerSellBase,
      cvdBase: taking.length === 0 ? null : cvdBase,
      fundingRate8h: weightedFunding(rows),
      observedLongLiquidationUsd: sum(rows.map((row) => row.observedLongLiquidationUsd)),
      observedShortLiquidationUsd: sum(rows.map((row) => row.observedShortLiquidationUsd)),
      listenedExchanges: rows.filter((row) => (row.listenedMinutes ?? 0) * MINUTE_MS >= intervalMs).length,
      depthBidUsd: sumBands(rows.map((row) => row.depth?.bidUsd)),
      depthAskUsd: sumBands(rows.map((row) => row.depth?.askUsd)),
    };
  });
}

function weightedFunding(rows: readonly ContextBar[]): number | null {
  let weight = 0;
  let weighted = 0;
  for (const { runningFundingRate: rate, runningFundingIntervalMs: intervalMs, openInterestUsd } of rows) {
    if (rate === null || intervalMs === null || openInterestUsd === null) continue;
    weight += openInterestUsd;
    weighted += ((rate * FUNDING_MS) / intervalMs) * openInterestUsd;
  }
  return weight > 0 ? weighted / weight : null;
}

/** Sum of what is known; null while nothing is. */
export function sum(figures: readonly (number | null)[]): number | null {
  return figures.reduce((total, figure) => (figure === null ? total : (total ?? 0) + figure), null);
}

export function sumBands(bands: readonly (readonly number[] | undefined)[]): number[] | null {
  const known = bands.filter((band) => band !== undefined);
  const [first] = known;
  return first === undefined ? null : first.map((_, i) => known.reduce((total, band) => total + (band[i] ?? 0), 0));
}
