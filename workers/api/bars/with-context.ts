// Bars as exchanges reported them, with what is known around them. Unknown stays null.
import { z } from "@hono/zod-openapi";
import type { ContextColumn, VenueContext } from "../../../src/shared/market/context.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";

const number = z.number().nullable();

export const depthSchema = z
  .object({
    bidUsd: z.array(z.number()),
    askUsd: z.array(z.number()),
    bidReach: z.number(),
    askReach: z.number().openapi({ description: "How far the book was received; a wider band is a lower bound." }),
  })
  .nullable();

/** Fields of a bar beside those of ReportedBar. */
export const contextFields = {
  takerSellBase: number,
  cvdBase: number.openapi({ description: "Taker buys less taker sells, added up from `cvdFromMs`." }),
  longOpenInterestChangeBase: number.openapi({
    description: "Against the bar before; every contract has a long and a short, so both sides change alike.",
  }),
  shortOpenInterestChangeBase: number,
  runningFundingRate: number.openapi({ description: "Not yet charged, fraction per `runningFundingIntervalMs`." }),
  runningFundingIntervalMs: number,
  markPrice: number,
  indexPrice: number,
  depth: depthSchema.openapi({ description: "USD within `depthBands` of the mid price, mean of the books seen." }),
  listenedMinutes: number.openapi({ description: "Whole minutes in which the liquidation feed was listened to." }),
  observedPartly: z.boolean().openapi({
    description:
      "Liquidations are given, but nobody listened during some of the bar: they are lower bounds. Where nobody listened and nothing was reported they are null.",
  }),
};

export interface ReportedBar {
  exchange: string;
  startMs: number;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number | null;
  volumeBase: number | null;
  takerBuyBase: number | null;
  takerSellBase: number | null;
  openInterestBase: number | null;
  openInterestUsd: number | null;
  fundingRate: number | null;
  observedLongLiquidationUsd: number | null;
  observedShortLiquidationUsd: number | null;
  openInterestCarried: boolean;
  fromHistory: boolean;
  /** Of a wider bar that is made of minutes. */
  missingMinutes?: number;
  missingReason?: string;
}

export interface ContextBar extends ReportedBar {
  cvdBase: number | null;
  longOpenInterestChangeBase: number | null;
  shortOpenInterestChangeBase: number | null;
  runningFundingRate: number | null;
  runningFundingIntervalMs: number | null;
  markPrice: number | null;
  indexPrice: number | null;
  depth: VenueContext["depth"];
  listenedMinutes: number | null;
  observedPartly: boolean;
}

/** Adds context to bars (oldest first, all of one width) of any exchanges; what a bar knows itself stands. */
export function withContext(
  bars: readonly ReportedBar[],
  context: readonly ContextColumn[],
  intervalMs: number,
): ContextBar[] {
  const columns = new Map(context.map((column) => [column.startMs, column.venues]));
  const before = new Map<string, { cvdBase: number; openInterestBase: number | null }>();
  return bars.map((bar) => {
    const around = columns.get(bar.startMs)?.[bar.exchange as VenueId];
    const last = before.get(bar.exchange) ?? { cvdBase: 0, openInterestBase: null };
    const own = bar.takerBuyBase !== null && bar.takerSellBase !== null;
    const takerBuyBase = own ? bar.takerBuyBase : (around?.takerBuyBase ?? null);
    const takerSellBase = own ? bar.takerSellBase : (around?.takerSellBase ?? null);
    const isKnown = takerBuyBase !== null && takerSellBase !== null;
    const cvdBase = last.cvdBase + (isKnown ? takerBuyBase - takerSellBase : 0);
    before.set(bar.exchange, { cvdBase, openInterestBase: bar.openInterestBase });
    const changeBase = difference(bar.openInterestBase, last.openInterestBase);
    return {
      ...bar,
      takerBuyBase,
      takerSellBase,
      cvdBase: isKnown ? cvdBase : null,
      longOpenInterestChangeBase: changeBase,
      shortOpenInterestChangeBase: changeBase,
      ...observedIn(bar, around, intervalMs),
      runningFundingRate: around?.fundingRate ?? null,
      runningFundingIntervalMs: around?.fundingIntervalMs ?? null,
      markPrice: around?.markPrice ?? null,
      indexPrice: around?.indexPrice ?? null,
      depth: around?.depth ?? null,
    };
  });
}

/**
 * Reported liquidations of a bar. A minute's own sums are 0 also where nobody listened, so a 0 is believed only of what
 * was listened to; what was reported stands in any case.
 */
function observedIn(bar: ReportedBar, around: VenueContext | undefined, intervalMs: number) {
  const { observedLongLiquidationUsd: ownLong, observedShortLiquidationUsd: ownShort } = bar;
  const isReported = (ownLong ?? 0) > 0 || (ownShort ?? 0) > 0;
  const long = around?.observedLongUsd ?? (isReported ? ownLong : null);
  const short = around?.observedShortUsd ?? (isReported ? ownShort : null);
  const listened = around?.listenedMinutes ?? null;
  return {
    observedLongLiquidationUsd: long,
    observedShortLiquidationUsd: short,
    listenedMinutes: listened,
    observedPartly: (long !== null || short !== null) && (listened ?? 0) * MINUTE_MS < intervalMs,
  };
}

function difference(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before;
}
