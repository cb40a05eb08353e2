import { expect, test } from "vitest";
import { JournaledHub } from "../../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import { storeSink } from "../../../durable-objects/hub/store-sink.ts";
import type { IngestReply } from "../../../src/shared/market/batch.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { candle, DAY0, LIVE, openInterest } from "../../support/batches.ts";

const HISTORY = 30;

test("an exchange first heard of two minutes after another, with a later history, holds nobody up", () => {
  const store = new MemoryHubStore();
  const venues: VenueId[] = ["binance", "okx"];
  const hub = new JournaledHub(store, { symbol: "BTC", venues, historyMs: HISTORY * MINUTE_MS, speed: 1 });
  const send = (venue: VenueId, now: number, range: IngestReply["needs"]): IngestReply => {
    const from = range?.fromMs ?? now - MINUTE_MS;
    const to = range?.toMs ?? now;
    const observations = [];
    for (let at = from; at < to; at += MINUTE_MS) {
      observations.push(candle(venue, at), openInterest(venue, at + MINUTE_MS - 1));
    }
    const history = range === null ? null : { range, missing: [] };
    return hub.ingest(
      { venue, symbol: "BTC", sentAt: now + 5_000, status: LIVE, observations, history },
      storeSink(store),
    ).reply;
  };

  const first = DAY0 + 100 * MINUTE_MS;
  const second = first + 2 * MINUTE_MS;
  const binanceNeeds = send("binance", first, null).needs;
  const okxNeeds = send("okx", second, null).needs;
  expect(okxNeeds?.fromMs).toBe((binanceNeeds?.fromMs ?? 0) + 2 * MINUTE_MS);
  send("okx", second, okxNeeds);
  send("binance", second, { fromMs: binanceNeeds?.fromMs ?? 0, toMs: second });

  expect(hub.state.cursor).toBe(second);
  expect([...hub.state.venues.values()].map((venue) => venue.steppedTo)).toEqual([second, second]);
});
