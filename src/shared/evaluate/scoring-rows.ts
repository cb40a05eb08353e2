// A recording as rows to be scored: one per hour and side. A prediction uses the model before each bar and the bar's own
// path, volume and open interest; never its liquidations, never a later bar. It is therefore conditional on the path.
import type { Bar } from "../market/bar.ts";
import type { Side, SymbolId, VenueId } from "../market/symbol.ts";
import { modelSteps } from "../model/expand.ts";
import { conservationError, createModel, type Model, openInterestBase, stepBar } from "../model/model.ts";
import type { ModelParams } from "../model/params.ts";
import { log } from "../num/log.ts";
import { HOUR_MS, intervalStart } from "../time/clock.ts";
import { openInterestMap, type PlainMap, volumeMap } from "./naive-maps.ts";

/** The maps that must be beaten, by name. */
export const PLAIN_MAPS = ["naive", "naive72h", "naive24h", "openInterestDelta"] as const;
export type PlainMapName = (typeof PLAIN_MAPS)[number];

export interface ScoringRow {
  hourMs: number;
  side: Side;
  /** Reported by the exchange, USD. */
  observedUsd: number;
  /** Swept value of the map, USD: all tiers, and each. */
  sweptUsd: number;
  sweptTierUsd: readonly number[];
  /** Opened and force-closed within the hour, USD; shares the scale of the swept value. */
  diffuseUsd: number;
  /** With the share and floor of the parameter set, USD. */
  expectedUsd: number;
  /** Swept value of each plain map, USD. */
  plainUsd: Readonly<Record<PlainMapName, number>>;
  /** Log distance from the open to the extreme that hurts this side, and to the other one. */
  ownExcursion: number;
  oppositeExcursion: number;
  /** Root of the summed squared log returns of the model's steps. */
  realisedVolatility: number;
  volumeUsd: number;
  /** Open interest before the hour, USD. */
  openInterestUsd: number;
  /** Change of open interest in the hour as a fraction of it. */
  openInterestChange: number;
  /** Of the volume, buys minus sells of takers, -1 to 1; 0 where unknown. */
  takerImbalance: number;
}

export interface MarketRows {
  venue: VenueId;
  symbol: SymbolId;
  /** First and last moment with a model, ms UTC. */
  startMs: number;
  endMs: number;
  /** Length of a bar. */
  intervalMs: number;
  /** Long and short of an hour in turn, in order of time. */
  rows: ScoringRow[];
  /** Hours with a model in which not every liquidation figure was known. */
  unscoredHours: number;
  bars: number;
  degradedBars: number;
  clippedBars: number;
  /** Worst |side − open interest| / open interest after any bar. */
  conservationError: number;
}

export interface Market {
  venue: VenueId;
  symbol: SymbolId;
  bars: readonly Bar[];
}

/** Sees the model after each bar that the map knew before. */
export type Watcher = (model: Model, bar: Bar) => void;

type StepResult = NonNullable<ReturnType<typeof stepBar>>;

interface HourPart {
  bar: Bar;
  step: StepResult;
  plain: Record<PlainMapName, { long: number; short: number }>;
  squaredReturns: number;
  openInterestUsd: number;
  openInterestChangeUsd: number;
}

/** Replays a market; null when it never has open interest. */
export function scoringRows(market: Market, params: ModelParams, watch: Watcher = () => {}): MarketRows | null {
  const model = createModel({ venue: market.venue, symbol: market.symbol, params });
  const plainMaps: Record<PlainMapName, PlainMap> = {
    naive: volumeMap(null),
    naive72h: volumeMap(72),
    naive24h: volumeMap(24),
    openInterestDelta: openInterestMap(),
  };
  const rows: ScoringRow[] = [];
  const hour: HourPart[] = [];
  let unscoredHours = 0;
  let worst = 0;
  let startMs: number | null = null;
  let endMs = 0;

  const close = () => {
    const pair = hourRows(hour);
    if (pair === null) unscoredHours += hour.length > 0 ? 1 : 0;
    else rows.push(...pair);
    hour.length = 0;
  };
  for (const bar of market.bars) {
    const before = openInterestBase(model);
    const steps = modelSteps(bar, before);
    const step = stepBar(model, bar);
    if (step === null) continue;
    startMs ??= bar.openTime;
    endMs = bar.openTime + bar.intervalMs;
    worst = Math.max(worst, conservationError(model));
    const plain = stepPlainMaps(plainMaps, steps, before);
    // the first bar only creates the book
    if (before === null) continue;
    const first = hour[0]?.bar;
    const width = Math.max(HOUR_MS, bar.intervalMs);
    if (first !== undefined && intervalStart(first.openTime, width) !== intervalStart(bar.openTime, width)) close();
    const change = bar.openInterestBase === null ? 0 : bar.openInterestBase - before;
    hour.push({
      bar,
      step,
      plain,
      squaredReturns: steps.reduce((sum, { open, close }) => sum + log(close / open) * log(close / open), 0),
      openInterestUsd: before * bar.open,
      openInterestChangeUsd: change * bar.open,
    });
    watch(model, bar);
  }
  close();
  if (startMs === null) return null;
  const { bars, degradedBars, clippedBars } = model.counters;
  return {
    venue: market.venue,
    symbol: market.symbol,
    startMs,
    endMs,
    intervalMs: market.bars[0]?.intervalMs ?? 0,
    rows,
    unscoredHours,
    bars,
    degradedBars,
    clippedBars,
    conservationError: worst,
  };
}

