// One bar through the model. Fixed order of a step:
//   sweep → follow the price → open positions → settle to open interest → let time pass.
// Sweeping comes before the windows move, because a narrow window would otherwise leave crossed size behind in a jump.
// Entries of a step cannot be swept by it. Every bar is published, so every step settles.
import { assert } from "../error/assert.ts";
import type { Bar } from "../market/bar.ts";
import { MINUTE_MS } from "../time/clock.ts";
import { age } from "./ageing.ts";
import { type Book, createBook, recentre, TIER_COUNT } from "./book.ts";
import { followHour } from "./diffuse.ts";
import { openPositions } from "./entries.ts";
import { modelSteps } from "./expand.ts";
import { clipDelta, inferFlow, leverageTilt } from "./flow.ts";
import type { FlowRecord } from "./flow-record.ts";
import { chargeFunding } from "./funding.ts";
import { bucketIndex } from "./lattice.ts";
import { settle } from "./settlement.ts";
import type { Model } from "./state.ts";
import { sweep, triggerPrices } from "./sweep.ts";

export interface StepResult {
  /** Modelled size and value the bar's path crossed. */
  sweptLongBase: number;
  sweptShortBase: number;
  sweptLongUsd: number;
  sweptShortUsd: number;
  /** Swept value per drawn tier, USD, in the order of TIERS. */
  sweptLongTierUsd: number[];
  sweptShortTierUsd: number[];
  /** Opened and force-closed within the hour, as far as this bar adds to it, USD: estimated, never in the book (`diffuse.ts`). */
  diffuseLongUsd: number;
  diffuseShortUsd: number;
  /** In the units of the venue's reported feed: its share of swept and diffuse, plus its floor. */
  expectedLongUsd: number;
  expectedShortUsd: number;
  /** Open interest or volume was not available. */
  degraded: boolean;
  /** Open interest changed by more than was traded. */
  clipped: boolean;
  /** What each side opened and closed, inferred; the mean of the two where they differ. */
  openedBase: number;
  closedBase: number;
}

/** Without a fitted floor: this share of the mean expected value so far. */
const FLOOR_SHARE = 0.02;

const removed = new Float64Array(2 * TIER_COUNT);

/**
 * Advances the model by one bar and says what the bar swept; null before the first known open interest, whose bar creates
 * the book and does nothing else. Bars come in order of time and may leave gaps. A given record gains the bar's flows.
 */
export function stepBar(model: Model, bar: Bar, record: FlowRecord | null = null): StepResult | null {
  assertBar(bar);
  if (model.book === null) {
    if (bar.openInterestBase === null) return null;
    model.book = startBook(bar, bar.openInterestBase, bar.shortOpenInterestBase);
    model.counters.bars += 1;
    return emptyResult();
  }
  const { book, counters } = model;
  assert(
    bar.openTime >= book.endTime,
    `bar at ${bar.openTime} was not after the last one, which ended ${book.endTime}`,
  );
  if (bar.openTime > book.endTime) {
    age(book, model.tables, model.params, (bar.openTime - book.endTime) / MINUTE_MS, record);
  }

  const result = emptyResult();
  result.degraded = bar.openInterestBase === null || bar.volumeBase === null;
  const delta = takeDeltas(book, bar, result);
  const steps = modelSteps(bar, book.openInterestBase, book.shortOpenInterestBase);
  const part = { long: delta.long / steps.length, short: delta.short / steps.length };
  for (const step of steps) stepOnce(model, step, part, result, record);
  book.endTime = bar.openTime + bar.intervalMs;

  expectFeed(model, bar, result);
  counters.bars += 1;
  counters.sweptUsd += result.sweptLongUsd + result.sweptShortUsd;
  if (result.degraded) counters.degradedBars += 1;
  if (result.clipped) counters.clippedBars += 1;
  return result;
}

interface Deltas {
  long: number;
  short: number;
}

/** Each side's change of open interest that counts as flow: 0 while unknown, limited by the volume since it was last known. */
function takeDeltas(book: Book, bar: Bar, result: StepResult): Deltas {
  const known = book.volumeSinceBase >= 0 && bar.volumeBase !== null;
  const volume = known ? book.volumeSinceBase + (bar.volumeBase ?? 0) : null;
  if (bar.openInterestBase === null) {
    book.volumeSinceBase = volume ?? -1;
    return { long: 0, short: 0 };
  }
  book.volumeSinceBase = 0;
  const long = clipDelta(bar.openInterestBase - book.openInterestBase, volume);
  const short = clipDelta((bar.shortOpenInterestBase ?? bar.openInterestBase) - book.shortOpenInterestBase, volume);
  result.clipped = long.clipped || short.clipped;
  return { long: long.deltaBase, short: short.deltaBase };
}

