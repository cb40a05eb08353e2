// Market context beside the model: books, taker volume, prices, running funding and reported liquidations become
// columns of every width, each written once, a moment after its end. The same batches give the same state.
import type { ObservationBatch } from "../../src/shared/market/batch.ts";
import type { ContextColumn, LiquidationEvent, VenueContext } from "../../src/shared/market/context.ts";
import { depthSums, roundedDepth } from "../../src/shared/market/depth-profile.ts";
import type { Depth, FundingRate, Liquidation, MarkPrice, TakerVolume } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { ladderOf } from "../../src/shared/model/ladder.ts";
import { significant } from "../../src/shared/num/significant.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { type EpochMs, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { foldMinute, isEmpty } from "./context-fold.ts";
import { freshLiquidations, noteListening } from "./context-liquidations.ts";
import {
  type ContextState,
  type ContextTrack,
  createContextTrack,
  emptyContext,
  type MinuteContext,
} from "./context-state.ts";
import { type HubSettings, minutePatienceMs } from "./settings.ts";
import type { HubSink } from "./write-columns.ts";

/** Spans of taker volume kept: a list of the latest hundred, asked for again and again. */
const TAKER_SPANS = 100;

/** Takes the context of a batch in; `asOf` is the hub's market time. */
export function observeContext(
  context: ContextState,
  settings: HubSettings,
  batch: ObservationBatch,
  asOf: EpochMs,
  sink: HubSink,
): void {
  const { symbol, venue, sentAt, listening } = batch;
  context.cursor ??= intervalStart(sentAt, MINUTE_MS);
  const track = context.venues[venue] ?? createContextTrack();
  context.venues[venue] = track;
  const gap = noteListening(track, listening);
  if (gap !== null) sink.gap({ symbol, venue, ...gap });
  const reports: Liquidation[] = [];
  for (const observation of batch.observations) {
    if (observation.kind === "liquidation") reports.push(observation);
    else if (observation.kind === "markPrice") observeMark(track, context.cursor, observation);
    else if (observation.kind === "fundingRate") observeFunding(track, context.cursor, observation);
    else if (observation.kind === "depth") observeDepth(track, context.cursor, observation);
    else if (observation.kind === "takerVolume") observeTaker(track, context.cursor, observation);
  }
  const events = freshLiquidations(track, reports);
  for (const event of events) addLiquidation(track, context.cursor, event);
  if (events.length > 0) sink.liquidations(events);
  const columns = closeColumns(context, settings, asOf - graceMs(settings));
  if (columns.length > 0) sink.context(columns);
}

/** How long a minute stays open for what arrives late: two minutes of wall time. */
function graceMs(settings: HubSettings): number {
  return 2 * minutePatienceMs(settings);
}

function closeColumns(context: ContextState, settings: HubSettings, toMs: EpochMs): ContextColumn[] {
  const columns: ContextColumn[] = [];
  while (context.cursor !== null && context.cursor + MINUTE_MS <= toMs) {
    const minuteMs = context.cursor;
    const endMs: EpochMs = minuteMs + MINUTE_MS;
    const ids = settings.venues.filter((id) => context.venues[id] !== undefined);
    for (const id of ids) foldMinute(context.venues[id] as ContextTrack, minuteMs);
    INTERVALS.forEach((intervalMs, i) => {
      if (endMs % intervalMs !== 0) return;
      const column: ContextColumn = { symbol: settings.symbol, intervalMs, startMs: endMs - intervalMs, venues: {} };
      for (const id of ids) takeColumn(context, id, i, column);
      if (Object.keys(column.venues).length > 0) columns.push(column);
    });
    context.cursor = endMs;
  }
  return columns;
}

/** Moves what an exchange has added up for a width into the column; a column without anything known is not written. */
function takeColumn(context: ContextState, id: VenueId, width: number, column: ContextColumn): void {
  const running = context.venues[id]?.running;
  const part = running?.[width];
  if (running === undefined || part === undefined) return;
  if (!isEmpty(part)) column.venues[id] = rounded(part);
  running[width] = emptyContext();
}