function stepPlainMaps(
  maps: Record<PlainMapName, PlainMap>,
  steps: readonly Bar[],
  openInterestBefore: number | null,
): HourPart["plain"] {
  const out = Object.fromEntries(PLAIN_MAPS.map((name) => [name, { long: 0, short: 0 }])) as HourPart["plain"];
  let before = openInterestBefore;
  for (const step of steps) {
    for (const name of PLAIN_MAPS) {
      const swept = maps[name].step(step, before);
      out[name].long += swept.long;
      out[name].short += swept.short;
    }
    before = step.openInterestBase ?? before;
  }
  return out;
}

/** Both sides of an hour; null when the recording does not hold every liquidation figure of the whole hour. */
function hourRows(parts: readonly HourPart[]): [ScoringRow, ScoringRow] | null {
  const first = parts[0];
  if (first === undefined) return null;
  const covered = parts.reduce((sum, { bar }) => sum + bar.intervalMs, 0);
  const known = parts.every(({ bar }) => bar.observedLongUsd !== null && bar.observedShortUsd !== null);
  if (covered < HOUR_MS || !known) return null;
  const sum = (value: (part: HourPart) => number): number => parts.reduce((total, part) => total + value(part), 0);
  const down = log(first.bar.open / Math.min(...parts.map(({ bar }) => bar.low)));
  const up = log(Math.max(...parts.map(({ bar }) => bar.high)) / first.bar.open);
  const volume = sum(({ bar }) => bar.volumeBase ?? 0);
  const takerKnown = parts.every(({ bar }) => bar.takerBuyBase !== null) && volume > 0;
  const common = {
    hourMs: first.bar.openTime,
    realisedVolatility: Math.sqrt(sum((part) => part.squaredReturns)),
    volumeUsd: sum(({ bar }) => (bar.volumeBase ?? 0) * bar.close),
    openInterestUsd: first.openInterestUsd,
    openInterestChange:
      first.openInterestUsd > 0 ? sum((part) => part.openInterestChangeUsd) / first.openInterestUsd : 0,
    takerImbalance: takerKnown ? (2 * sum(({ bar }) => bar.takerBuyBase ?? 0)) / volume - 1 : 0,
  };
  const plain = (side: Side) =>
    Object.fromEntries(PLAIN_MAPS.map((name) => [name, sum((part) => part.plain[name][side])])) as Record<
      PlainMapName,
      number
    >;
  const tiers = (of: (step: StepResult) => readonly number[]) =>
    of(first.step).map((_, tier) => sum((part) => of(part.step)[tier] ?? 0));
  return [
    {
      ...common,
      side: "long",
      observedUsd: sum(({ bar }) => bar.observedLongUsd ?? 0),
      sweptUsd: sum(({ step }) => step.sweptLongUsd),
      sweptTierUsd: tiers((step) => step.sweptLongTierUsd),
      diffuseUsd: sum(({ step }) => step.diffuseLongUsd),
      expectedUsd: sum(({ step }) => step.expectedLongUsd),
      plainUsd: plain("long"),
      ownExcursion: down,
      oppositeExcursion: up,
    },
    {
      ...common,
      side: "short",
      observedUsd: sum(({ bar }) => bar.observedShortUsd ?? 0),
      sweptUsd: sum(({ step }) => step.sweptShortUsd),
      sweptTierUsd: tiers((step) => step.sweptShortTierUsd),
      diffuseUsd: sum(({ step }) => step.diffuseShortUsd),
      expectedUsd: sum(({ step }) => step.expectedShortUsd),
      plainUsd: plain("short"),
      ownExcursion: up,
      oppositeExcursion: down,
    },
  ];
}
