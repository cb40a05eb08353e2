// The hub learns from observed minutes only, and the same batches give the same bytes.
import { describe, expect, test } from "vitest";
import { JournaledHub } from "../../../durable-objects/hub/journal.ts";
import { learnMinute } from "../../../durable-objects/hub/learn-minute.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { decodeState, encodeState } from "../../../durable-objects/hub/state-codec.ts";
import { SILENT } from "../../../durable-objects/hub/write-columns.ts";
import type { ObservationBatch } from "../../../src/shared/market/batch.ts";
import type { Observation } from "../../../src/shared/market/observation.ts";
import type { VenueStatus } from "../../../src/shared/market/venue-status.ts";
import { expectedShares } from "../../../src/shared/model/expected-share.ts";
import { createLearning } from "../../../src/shared/model/learning.ts";
import type { StepResult } from "../../../src/shared/model/step.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { candle, closedMinute, DAY0, LIVE, openInterest } from "../../support/batches.ts";

const settings: HubSettings = { symbol: "BTC", venues: ["bybit"], historyMs: MINUTE_MS, speed: 1 };
const EARLY: VenueStatus = { ...LIVE, sinceMs: DAY0 - 60 * MINUTE_MS };

function liquidation(at: number, notionalUsd: number): Observation {
  const stamped = { venue: "bybit" as const, symbol: "BTC", exchangeTime: at, receivedAt: at };
  const price = 60_000;
  return {
    ...stamped,
    kind: "liquidation",
    side: "long",
    price,
    priceKind: "bankruptcy",
    sizeBase: notionalUsd / price,
    notionalUsd,
  };
}

function minute(index: number, usd: number | null, status = EARLY): ObservationBatch {
  const at = DAY0 + index * MINUTE_MS;
  const observations: Observation[] = [openInterest("bybit", at + MINUTE_MS), candle("bybit", at)];
  if (usd !== null) observations.unshift(liquidation(at + 5_000, usd));
  return { ...closedMinute("bybit", at), status, observations };
}

function play(batches: readonly ObservationBatch[], hub = new JournaledHub(new MemoryHubStore(), settings)) {
  for (const batch of batches) hub.ingest(batch, SILENT);
  const venue = hub.state.venues.get("bybit");
  if (venue === undefined) throw new Error("the hub has no bybit");
  return { hub, venue, learning: venue.learning };
}

const swings = (usd: (index: number) => number | null, status = EARLY) =>
  Array.from({ length: 200 }, (_, i) => minute(i, usd(i), status));

describe("learning in a hub", () => {
  test("takes observed minutes in, those without a report as zero once the feed has spoken", () => {
    const { learning } = play(swings((i) => (i === 10 ? 5_000 : null)));
    expect(learning.minutes).toBeGreaterThan(180);
    expect(learning.minutes).toBeLessThan(191);
    expect(learning.sweptUsd[4]).toBeGreaterThan(0);
  });

  test("learns nothing from a feed that never spoke, nor while the exchange is not live", () => {
    expect(play(swings(() => null)).learning).toEqual(createLearning());
    const degraded: VenueStatus = { ...EARLY, state: "degraded", reason: "the liquidation stream is down" };
    expect(play(swings(() => 5_000, degraded)).learning).toEqual(createLearning());
  });

  test("does not touch the book: other reports, same conserved size", () => {
    const few = play(swings(() => 100));
    const many = play(swings(() => 1e6));
    expect(many.learning.reportedUsd[4]).toBeGreaterThan(few.learning.reportedUsd[4] ?? 0);
    expect(many.venue.model.book).toEqual(few.venue.model.book);
  });

  test("the same batches give the same bytes, and a snapshot carries what was learned", () => {
    const batches = swings((i) => (i % 7) * 10_000);
    const whole = encodeState(play(batches).hub.state);
    expect(Buffer.compare(whole, encodeState(play(batches).hub.state))).toBe(0);
    const half = decodeState(encodeState(play(batches.slice(0, 100)).hub.state));
    if ("error" in half) throw new Error(half.error);
    expect(half.venues.get("bybit")?.learning).toEqual(play(batches.slice(0, 100)).learning);
  });
});

test("what is opened and lost within a minute is credited to no tier", () => {
  const { venue } = play(swings(() => null));
  const { share } = venue.model.tables.feed;
  const [sweptUsd, diffuseUsd] = [1_000, 3_000];
  const step: StepResult = {
    ...{ sweptLongBase: 0, sweptShortBase: 0, sweptLongUsd: sweptUsd, sweptShortUsd: 0 },
    ...{ sweptLongTierUsd: [0, 0, 0, 0, sweptUsd], sweptShortTierUsd: [0, 0, 0, 0, 0] },
    ...{ diffuseLongUsd: diffuseUsd, diffuseShortUsd: 0, expectedLongUsd: share * (sweptUsd + diffuseUsd) },
    ...{ expectedShortUsd: 0, degraded: false, clipped: false, openedBase: 0, closedBase: 0 },
  };
  // exactly what is expected, diffuse value included: the tier must be found as assumed, not four times as large
  const minuteMs = DAY0 + 500 * MINUTE_MS;
  const bar = {
    ...{ openTime: minuteMs, intervalMs: MINUTE_MS, open: 6e4, high: 6e4, low: 6e4, close: 6e4 },
    ...{ volumeBase: 1, takerBuyBase: null, openInterestBase: 1, markHigh: null, markLow: null, fundingRate: null },
    ...{ observedLongUsd: step.expectedLongUsd, observedShortUsd: 0 },
  };
  const quality = { openInterestCarried: false, fromHistory: false };
  learnMinute(venue, { type: "bar", minuteMs, bar, quality, startOpenInterestBase: 1 }, step);
  expect(venue.learning.minutes).toBe(1);
  expect(venue.learning.sweptUsd[4]).toBeCloseTo(share * sweptUsd, 9);
  expect(venue.learning.reportedUsd[4]).toBeCloseTo(share * sweptUsd, 9);
});

test("only a complete feed that has taught enough replaces the assumed share", () => {
  const { venue } = play(swings(() => 100));
  expect(expectedShares(venue.model, venue.learning)).toEqual([0.25, 0.25, 0.25, 0.25, 0.25]);
  const taught = { ...createLearning(), minutes: 40_000 };
  taught.sweptUsd = [0, 0, 1e6, 0, 0];
  taught.reportedUsd = [0, 0, 2e6, 0, 0];
  taught.sweeps = [0, 0, 30, 0, 0];
  const [, , at25, at50] = expectedShares(venue.model, taught);
  // (18,000 / 40,000 × 1 + 2) / (18,000 / 40,000 + 1) × 0.25
  expect(at25).toBeCloseTo(0.25 * (2.45 / 1.45), 9);
  expect(at50).toBe(0.25);
  expect(expectedShares({ ...venue.model, venue: "binance" }, taught)).toEqual([0.25, 0.25, 0.25, 0.25, 0.25]);
});
