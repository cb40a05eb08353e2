// One exchange's price is far from all others': kept out, counted, and believed when the exchange insists.
import { beforeEach, describe, expect, test } from "vitest";
import { JournaledHub } from "../../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import { hubReport } from "../../../durable-objects/hub/report.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { storeSink } from "../../../durable-objects/hub/store-sink.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { batch, candle, DAY0, historyAnswer, markPrice, openInterest, priceAt } from "../../support/batches.ts";

const VENUES: VenueId[] = ["binance", "bybit", "okx"];
const settings: HubSettings = { symbol: "BTC", venues: VENUES, historyMs: 10 * MINUTE_MS, speed: 1 };
const at = (minute: number) => DAY0 + minute * MINUTE_MS;

let store: MemoryHubStore;
let hub: JournaledHub;
beforeEach(() => {
  store = new MemoryHubStore();
  hub = new JournaledHub(store, settings);
});

/** Every exchange delivers the minutes; Bybit's prices are multiplied. */
function deliver(from: number, to: number, bybitTimes = 1, venues = VENUES): void {
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
      const { reply } = hub.ingest(batch(venue, now, observations), storeSink(store));
      if (reply.needs !== null) hub.ingest(historyAnswer(venue, now + 500, reply.needs), storeSink(store));
    }
  }
}
const bybit = () =>
  hubReport(hub.state, settings, hub.state.asOf, { sequence: 0, outbox: 0, dayVolumeUsd: null }).venues[1];
const lastClose = () => hub.state.venues.get("bybit")?.lastClose ?? 0;

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
  test("release: after five minutes without a break it is the exchange's own price", () => {
    deliver(0, 20);
    deliver(20, 32, 1.3);
    expect(lastClose() / priceAt(at(32))).toBeCloseTo(1.3, 2);
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
