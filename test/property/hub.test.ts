// The two promises of a hub: a crash loses nothing, and mass equals open interest.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JournaledHub } from "../../durable-objects/hub/journal.ts";
import { MemoryHubStore } from "../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../durable-objects/hub/settings.ts";
import { encodeState } from "../../durable-objects/hub/state-codec.ts";
import { storeSink } from "../../durable-objects/hub/store-sink.ts";
import { SILENT } from "../../durable-objects/hub/write-columns.ts";
import type { IngestReply, ObservationBatch } from "../../src/shared/market/batch.ts";
import { conservationError, openInterestBase } from "../../src/shared/model/model.ts";
import { INTERVALS } from "../../src/shared/tile/tile-key.ts";
import { play, type RandomStep, randomMarket, THREE } from "../support/batches-random.ts";

const settings: HubSettings = { symbol: "BTC", venues: THREE, historyMs: 12 * 60_000, speed: 1 };

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

interface Recorded {
  sent: ObservationBatch;
  step: RandomStep;
  reply: IngestReply;
  state: Uint8Array;
}

/** Plays a market into a hub that never crashes; its state is recorded where the other hub will crash, and at the end. */
function uninterrupted(market: readonly (readonly RandomStep[])[]) {
  const store = new MemoryHubStore();
  const hub = new JournaledHub(store, settings);
  const recorded: Recorded[] = [];
  let reply: IngestReply = { nextMinuteMs: null, needs: null };
  play(
    market,
    (sent) => {
      reply = hub.ingest(sent, storeSink(store)).reply;
      return reply;
    },
    (step, sent) => {
      const state = step.crash ? encodeState(hub.state) : new Uint8Array(0);
      recorded.push({ sent, step, reply, state });
    },
  );
  return { store, hub, recorded };
}

/** What a hub left on disk besides its state. */
function leftBehind(store: MemoryHubStore) {
  return {
    columns: INTERVALS.map((width) =>
      store.openColumns(width, 0, Number.MAX_SAFE_INTEGER).map(({ startMs, meta, layers }) => {
        return [startMs, meta, Buffer.from(layers).toString("base64")];
      }),
    ),
    cross: THREE.map((venue) =>
      store
        .cross(venue, 0, Number.MAX_SAFE_INTEGER)
        .map(({ startMs, body }) => [startMs, Buffer.from(body).toString("base64")]),
    ),
    flows: THREE.map((venue) =>
      store
        .flows(venue, 0, Number.MAX_SAFE_INTEGER)
        .map(({ startMs, body }) => [startMs, Buffer.from(body).toString("base64")]),
    ),
    outbox: store.outbox(100_000),
  };
}

describe("recovery", () => {
  test("snapshot + journal is the state that never crashed, byte for byte, wherever it crashes", () => {
    fc.assert(
      fc.property(randomMarket, (market) => {
        const never = uninterrupted(market);
        const store = new MemoryHubStore();
        let hub = new JournaledHub(store, settings);
        for (const { sent, step, reply, state } of never.recorded) {
          expect(hub.ingest(sent, storeSink(store)).reply).toEqual(reply);
          if (step.snapshot) hub.snapshot();
          if (!step.crash) continue;
          hub = new JournaledHub(store, settings);
          expect(hub.discarded).toBeNull();
          expect(same(encodeState(hub.state), state)).toBe(true);
        }
        expect(hub.sequence).toBe(never.hub.sequence);
        expect(same(encodeState(new JournaledHub(store, settings).state), encodeState(never.hub.state))).toBe(true);
        expect(leftBehind(store)).toEqual(leftBehind(never.store));
      }),
      { numRuns: 15 },
    );
  });

  test("a batch whose application fails changes neither journal nor state, and the next one goes on as if it never was", () => {
    fc.assert(
      fc.property(randomMarket, (market) => {
        const never = uninterrupted(market);
        const store = new MemoryHubStore();
        let hub = new JournaledHub(store, settings);
        const broken = {
          ...SILENT,
          done: () => {
            throw new Error("disk full");
          },
        };
        for (const { sent, step } of never.recorded) {
          if (step.crash) {
            const before = [...store.journalAfter(0)].length;
            expect(() => hub.ingest(sent, broken)).toThrow("disk full");
            expect([...store.journalAfter(0)]).toHaveLength(before);
            // the object drops its memory after a failure and reads the disk again
            hub = new JournaledHub(store, settings);
          }
          hub.ingest(sent, storeSink(store));
        }
        expect(same(encodeState(hub.state), encodeState(never.hub.state))).toBe(true);
        expect(leftBehind(store)).toEqual(leftBehind(never.store));
      }),
      { numRuns: 8 },
    );
  });
});

test("each side's mass equals open interest to a millionth after every batch, on every exchange", () => {
  let checked = 0;
  fc.assert(
    fc.property(randomMarket, (market) => {
      const store = new MemoryHubStore();
      const hub = new JournaledHub(store, settings);
      play(market, (sent) => {
        const { reply } = hub.ingest(sent, storeSink(store));
        for (const { model } of hub.state.venues.values()) {
          if (openInterestBase(model) === null) continue;
          checked += 1;
          expect(conservationError(model)).toBeLessThanOrEqual(1e-6);
        }
        expect(hub.state.worstConservation).toBeLessThanOrEqual(1e-6);
        return reply;
      });
    }),
    { numRuns: 25 },
  );
  expect(checked).toBeGreaterThan(1_000);
});

test("minutes reach the model in order, each once, whatever the order of batches", () => {
  fc.assert(
    fc.property(randomMarket, (market) => {
      const store = new MemoryHubStore();
      const hub = new JournaledHub(store, settings);
      const seen = new Map<string, number>();
      const missing = new Set<string>();
      const carried = new Set<string>();
      play(market, (sent) => {
        const sink = {
          ...SILENT,
          minutes(minutes: Parameters<typeof SILENT.minutes>[0]) {
            for (const { venue, minute } of minutes) {
              const name = `${venue} ${minute.minuteMs}`;
              // what was missing may come once more, late, as a bar
              if (minute.type === "bar" && missing.delete(name)) {
                if (minute.quality.openInterestCarried) carried.add(name);
                continue;
              }
              // and what carried its open interest, with its own
              if (minute.type === "bar" && !minute.quality.openInterestCarried && carried.delete(name)) continue;
              if (minute.type === "missing") missing.add(name);
              else if (minute.quality.openInterestCarried) carried.add(name);
              const before = seen.get(venue);
              if (before !== undefined) expect(minute.minuteMs).toBe(before + 60_000);
              seen.set(venue, minute.minuteMs);
            }
          },
        };
        return hub.ingest(sent, sink).reply;
      });
    }),
    { numRuns: 25 },
  );
});
