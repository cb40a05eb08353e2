import { describe, expect, test } from "vitest";
import { addRow, decodeFlowRow, type FlowRow } from "../../../durable-objects/hub/flow-row.ts";
import { JournaledHub } from "../../../durable-objects/hub/journal.ts";
import { LiveView } from "../../../durable-objects/hub/live-view.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { encodeState } from "../../../durable-objects/hub/state-codec.ts";
import { storeSink } from "../../../durable-objects/hub/store-sink.ts";
import { assertDefined } from "../../../src/shared/error/assert.ts";
import type { ObservationBatch, TimeRange } from "../../../src/shared/market/batch.ts";
import { TIERS } from "../../../src/shared/market/filter.ts";
import { changeOf, createFlows, flowsAt } from "../../../src/shared/market/flows.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { AGE_CLASSES, addProfile, toUsd } from "../../../src/shared/model/model.ts";
import { AMOUNT_RELATIVE_ERROR } from "../../../src/shared/tile/amount-code.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import {
  BLOCKED,
  batch,
  candle,
  closedMinute,
  DAY0,
  historyAnswer,
  noNews,
  openInterest,
  priceAt,
} from "../../support/batches.ts";

const SIDES = ["long", "short"] as const;
const HALF_HOUR = 30 * MINUTE_MS;
const settings: HubSettings = { symbol: "BTC", venues: ["okx", "bybit"], historyMs: 20 * MINUTE_MS, speed: 1 };

interface Played {
  store: MemoryHubStore;
  hub: JournaledHub;
}

function start(): Played {
  const store = new MemoryHubStore();
  return { store, hub: new JournaledHub(store, settings) };
}

/** Minutes `[from, to)` of both exchanges; `leave` leaves some out, and history does not serve them. */
function play({ store, hub }: Played, from: number, to: number, leave = (_: VenueId, __: number) => false): void {
  const send = (sent: ObservationBatch) => hub.ingest(sent, storeSink(store)).reply;
  for (let minute = from; minute < to; minute++) {
    for (const venue of settings.venues) {
      if (leave(venue, minute)) continue;
      const sent = closedMinute(venue, DAY0 + minute * MINUTE_MS);
      const { needs } = send(sent);
      if (needs !== null)
        send(minute === from ? historyAnswer(venue, sent.sentAt, needs) : notServed(venue, sent.sentAt, needs));
    }
  }
}

function notServed(venue: VenueId, sentAt: number, range: TimeRange): ObservationBatch {
  return batch(venue, sentAt, [], { history: { range, missing: [{ ...range, reason: "not served" }] } });
}

/** As fine as what was seen live: then nothing at all may differ. */
function fineHistory(venue: VenueId, sentAt: number, range: TimeRange): ObservationBatch {
  const observations = [];
  for (let at = range.fromMs; at < range.toMs; at += MINUTE_MS) {
    observations.push(candle(venue, at), openInterest(venue, at + MINUTE_MS - 2_000));
  }
  return batch(venue, sentAt, observations, { history: { range, missing: [] } });
}

/** Begins of the half hours that one exchange has rows of, counted from the day's start. */
const halfHours = ({ store }: Played, venue: VenueId) =>
  store.flows(venue, 0, Number.MAX_SAFE_INTEGER).map(({ startMs }) => (startMs - DAY0) / HALF_HOUR);

function rowOf({ store }: Played, venue: VenueId, index: number): FlowRow {
  const at = DAY0 + index * HALF_HOUR;
  const { body } = assertDefined(store.flows(venue, at, at + 1)[0], "a row");
  return assertDefined(decodeFlowRow(at, body), "a row that can be read");
}

function profileUsd({ hub }: Played, venue: VenueId, side: "long" | "short", low: number, count: number): Float64Array {
  const into = new Float64Array(count);
  const { model } = assertDefined(hub.state.venues.get(venue), "the exchange");
  addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, into, low);
  toUsd(into, low);
  return into;
}

