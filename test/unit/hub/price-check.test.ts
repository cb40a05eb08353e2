// One exchange's price is far from all others': kept out, counted, and believed when the exchange insists.
import { beforeEach, describe, expect, test } from "vitest";
import { coverageAt } from "../../../durable-objects/hub/coverage.ts";
import { JournaledHub } from "../../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import { hubReport } from "../../../durable-objects/hub/report.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { storeSink } from "../../../durable-objects/hub/store-sink.ts";
import type { HubSink } from "../../../durable-objects/hub/write-columns.ts";
import type { ObservationBatch } from "../../../src/shared/market/batch.ts";
import type { Minute, VenueMinute } from "../../../src/shared/market/minute.ts";
import type { Observation } from "../../../src/shared/market/observation.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { batch, candle, DAY0, historyAnswer, markPrice, openInterest, priceAt } from "../../support/batches.ts";

const VENUES: VenueId[] = ["binance", "bybit", "okx"];
const settings: HubSettings = { symbol: "BTC", venues: VENUES, historyMs: 10 * MINUTE_MS, speed: 1 };
const at = (minute: number) => DAY0 + minute * MINUTE_MS;

let store: MemoryHubStore;
let hub: JournaledHub;
/** Bybit's minutes as last written down. */
let minutes: Map<number, Minute>;
const sink = (): HubSink => {
  const kept = storeSink(store);
  const take = (written: VenueMinute[]) => {
    for (const { venue, minute } of written) if (venue === "bybit") minutes.set(minute.minuteMs, minute);
    kept.minutes(written);
  };
  return { ...kept, minutes: take };
};
beforeEach(() => {
  minutes = new Map();
  store = new MemoryHubStore();
  hub = new JournaledHub(store, settings);
});

/** An answer of history whose prices are multiplied. */
function multiplied(answer: ObservationBatch, times: number): ObservationBatch {
  const observations = answer.observations.map((one): Observation => {
    if (one.kind !== "candle") return one;
    const { open, high, low, close } = one;
    return { ...one, open: open * times, high: high * times, low: low * times, close: close * times };
  });
  return { ...answer, observations };
}

/** Every exchange delivers the minutes; Bybit's prices, also those of its history, are multiplied. */
function deliver(from: number, to: number, bybitTimes = 1, venues = VENUES, historyTimes = bybitTimes): void {
  for (let minute = from; minute < to; minute++) {
    for (const venue of venues) {
      const times = venue === "bybit" ? bybitTimes : 1;
      const plain = candle(venue, at(minute));
      const { open, high, low, close } = plain;
      const prices = { open: open * times, high: high * times, low: low * times, close: close * times };
      const now = at(minute + 1) + 6_000;
      const observations = [
        { ...plain, ...prices },
        openInterest(venue, at(minute + 1) - 1_000),
        markPrice(venue, now - 1_000, priceAt(now) * times),
      ];
      const { reply } = hub.ingest(batch(venue, now, observations), sink());
      if (reply.needs === null) continue;
      const answer = historyAnswer(venue, now + 500, reply.needs);
      hub.ingest(venue === "bybit" ? multiplied(answer, historyTimes) : answer, sink());
    }
  }
}
const bybit = () =>
  hubReport(hub.state, settings, hub.state.asOf, { sequence: 0, outbox: 0, dayVolumeUsd: null }).venues[1];
const lastClose = () => hub.state.venues.get("bybit")?.lastClose ?? 0;

const shown = () => coverageAt(hub.state, settings, hub.state.asOf).exchanges.find(({ id }) => id === "bybit");
const missing = (from: number, to: number) =>
  [...minutes.values()].filter(({ type, minuteMs }) => type === "missing" && minuteMs >= at(from) && minuteMs < at(to))
    .length;

describe.each([1_000, 1.3, 0.5])("a price %d times what the others say", (times) => {
  test("is not believed for as long as they agree: degraded with the reason, its minutes missing", () => {
    deliver(0, 20);
    const before = lastClose();
    deliver(20, 60, times);
    expect(lastClose()).toBe(before);
    expect(shown()).toMatchObject({ state: "degraded", modelled: false });
    expect(shown()?.reason).toMatch(/^price \d+(\.\d+)? was not believed beside \d+(\.\d+)? elsewhere$/);
    expect(missing(20, 56)).toBe(36);
  });

  test("once it is right again the exchange is live, and its history brings the minutes", () => {
    deliver(0, 20);
    deliver(20, 40, times);
    deliver(40, 62);
    expect(shown()).toMatchObject({ state: "live", modelled: true });
    expect(missing(20, 60)).toBe(0);
    expect(lastClose() / priceAt(at(62))).toBeCloseTo(1, 6);
  });

  test("history that keeps saying so is not believed later either", () => {
    deliver(0, 20);
    deliver(20, 40, times);
    deliver(40, 62, 1, VENUES, times);
    expect(lastClose() / priceAt(at(62))).toBeCloseTo(1, 6);
    expect(missing(20, 39)).toBe(19);
  });
});

test("exchanges that contradict each other outvote nobody for longer than five minutes", () => {
  deliver(0, 20);
  for (let minute = 20; minute < 32; minute++) {
    for (const [venue, times] of [
      ["binance", 1],
      ["bybit", 1.3],
      ["okx", 0.7],
    ] as const) {
      const now = at(minute + 1) + 6_000;
      hub.ingest(batch(venue, now, [markPrice(venue, now - 1_000, 60_000 * times)]), sink());
    }
  }
  expect(hub.state.venues.get("bybit")?.track.running?.close).toBe(78_000);
});

describe("a price ten times what the others say", () => {
  test("never reaches the model, is counted, and the last one is shown", () => {
    deliver(0, 20);
    const before = lastClose();
    deliver(20, 23, 10);
    expect(lastClose() / before).toBeCloseTo(1, 1);
    expect(bybit()?.doubtedPrices).toBeGreaterThan(3);
    const last = bybit()?.lastDoubtedPrice;
    expect((last?.price ?? 0) / (last?.median ?? 1)).toBeCloseTo(10, 1);
  });
  test("release: a premium of a few percent more is the exchange's own price after five minutes without a break", () => {
    deliver(0, 20);
    deliver(20, 32, 1.15);
    expect(lastClose() / priceAt(at(32))).toBeCloseTo(1.15, 2);
    expect(shown()).toMatchObject({ state: "live" });
  });
  test("a sound price in between starts the five minutes again", () => {
    deliver(0, 20);
    deliver(20, 23, 1.3);
    deliver(23, 24);
    const count = bybit()?.doubtedPrices ?? 0;
    deliver(24, 28, 1.3);
    expect(bybit()?.doubtedPrices).toBeGreaterThan(count + 3);
    expect(lastClose() / priceAt(at(28))).toBeCloseTo(1, 1);
  });
});

test("with one other exchange nobody knows which is wrong: nothing is kept out", () => {
  deliver(0, 20, 1, ["binance", "bybit"]);
  deliver(20, 22, 1.3, ["binance", "bybit"]);
  expect(bybit()?.doubtedPrices).toBe(0);
});

test("a hub restored from snapshot and journal doubts alike", () => {
  deliver(0, 20);
  deliver(20, 22, 10);
  const again = new JournaledHub(store, settings);
  expect(again.state.priceDoubts).toEqual(hub.state.priceDoubts);
});