/** As it is stored and served: sums without the noise of their additions. */
function rounded(part: VenueContext): VenueContext {
  const short = (sum: number | null) => (sum === null ? null : significant(sum));
  return {
    ...part,
    takerBuyBase: short(part.takerBuyBase),
    takerSellBase: short(part.takerSellBase),
    depth: part.depth === null ? null : roundedDepth(part.depth),
    observedLongUsd: short(part.observedLongUsd),
    observedShortUsd: short(part.observedShortUsd),
  };
}

/** The open minute of a time, or null after counting it as late. */
function minuteOf(track: ContextTrack, cursor: EpochMs, at: EpochMs): MinuteContext | null {
  const minuteMs = intervalStart(at, MINUTE_MS);
  if (minuteMs < cursor) {
    track.lateCount += 1;
    return null;
  }
  const known = track.minutes.find((minute) => minute.minuteMs === minuteMs);
  if (known !== undefined) return known;
  const minute: MinuteContext = { minuteMs, mark: null, depth: null, funding: null, longUsd: 0, shortUsd: 0, count: 0 };
  track.minutes.push(minute);
  return minute;
}

/** An exchange's clock may run ahead: nothing is younger than when we heard it. */
function timeOf({ exchangeTime, receivedAt }: { exchangeTime: EpochMs; receivedAt: EpochMs }): EpochMs {
  return Math.min(exchangeTime, receivedAt);
}

function observeMark(track: ContextTrack, cursor: EpochMs, observation: MarkPrice): void {
  const at = timeOf(observation);
  const minute = minuteOf(track, cursor, at);
  if (minute === null || (minute.mark !== null && minute.mark.at >= at)) return;
  const { markPrice, indexPrice } = observation;
  minute.mark = { at, markPrice, indexPrice: indexPrice ?? minute.mark?.indexPrice ?? null };
}

function observeFunding(track: ContextTrack, cursor: EpochMs, observation: FundingRate): void {
  const at = timeOf(observation);
  const { fundingRate: rate, intervalMs, fundingTime } = observation;
  // a rate whose time has passed was charged: it belongs to its minute bar
  if (fundingTime <= at) return;
  // told before the first open minute, it may still run in it
  const owner = at < cursor ? track : minuteOf(track, cursor, at);
  if (owner === null || (owner.funding !== null && owner.funding.at >= at)) return;
  owner.funding = { at, rate, intervalMs, fundingTime };
}

function observeDepth(track: ContextTrack, cursor: EpochMs, observation: Depth): void {
  const sums = depthSums(observation);
  const ladder = ladderOf(observation);
  if (sums === null || ladder === null) return;
  const at = timeOf(observation);
  if (track.ladder === null || track.ladder.at < at) track.ladder = { at, ladder, sums };
  const minute = minuteOf(track, cursor, at);
  if (minute !== null && (minute.depth === null || minute.depth.at < at)) minute.depth = { at, sums };
}

/** Only spans of whole minutes add up: the newest trades of an exchange say nothing about the rest of their minute. */
function observeTaker(track: ContextTrack, cursor: EpochMs, observation: TakerVolume): void {
  const { openTime, intervalMs, takerBuyBase, takerSellBase, receivedAt } = observation;
  if (intervalMs < MINUTE_MS || intervalMs % MINUTE_MS !== 0 || openTime % intervalMs !== 0) return;
  // rows of the past come with every answer: what is written stays as it is
  if (openTime + intervalMs <= cursor) return;
  const span = { openTime, intervalMs, takerBuyBase, takerSellBase, receivedAt };
  const at = track.taker.findIndex((other) => other.openTime === openTime && other.intervalMs === intervalMs);
  const before = track.taker[at];
  if (before === undefined) track.taker.push(span);
  else if (before.receivedAt < receivedAt) track.taker[at] = span;
  if (track.taker.length > TAKER_SPANS) track.taker.shift();
}

function addLiquidation(track: ContextTrack, cursor: EpochMs, event: LiquidationEvent): void {
  const minute = minuteOf(track, cursor, Math.min(event.atMs, event.receivedMs));
  if (minute === null) return;
  if (event.side === "long") minute.longUsd += event.notionalUsd;
  else minute.shortUsd += event.notionalUsd;
  minute.count += 1;
}