describe("half hours", () => {
  test("have a row of each exchange, whose four kinds add up to what changed between the ends", () => {
    const played = start();
    play(played, 0, 60);
    const beforeAll = settings.venues.map((venue) =>
      SIDES.map((side) => profileUsd(played, venue, side, 21_000, 2_000)),
    );
    play(played, 60, 90);
    expect(halfHours(played, "okx")).toEqual([0, 1, 2]);
    expect(halfHours(played, "bybit")).toEqual([0, 1, 2]);
    let changed = 0;
    for (const [v, venue] of settings.venues.entries()) {
      const row = rowOf(played, venue, 2);
      for (const [s, side] of SIDES.entries()) {
        const { low, high, beyond } = row.windows[side];
        expect(beyond).toBe(false);
        const after = profileUsd(played, venue, side, 21_000, 2_000);
        const flows = createFlows(high - low);
        addRow(row, side, flows, low);
        const gross = createFlows(high - low);
        for (const columns of [row.columns.slice(0, 3), row.columns.slice(3)].flat()) {
          addRow({ ...row, columns: [columns] }, side, gross, low);
        }
        for (let i = 0; i < high - low; i++) {
          const at = low + i - 21_000;
          const change = (after[at] ?? 0) - (beforeAll[v]?.[s]?.[at] ?? 0);
          const explained = changeOf(flowsAt(flows, i));
          // each amount is off by 2.2 % at most, and dust is left out
          expect(Math.abs(explained - change)).toBeLessThan(1.05 * AMOUNT_RELATIVE_ERROR * (gross.opened[i] ?? 0) + 50);
          if (Math.abs(change) > 5_000) changed += 1;
        }
      }
    }
    expect(changed).toBeGreaterThan(100);
  });

  test("that begin after a restart in the middle are those of a hub that never stopped", () => {
    const never = start();
    play(never, 0, 75);
    const crashed = start();
    play(crashed, 0, 44);
    crashed.hub.snapshot();
    play(crashed, 44, 50);
    crashed.hub = new JournaledHub(crashed.store, settings);
    play(crashed, 50, 75);
    expect(encodeState(crashed.hub.state)).toEqual(encodeState(never.hub.state));
    expect(rowOf(crashed, "okx", 1)).toEqual(rowOf(never, "okx", 1));
  });

  test.each([
    ["within one half hour", 40, 44, 50],
    ["over the turn of one", 55, 64, 70],
    ["and longer than two", 25, 95, 110],
  ])("in which minutes came late are those of a hub that had them in time: %s", (_, from, to, lateAt) => {
    const isGap = (venue: VenueId, minute: number) => venue === "okx" && minute >= from && minute < to;
    const never = start();
    play(never, 0, 125);
    const played = start();
    play(played, 0, lateAt, isGap);
    played.hub.snapshot();
    played.hub = new JournaledHub(played.store, settings);
    const range = { fromMs: DAY0 + from * MINUTE_MS, toMs: DAY0 + to * MINUTE_MS };
    const late = fineHistory("okx", DAY0 + lateAt * MINUTE_MS + 30_000, range);
    expect(played.hub.ingest(late, storeSink(played.store)).replayed).toBe(true);
    expect(played.hub.state.venues.get("okx")?.gapFlows).toBeNull();
    play(played, lateAt, 125);
    for (const venue of settings.venues) expect(halfHours(played, venue)).toEqual([0, 1, 2, 3]);
    for (const index of [0, 1, 2, 3]) expect(rowOf(played, "okx", index)).toEqual(rowOf(never, "okx", index));
    expect(played.hub.state.venues.get("okx")?.flows).toEqual(never.hub.state.venues.get("okx")?.flows);
  });

  test("with a hole that never fills have one: what was not modelled changed nothing", () => {
    const played = start();
    play(played, 0, 62, (venue, minute) => venue === "okx" && minute >= 40 && minute < 44);
    expect(played.hub.state.venues.get("okx")?.missingMinutes).toBe(4);
    expect(halfHours(played, "okx")).toEqual([0, 1]);
  });

  test("of an exchange that was away are all there once history has served its minutes", () => {
    const played = start();
    play(played, 0, 45);
    const { hub, store } = played;
    hub.ingest(noNews("bybit", DAY0 + 45 * MINUTE_MS + 5_500, BLOCKED), storeSink(store));
    play(played, 45, 70, (venue) => venue === "bybit");
    play(played, 70, 125);
    for (const venue of settings.venues) expect(halfHours(played, venue)).toEqual([0, 1, 2, 3]);
  });

  test("at whose end an exchange's minutes have been missing for long have none of it, nor has the next one", () => {
    const played = start();
    play(played, 0, 50);
    play(played, 50, 70, (venue) => venue === "bybit");
    // the first minute after a pause is answered from history: this one is not
    const back = closedMinute("bybit", DAY0 + 70 * MINUTE_MS);
    const { needs } = played.hub.ingest(back, storeSink(played.store)).reply;
    played.hub.ingest(notServed("bybit", back.sentAt, assertDefined(needs, "a hole")), storeSink(played.store));
    play(played, 70, 125);
    expect(halfHours(played, "okx")).toEqual([0, 1, 2, 3]);
    expect(halfHours(played, "bybit")).toEqual([0, 3]);
  });
});

test("the running minute counts, on a copy: a plunge sweeps at once what the record does not know yet", () => {
  const played = start();
  play(played, 0, 40);
  const openTime = DAY0 + 40 * MINUTE_MS;
  const low = 0.95 * priceAt(openTime);
  const plunge = candle("okx", openTime, {
    open: priceAt(openTime),
    high: priceAt(openTime),
    low,
    close: low,
    closed: false,
  });
  played.hub.ingest(batch("okx", openTime + 20_000, [plunge]), storeSink(played.store));
  const before = encodeState(played.hub.state);
  const live = new LiveView();
  const { state, sequence } = played.hub;
  const flows = assertDefined(live.flows(state, settings, sequence)[0]?.flows, "flows of okx");
  const venue = assertDefined(state.venues.get("okx"), "the exchange");
  const period = assertDefined(venue.flows, "a running half hour").period;
  const sum = (sizes: Iterable<number>) => [...sizes].reduce((a, b) => a + b, 0);
  expect(sum(flows[0].swept)).toBeGreaterThan(2 * sum(period.record.swept[0]) + 1);
  const { model } = assertDefined(live.at(state, settings, sequence)[0], "okx in the map");
  const after = new Float64Array(flows[0].opened.length);
  addProfile(model, { side: "long", tiers: TIERS, ages: AGE_CLASSES }, after, flows[0].first);
  for (const [i, is] of after.entries()) {
    const was = period.before[0][i] ?? 0;
    expect(was + changeOf(flowsAt(flows[0], i)) - is).toBeCloseTo(0, 4);
  }
  expect(encodeState(state)).toEqual(before);
});
