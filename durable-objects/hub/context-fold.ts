// Adds a minute of context to the columns of every width that hold it.
import type { VenueContext } from "../../src/shared/market/context.ts";
import { meanDepth } from "../../src/shared/market/depth-profile.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { wasListening } from "./context-liquidations.ts";
import { type ContextTrack, emptyContext, type TakerSpan } from "./context-state.ts";

/** Folds the minute that starts at `minuteMs` and forgets it. */
export function foldMinute(track: ContextTrack, minuteMs: EpochMs): void {
  const part = takeMinute(track, minuteMs);
  for (const column of track.running) addPart(column, part);
  for (const span of takeSpans(track, minuteMs + MINUTE_MS)) {
    INTERVALS.forEach((intervalMs, i) => {
      const column = track.running[i];
      if (column !== undefined && span.intervalMs <= intervalMs) addTaker(column, span);
    });
  }
}

/** Adds `part` to `column`; the newest price and rate stand, sums add up, books are averaged. */
export function addPart(column: VenueContext, part: VenueContext): void {
  column.markPrice = part.markPrice ?? column.markPrice;
  column.indexPrice = part.indexPrice ?? column.indexPrice;
  column.fundingRate = part.fundingRate ?? column.fundingRate;
  column.fundingIntervalMs = part.fundingIntervalMs ?? column.fundingIntervalMs;
  if (part.depth !== null) {
    column.depth = column.depth === null ? part.depth : meanDepth(column.depth, column.depthSamples, part.depth);
    column.depthSamples += 1;
  }
  column.observedLongUsd = plus(column.observedLongUsd, part.observedLongUsd);
  column.observedShortUsd = plus(column.observedShortUsd, part.observedShortUsd);
  column.observedCount = plus(column.observedCount, part.observedCount);
  column.listenedMinutes += part.listenedMinutes;
}

/** True when a column knows nothing at all. */
export function isEmpty(part: VenueContext): boolean {
  const { markPrice, fundingRate, takerBuyBase, depth, observedCount } = part;
  return [markPrice, fundingRate, takerBuyBase, depth, observedCount].every((figure) => figure === null);
}

function takeMinute(track: ContextTrack, minuteMs: EpochMs): VenueContext {
  const endMs = minuteMs + MINUTE_MS;
  const minute = track.minutes.find((one) => one.minuteMs === minuteMs);
  track.minutes = track.minutes.filter((one) => one.minuteMs > minuteMs);
  track.funding = minute?.funding ?? track.funding;
  const { funding } = track;
  const runs = funding !== null && funding.fundingTime > minuteMs;
  const listened = wasListening(track, { fromMs: minuteMs, toMs: endMs });
  const reported = minute !== undefined && minute.count > 0;
  const observed = listened || reported;
  return {
    ...emptyContext(),
    markPrice: minute?.mark?.markPrice ?? null,
    indexPrice: minute?.mark?.indexPrice ?? null,
    fundingRate: runs ? funding.rate : null,
    fundingIntervalMs: runs ? funding.intervalMs : null,
    depth: minute?.depth?.sums ?? null,
    observedLongUsd: observed ? (minute?.longUsd ?? 0) : null,
    observedShortUsd: observed ? (minute?.shortUsd ?? 0) : null,
    observedCount: observed ? (minute?.count ?? 0) : null,
    listenedMinutes: listened ? 1 : 0,
  };
}

/** Spans that end by `endMs`, removed; one that was last seen before it had ended is not whole and is dropped. */
function takeSpans(track: ContextTrack, endMs: EpochMs): TakerSpan[] {
  const ended = track.taker.filter((span) => span.openTime + span.intervalMs <= endMs);
  if (ended.length > 0) track.taker = track.taker.filter((span) => !ended.includes(span));
  return ended.filter((span) => span.receivedAt >= span.openTime + span.intervalMs);
}

function addTaker(column: VenueContext, span: TakerSpan): void {
  column.takerBuyBase = plus(column.takerBuyBase, span.takerBuyBase);
  column.takerSellBase = plus(column.takerSellBase, span.takerSellBase);
  column.takerMinutes += span.intervalMs / MINUTE_MS;
}

/** Sum of two figures; unknown only while both are. */
function plus(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}
