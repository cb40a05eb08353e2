// Open interest whose sides differ, from the observation to the minute, the model's start and the figures shown.
import { expect, test } from "vitest";
import { createTrack, observe, pointBase } from "../../../durable-objects/hub/track.ts";
import type { ObservationBatch } from "../../../src/shared/market/batch.ts";
import type { Observation } from "../../../src/shared/market/observation.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";

const T0 = Date.UTC(2026, 8, 21, 14);
const head = (exchangeTime: number) =>
  ({ venue: "gmx", symbol: "BTC", exchangeTime, receivedAt: exchangeTime }) as const;

function interest(at: number, long: number, short: number): Observation {
  const sides = { openInterestBase: long, shortOpenInterestBase: short, openInterestUsd: null };
  return { kind: "openInterest", ...head(at), ...sides };
}

function candle(minute: number): Observation {
  const openTime = T0 + minute * MINUTE_MS;
  const prices = { open: 100, high: 101, low: 99, close: 100, volumeBase: null, takerBuyBase: null };
  return { kind: "candle", ...head(openTime + MINUTE_MS), openTime, intervalMs: MINUTE_MS, ...prices, closed: true };
}

function batch(sentAt: number, observations: Observation[]): ObservationBatch {
  const status = { state: "live", reason: null, sinceMs: T0 } as const;
  return { venue: "gmx", symbol: "BTC", sentAt, status, observations, history: null };
}

test("a minute takes both sides of the newest poll in it; one without a poll starts from both of the last", () => {
  const first = batch(T0 + 2 * MINUTE_MS, [
    interest(T0 + 20_000, 10, 8),
    interest(T0 + 50_000, 12, 7),
    candle(0),
    candle(1),
    { kind: "openInterestValue", ...head(T0 + 50_000), longUsd: 1, shortUsd: 1 },
  ]);
  const track = createTrack("gmx", first);
  observe(track, first, 2 * MINUTE_MS);
  expect(track.ready).toMatchObject([
    {
      bar: { openInterestBase: 12, shortOpenInterestBase: 7, volumeBase: null },
      quality: { openInterestCarried: false },
    },
    {
      ...{ bar: { openInterestBase: null }, startOpenInterestBase: 12, startShortOpenInterestBase: 7 },
      quality: { openInterestCarried: true },
    },
  ]);
  expect(track.ready[1]).not.toHaveProperty("bar.shortOpenInterestBase");
  expect(track.lastOpenInterest === null ? null : pointBase(track.lastOpenInterest)).toBe(9.5);
});

test("where every contract has both sides, minutes carry nothing new", () => {
  const one: Observation = { kind: "openInterest", ...head(T0 + 20_000), openInterestBase: 10, openInterestUsd: null };
  const first = batch(T0 + MINUTE_MS, [one, candle(0)]);
  const track = createTrack("gmx", first);
  observe(track, first, MINUTE_MS);
  expect(Object.keys(track.ready[0] ?? {})).not.toContain("startShortOpenInterestBase");
  expect(track.ready[0]).not.toHaveProperty("bar.shortOpenInterestBase");
  expect(track.openInterest).toEqual([]);
  expect(track.lastOpenInterest).toEqual({ at: T0 + 20_000, base: 10 });
});