function stepOnce(model: Model, bar: Bar, delta: Deltas, result: StepResult, record: FlowRecord | null): void {
  const { params, tables } = model;
  const book = model.book!;
  removed.fill(0);
  sweep(book, { high: bar.high, low: bar.low, ...triggerPrices(bar, params.wickFactor) }, removed, record);
  addSwept(result, bar.close);
  const travelled = followHour(book, bar);
  result.diffuseLongUsd += params.diffuseDensity * travelled.long;
  result.diffuseShortUsd += params.diffuseDensity * travelled.short;
  recentre(book, bucketIndex(bar.close));

  const flows = [delta.long, delta.short].map((base) => inferFlow(base, bar.volumeBase, params.churn));
  const range = {
    low: bucketIndex(bar.low),
    high: bucketIndex(bar.high),
    bodyLow: bucketIndex(Math.min(bar.open, bar.close)),
    bodyHigh: bucketIndex(Math.max(bar.open, bar.close)),
  };
  for (const [side, { openedBase }] of flows.entries()) {
    const tilt = leverageTilt(side, bar, params.takerTilt, tables.weightSum);
    openPositions(book, tables, side, range, openedBase, tilt, record);
  }
  result.openedBase += flows.reduce((sum, flow) => sum + flow.openedBase, 0) / 2;
  result.closedBase += flows.reduce((sum, flow) => sum + flow.closedBase, 0) / 2;

  if (bar.openInterestBase !== null) {
    book.openInterestBase = bar.openInterestBase;
    book.shortOpenInterestBase = bar.shortOpenInterestBase ?? bar.openInterestBase;
  }
  book.prevHigh = bar.high;
  book.prevLow = bar.low;
  book.lastClose = bar.close;
  if (bar.fundingRate !== null) chargeFunding(book, bar.fundingRate, record);
  settle(book, tables, params, {
    close: bar.close,
    openInterestBase: book.openInterestBase,
    shortOpenInterestBase: book.shortOpenInterestBase,
    endTime: bar.openTime + bar.intervalMs,
    intervalMs: bar.intervalMs,
  });
  age(book, tables, params, bar.intervalMs / MINUTE_MS, record);
}

function addSwept(result: StepResult, close: number): void {
  for (let tier = 0; tier < TIER_COUNT; tier++) {
    const long = removed[tier]!;
    const short = removed[TIER_COUNT + tier]!;
    result.sweptLongBase += long;
    result.sweptShortBase += short;
    result.sweptLongUsd += long * close;
    result.sweptShortUsd += short * close;
    result.sweptLongTierUsd[tier]! += long * close;
    result.sweptShortTierUsd[tier]! += short * close;
  }
}

/** Only what came before this bar sets its floor. */
function expectFeed(model: Model, bar: Bar, result: StepResult): void {
  const { counters, tables } = model;
  const { share, floorUsdPerMinute } = tables.feed;
  const meanUsd = counters.bars > 0 ? counters.sweptUsd / (2 * counters.bars) : 0;
  const floor =
    floorUsdPerMinute === null ? FLOOR_SHARE * share * meanUsd : (floorUsdPerMinute * bar.intervalMs) / MINUTE_MS;
  result.expectedLongUsd = share * (result.sweptLongUsd + result.diffuseLongUsd) + floor;
  result.expectedShortUsd = share * (result.sweptShortUsd + result.diffuseShortUsd) + floor;
}

function startBook(bar: Bar, openInterestBase: number, shortOpenInterestBase: number | undefined): Book {
  const book = createBook(bucketIndex(bar.close), openInterestBase, shortOpenInterestBase);
  book.prevHigh = bar.high;
  book.prevLow = bar.low;
  book.lastClose = bar.close;
  book.endTime = bar.openTime + bar.intervalMs;
  return book;
}

function emptyResult(): StepResult {
  return {
    sweptLongBase: 0,
    sweptShortBase: 0,
    sweptLongUsd: 0,
    sweptShortUsd: 0,
    sweptLongTierUsd: [0, 0, 0, 0, 0],
    sweptShortTierUsd: [0, 0, 0, 0, 0],
    diffuseLongUsd: 0,
    diffuseShortUsd: 0,
    expectedLongUsd: 0,
    expectedShortUsd: 0,
    degraded: false,
    clipped: false,
    openedBase: 0,
    closedBase: 0,
  };
}

/** Parsers refuse such bars at the door; one that comes this far is a bug. */
function assertBar(bar: Bar): void {
  const positive = (x: number) => x > 0 && x < Number.POSITIVE_INFINITY;
  const size = (x: number | null) => x === null || (x >= 0 && x < Number.POSITIVE_INFINITY);
  assert(
    positive(bar.low) && bar.high >= bar.low && positive(bar.high),
    `bar range was ${bar.low} to ${bar.high}, expected positive prices`,
  );
  assert(bar.open >= bar.low && bar.open <= bar.high, `bar open ${bar.open} was outside ${bar.low} to ${bar.high}`);
  assert(bar.close >= bar.low && bar.close <= bar.high, `bar close ${bar.close} was outside ${bar.low} to ${bar.high}`);
  assert(size(bar.volumeBase), `bar volume was ${bar.volumeBase}`);
  assert(size(bar.takerBuyBase), `bar taker volume was ${bar.takerBuyBase}`);
  assert(size(bar.openInterestBase), `bar open interest was ${bar.openInterestBase}`);
  assert(size(bar.shortOpenInterestBase ?? null), `bar short open interest was ${bar.shortOpenInterestBase}`);
  assert(
    (bar.markLow === null && bar.markHigh === null) ||
      (positive(bar.markLow ?? 0) && positive(bar.markHigh ?? 0) && (bar.markLow ?? 0) <= (bar.markHigh ?? 0)),
    `bar mark range was ${bar.markLow} to ${bar.markHigh}`,
  );
  assert(bar.fundingRate === null || Number.isFinite(bar.fundingRate), `bar funding rate was ${bar.fundingRate}`);
  assert(positive(bar.intervalMs), `bar interval was ${bar.intervalMs}`);
}
