// Which requests are due: the adapter's plan × the symbols of this tick × what has been answered already.
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import { type EpochMs, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { CLOSE_DELAY_MS } from "../../src/shared/venue/candles.ts";
import type { PlanEntry, RequestArgs, VenueAdapter } from "../../src/shared/venue/venue.ts";

export interface PlannedSymbol {
  symbol: SymbolId;
  venueSymbol: string;
  /** First minute the hub waits for, or null before it said so. */
  nextMinuteMs: EpochMs | null;
  /** Open time of the newest closed candle the hub has acknowledged, or null. */
  newestClosedMs: EpochMs | null;
  /** True while the hub still asks for history, which the history fill brings. */
  needsHistory: boolean;
  /** One of the busiest symbols. */
  busy: boolean;
}

/** What became of earlier requests of one entry and symbol. */
export interface Progress {
  /** Market time of the last good answer, or null. */
  doneAt: EpochMs | null;
  failures: number;
  lastFailure: string | null;
  /** Wall time before which it is not tried again. */
  notBeforeMs: EpochMs;
  /** How often in a row it was due but not sent for want of budget. */
  deferred: number;
}

export interface PlannedRequest {
  /** Identifies entry and symbol across ticks. */
  key: string;
  entry: PlanEntry;
  /** Null when the answer concerns all symbols. */
  symbol: SymbolId | null;
  args: RequestArgs;
}

export const NO_PROGRESS: Progress = { doneAt: null, failures: 0, lastFailure: null, notBeforeMs: 0, deferred: 0 };

/** Rows beyond the missing minutes: the minute that still runs, and one in case the exchange's clock is ahead. */
const SPARE_ROWS = 2;

/** A minute without trades may have no candle at all: this far into the next one it is no longer waited for. */
const LATE_CANDLE_MS = 20_000;
/** Asked once more when a candle that no later one follows counts as closed: within one poll of the slow symbols. */
const AGAIN_FOR_MS = 15_000;

type PlanSource = Pick<VenueAdapter, "plan" | "history">;

export function requestKey(entry: PlanEntry, symbol: SymbolId | null): string {
  return `${entry.kind} ${symbol ?? "*"}`;
}

/** Everything due now, most important first: what was put off, bulk requests, candles, then symbols in their order. */
export function planRequests(
  source: PlanSource,
  due: readonly PlannedSymbol[],
  progressOf: (key: string) => Progress,
  time: { market: EpochMs; wall: EpochMs },
): PlannedRequest[] {
  if (due.length === 0) return [];
  const planned: { request: PlannedRequest; urgency: number; rank: number }[] = [];
  for (const entry of source.plan) {
    const targets = entry.scope === "venue" ? [null] : due.filter(({ busy }) => busy || entry.only === undefined);
    targets.forEach((target, index) => {
      const key = requestKey(entry, target?.symbol ?? null);
      const progress = progressOf(key);
      if (time.wall < progress.notBeforeMs || !isDue(source, entry, target, progress, time.market)) return;
      const args = argsFor(source, entry, target, time.market);
      const request = { key, entry, symbol: target?.symbol ?? null, args };
      planned.push({ request, urgency: urgencyOf(entry, progress), rank: rankOf(entry, index) });
    });
  }
  planned.sort((a, b) => b.urgency - a.urgency || a.rank - b.rank);
  return planned.map(({ request }) => request);
}

function isDue(
  source: PlanSource,
  entry: PlanEntry,
  target: PlannedSymbol | null,
  progress: Progress,
  now: EpochMs,
): boolean {
  if (entry.cadence === "poll" || progress.doneAt === null) return true;
  if (entry.cadence === "hour") return Math.floor(progress.doneAt / HOUR_MS) < Math.floor(now / HOUR_MS);
  if (target !== null && entry.kind === source.history.candles.kind) {
    // decided by what arrived, not by what was asked: the exchange's clock may be behind, or the hub was away
    if ((target.newestClosedMs ?? Number.NEGATIVE_INFINITY) >= newestClosedMinute(now)) return false;
    const late = now % MINUTE_MS;
    if (late < LATE_CANDLE_MS || (late >= CLOSE_DELAY_MS && late < CLOSE_DELAY_MS + AGAIN_FOR_MS)) return true;
  }
  return Math.floor(progress.doneAt / MINUTE_MS) < Math.floor(now / MINUTE_MS);
}

function argsFor(source: PlanSource, entry: PlanEntry, target: PlannedSymbol | null, nowMs: EpochMs): RequestArgs {
  if (target === null) return { venueSymbol: null, nowMs };
  const { venueSymbol } = target;
  if (entry.kind !== source.history.candles.kind) return { venueSymbol, nowMs };
  return { venueSymbol, nowMs, limit: candleRows(target, nowMs, source.history.candles.maxRows) };
}

/** Rows to ask for so that the hub misses no minute. While history is on its way only the newest minutes count. */
export function candleRows(target: PlannedSymbol, now: EpochMs, maxRows: number): number {
  const afterNewest = target.newestClosedMs === null ? null : target.newestClosedMs + MINUTE_MS;
  const from = target.needsHistory ? afterNewest : target.nextMinuteMs;
  const missing = from === null ? 1 : Math.max(0, (newestClosedMinute(now) - from) / MINUTE_MS + 1);
  return Math.min(maxRows, Math.ceil(missing) + SPARE_ROWS);
}

function newestClosedMinute(now: EpochMs): EpochMs {
  return (Math.floor(now / MINUTE_MS) - 1) * MINUTE_MS;
}

/** Ticks an hourly request may be put off before it pushes polls aside: it takes what they leave. */
const HOURLY_PATIENCE = 60;

function urgencyOf(entry: PlanEntry, progress: Progress): number {
  return entry.cadence === "hour" ? Math.max(0, progress.deferred - HOURLY_PATIENCE) : progress.deferred;
}

const CADENCE_RANK = { minute: 1, poll: 2, hour: 3 } as const;

function rankOf(entry: PlanEntry, symbolIndex: number): number {
  return entry.scope === "venue" ? 0 : CADENCE_RANK[entry.cadence] * 1_000 + symbolIndex;
}
