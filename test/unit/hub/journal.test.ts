import { describe, expect, test } from "vitest";
import { createHubState } from "../../../durable-objects/hub/hub-state.ts";
import { JournaledHub } from "../../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { decodeState, encodeState } from "../../../durable-objects/hub/state-codec.ts";
import { storeSink } from "../../../durable-objects/hub/store-sink.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { closedMinute, DAY0, historyAnswer } from "../../support/batches.ts";

const settings: HubSettings = { symbol: "BTC", venues: ["okx"], historyMs: 5 * MINUTE_MS, speed: 1 };

function play(hub: JournaledHub, store: MemoryHubStore, from: number, to: number): void {
  for (let minute = from; minute < to; minute++) {
    const sent = closedMinute("okx", DAY0 + minute * MINUTE_MS);
    const { needs } = hub.ingest(sent, storeSink(store)).reply;
    if (needs !== null) hub.ingest(historyAnswer("okx", sent.sentAt, needs), storeSink(store));
  }
}

describe("a snapshot", () => {
  test("gives the same state back", () => {
    const store = new MemoryHubStore();
    const hub = new JournaledHub(store, settings);
    play(hub, store, 0, 20);
    const bytes = encodeState(hub.state);
    const decoded = decodeState(bytes);
    expect("error" in decoded ? decoded : encodeState(decoded)).toEqual(bytes);
  });

  test("cut off anywhere, or of nothing, is refused with a reason, never an exception", () => {
    const store = new MemoryHubStore();
    const hub = new JournaledHub(store, settings);
    play(hub, store, 0, 3);
    const bytes = encodeState(hub.state);
    for (let length = 0; length < bytes.length; length += 97) {
      expect(decodeState(bytes.subarray(0, length))).toHaveProperty("error");
    }
    const text = Buffer.from(encodeState(createHubState())).toString("latin1");
    const otherFormat = Buffer.from(text.replace(/"format":\d/, '"format":9'), "latin1");
    expect(decodeState(otherFormat)).toMatchObject({ error: expect.stringMatching(/^snapshot format 9 is not \d$/) });
  });

  test("that cannot be used is told and left behind, and what follows survives the next crash", () => {
    const store = new MemoryHubStore();
    const before = new JournaledHub(store, settings);
    play(before, store, 0, 4);
    store.saveSnapshot(before.sequence, Uint8Array.of(2, 0, 0, 0, 1, 2));
    const hub = new JournaledHub(store, settings);
    expect(hub.discarded).toBe("snapshot header cannot be read");
    expect(hub.state).toEqual(createHubState());
    play(hub, store, 4, 9);
    const again = new JournaledHub(store, settings);
    expect(again.discarded).toBeNull();
    expect(encodeState(again.state)).toEqual(encodeState(hub.state));
  });

  test("is taken after half a day of minutes, so that a restart never has much to do", () => {
    const store = new MemoryHubStore();
    const hub = new JournaledHub(store, { ...settings, historyMs: 721 * MINUTE_MS });
    play(hub, store, 0, 2);
    expect(store.loadSnapshot()?.sequence).toBe(hub.sequence - 1);
    expect([...store.journalAfter(0)]).toHaveLength(1);
  });
});

test("a long history waits for D1 in pieces that a database row can hold", () => {
  const store = new MemoryHubStore();
  const hub = new JournaledHub(store, { ...settings, historyMs: 5_500 * MINUTE_MS });
  play(hub, store, 0, 1);
  const rows = store.outbox(100_000);
  expect(rows.length).toBeGreaterThan(5);
  expect(Math.max(...rows.map((row) => row.body.length))).toBeLessThan(1_000_000);
});
