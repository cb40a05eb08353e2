// From a stepped minute to what its exchange's feed teaches. A minute teaches only when its liquidations were observed
// while the exchange was live from the minute's first moment on: silence of a feed that was down is no zero.
import { TIERS } from "../../src/shared/market/filter.ts";
import type { Minute } from "../../src/shared/market/minute.ts";
import type { Side } from "../../src/shared/market/symbol.ts";
import { type LearnedSide, learn } from "../../src/shared/model/learning.ts";
import type { StepResult } from "../../src/shared/model/step.ts";
import { tierBase } from "../../src/shared/model/views.ts";
import type { HubVenue } from "./hub-state.ts";

/** Whether a minute may teach, by what is known of the exchange when it is first stepped. */
export function teaches(venue: HubVenue, { quality, minuteMs }: Minute & { type: "bar" }): boolean {
  const { status } = venue.track;
  return !quality.fromHistory && status.state === "live" && status.sinceMs <= minuteMs;
}

export function learnMinute(venue: HubVenue, { bar, minuteMs }: Minute & { type: "bar" }, step: StepResult): void {
  if (bar.observedLongUsd === null || bar.observedShortUsd === null) return;
  learn(venue.learning, minuteMs, [
    learnedSide(venue, "long", bar.observedLongUsd, bar.close, step),
    learnedSide(venue, "short", bar.observedShortUsd, bar.close, step),
  ]);
}

function learnedSide(venue: HubVenue, side: Side, reportedUsd: number, price: number, step: StepResult): LearnedSide {
  const { share } = venue.model.tables.feed;
  const sweptTierUsd = side === "long" ? step.sweptLongTierUsd : step.sweptShortTierUsd;
  const sweptUsd = side === "long" ? step.sweptLongUsd : step.sweptShortUsd;
  const expectedUsd = side === "long" ? step.expectedLongUsd : step.expectedShortUsd;
  return {
    tierUsd: sweptTierUsd.map((usd) => share * usd),
    takenShare: TIERS.map((tier, k) => {
      const takenBase = (sweptTierUsd[k] ?? 0) / price;
      return takenBase > 0 ? takenBase / (takenBase + tierBase(venue.model, side, tier)) : 0;
    }),
    // the feed's floor and what was opened and lost within the minute: of what is reported, neither is any tier's
    floorUsd: Math.max(0, expectedUsd - share * sweptUsd),
    reportedUsd,
  };
}
