// From the live map to the messages of the stream: one per distinct subscription and tick, whatever the number of clients.
import type { MapFilter } from "../../src/shared/market/filter.ts";
import type { DataSource } from "../../src/shared/market/symbol.ts";
import { modelVersion } from "../../src/shared/model/state.ts";
import {
  type DeltaMessage,
  PROTOCOL_VERSION,
  type SnapshotMessage,
  type StreamCandle,
} from "../../src/shared/protocol/messages.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { type EpochMs, intervalStart } from "../../src/shared/time/clock.ts";
import { coverageAt } from "./coverage.ts";
import type { HubState } from "./hub-state.ts";
import { chosenVenues, type Levels, type LiveVenue, priceUnder } from "./live-view.ts";
import { type HubSettings, paramsOf } from "./settings.ts";

export interface FrameContext {
  state: HubState;
  settings: HubSettings;
  dataSource: DataSource;
  now: EpochMs;
  live: readonly LiveVenue[];
  dayVolumeUsd: number | null;
}

/** Start of the column that is open: the one after the newest closed minute. */
export function openColumnStart(state: HubState, intervalMs: number): EpochMs {
  return intervalStart(state.cursor ?? state.asOf, intervalMs);
}

/** Candle of the open column from the reference exchange under a filter; volume is the sum of the chosen exchanges. */
export function openCandle(
  live: readonly LiveVenue[],
  filter: MapFilter,
  intervalMs: number,
  startMs: EpochMs,
): StreamCandle | null {
  const width = INTERVALS.indexOf(intervalMs);
  let candle: StreamCandle | null = null;
  for (const { candles } of chosenVenues(live, filter)) {
    const own = candles[width];
    if (own?.startMs !== startMs) continue;
    if (candle === null) candle = { ...own };
    else if (own.volumeBase !== null) candle.volumeBase = (candle.volumeBase ?? 0) + own.volumeBase;
  }
  return candle;
}

/** The whole open column. */
export function snapshotMessage(
  context: FrameContext,
  filter: MapFilter,
  intervalMs: number,
  levels: Levels,
): SnapshotMessage {
  return {
    type: "snapshot",
    ...envelope(context, filter, intervalMs),
    bucketRatio: 0.0005,
    longs: pairs(levels.first, levels.long),
    shorts: pairs(levels.first, levels.short),
  };
}

/** A level is sent again when it moved by more than this share of what the client has: drift stays below it. */
const RESEND_SHARE = 0.01;

/** What changed against what the clients have, which is updated to what they will have. */
export function deltaMessage(
  context: FrameContext,
  filter: MapFilter,
  intervalMs: number,
  sent: Levels,
  levels: Levels,
  columnBefore: EpochMs,
): { message: DeltaMessage; sent: Levels } {
  const common = envelope(context, filter, intervalMs);
  const long = changes(sent.first, sent.long, levels.first, levels.long);
  const short = changes(sent.first, sent.short, levels.first, levels.short);
  const message: DeltaMessage = {
    type: "delta",
    ...common,
    longs: long.listed,
    shorts: short.listed,
    closedColumnStartMs: common.columnStartMs > columnBefore ? columnBefore : null,
  };
  return { message, sent: { first: levels.first, long: long.sent, short: short.sent } };
}

function envelope(context: FrameContext, filter: MapFilter, intervalMs: number) {
  const { state, settings, dataSource, now, live, dayVolumeUsd } = context;
  const columnStartMs = openColumnStart(state, intervalMs);
  return {
    v: PROTOCOL_VERSION,
    seq: state.frame,
    asOf: state.asOf,
    modelVersion: modelVersion(paramsOf(settings)),
    dataSource,
    coverage: coverageAt(state, settings, now, dayVolumeUsd),
    symbol: settings.symbol,
    price: priceUnder(live, filter),
    intervalMs,
    columnStartMs,
    candle: openCandle(live, filter, intervalMs, columnStartMs),
  } as const;
}

/** `[bucket, whole USD]` of every bucket that holds at least half a dollar. */
export function pairs(first: number, usd: Float64Array): [number, number][] {
  const listed: [number, number][] = [];
  for (let i = 0; i < usd.length; i++) {
    const rounded = Math.round(usd[i] ?? 0);
    if (rounded !== 0) listed.push([first + i, rounded]);
  }
  return listed;
}

function changes(
  firstSent: number,
  before: Float64Array,
  first: number,
  usd: Float64Array,
): { listed: [number, number][]; sent: Float64Array } {
  const listed: [number, number][] = [];
  const sent = new Float64Array(usd.length);
  const low = Math.min(first, firstSent);
  const high = Math.max(first + usd.length, firstSent + before.length);
  for (let bucket = low; bucket < high; bucket++) {
    const was = before[bucket - firstSent] ?? 0;
    const is = Math.round(usd[bucket - first] ?? 0);
    const moved = Math.abs(is - was) > RESEND_SHARE * Math.abs(was);
    if (moved) listed.push([bucket, is]);
    if (bucket >= first && bucket < first + usd.length) sent[bucket - first] = moved ? is : was;
  }
  return { listed, sent };
}
