// One exchange goes away and comes back: what that costs the others, and what the hub says about it.
import { beforeEach, describe, expect, test } from "vitest";
import { type Coverage, coverageAt } from "../../../durable-objects/hub/coverage.ts";
import { type HubState, modelledVenues } from "../../../durable-objects/hub/hub-state.ts";
import { JournaledHub } from "../../../durable-objects/hub/journal.ts";
import { LiveView } from "../../../durable-objects/hub/live-view.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { storeSink } from "../../../durable-objects/hub/store-sink.ts";
import type { IngestReply, ObservationBatch, TimeRange } from "../../../src/shared/market/batch.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import type { VenueMinute } from "../../../src/shared/market/minute.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import type { ThinLimits } from "../../../src/shared/settings/thin-market.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import {
  BLOCKED,
  batch,
  candle,
  closedMinute,
  DAY0,
  historyAnswer,
  markPrice,
  noNews,
  openInterest,
} from "../../support/batches.ts";

const VENUES: VenueId[] = ["binance", "bybit", "okx"];
const settings: HubSettings = { symbol: "BTC", venues: VENUES, historyMs: 10 * MINUTE_MS, speed: 1 };
const at = (minute: number) => DAY0 + minute * MINUTE_MS;

let store: MemoryHubStore;
let hub: JournaledHub;
beforeEach(() => {
  store = new MemoryHubStore();
  hub = new JournaledHub(store, settings);
});

const ingest = (sent: ObservationBatch): IngestReply => hub.ingest(sent, storeSink(store)).reply;

/** Some exchanges deliver the minutes from `from` up to `to`; gaps are filled from history when asked. */
function deliver(venues: readonly VenueId[], from: number, to: number, others: (minute: number) => void = () => {}) {
  for (let minute = from; minute < to; minute++) {
    for (const venue of venues) {
      const sent = closedMinute(venue, at(minute));
      const { needs } = ingest(sent);
      if (needs !== null) ingest(historyAnswer(venue, sent.sentAt + 500, needs));
    }
    others(minute);
  }
}

const columns = (intervalMs = MINUTE_MS) =>
  store.openColumns(intervalMs, 0, Number.MAX_SAFE_INTEGER).map((row) => {
    const column = JSON.parse(row.meta) as ClosedColumn;
    return { ...column, minute: (row.startMs - DAY0) / MINUTE_MS, layers: Buffer.from(row.layers).toString("hex") };
  });
const lastColumn = () => columns().at(-1);
const savedMinutes = (venue: VenueId) =>
  store
    .outbox(100_000)
    .flatMap((row) => (row.kind === "minutes" ? (JSON.parse(row.body) as VenueMinute[]) : []))
    .filter((one) => one.venue === venue)
    .map(({ minute }) => [(minute.minuteMs - DAY0) / MINUTE_MS, minute.type === "bar" ? "bar" : minute.reason]);

const exchange = (coverage: Coverage, id: VenueId) => coverage.exchanges.find((one) => one.id === id);
const inMap = (state: HubState) =>
  new LiveView().at(state, settings, hub.sequence).map(({ venue }) => venue.track.venue);
const said = (coverage: Coverage) => coverage.exchanges.filter((one) => one.modelled).map((one) => one.id);

test("a symbol below a limit is marked thin with the reason, whatever exchange is looked at", () => {
  deliver(VENUES, 0, 30);
  const marks = (thin: ThinLimits, dayVolumeUsd: number | null) => {
    const { thin: isThin, thinReason } = coverageAt(hub.state, { ...settings, thin }, hub.state.asOf, dayVolumeUsd);
    return [isThin, thinReason];
  };
  const known = coverageAt(hub.state, settings, hub.state.asOf).exchanges.reduce(
    (a, b) => a + (b.openInterestUsd ?? 0),
    0,
  );
  expect(marks({ openInterestUsd: known, dailyVolumeUsd: 100 }, 100)).toEqual([false, undefined]);
  expect(marks({ openInterestUsd: known + 1, dailyVolumeUsd: 100 }, null)).toEqual([
    true,
    `open interest is below ${known + 1} USD`,
  ]);
  expect(marks({ openInterestUsd: 0, dailyVolumeUsd: 100 }, 99)).toEqual([true, "volume of 24 hours is below 100 USD"]);
});

/** Binance, the largest, is blocked from minute 30 on. */
function outage(minutes: number): void {
  deliver(VENUES, 0, 30);
  deliver(["bybit", "okx"], 30, 30 + minutes, (minute) => ingest(noNews("binance", at(minute + 1) + 6_000, BLOCKED)));
}

describe("an exchange is blocked for twenty minutes", () => {
  test("the columns of the others go on without a minute's delay", () => {
    outage(20);
    expect(lastColumn()?.minute).toBe(49);
    expect(lastColumn()?.venues.map((venue) => venue.id)).toEqual(["bybit", "okx"]);
    expect(lastColumn()?.price).toBe(lastColumn()?.venues[0]?.close);
  });

  test("coverage drops to the share that is left, and says why", () => {
    deliver(VENUES, 0, 30);
    expect(coverageAt(hub.state, settings, hub.state.asOf).ratio).toBe(1);
    outage(20);
    const coverage = coverageAt(hub.state, settings, hub.state.asOf);
    const [gone = 0, ...left] = VENUES.map((id) => exchange(coverage, id)?.openInterestUsd ?? 0);
    expect(coverage.ratio).toBeCloseTo((left[0]! + left[1]!) / (gone + left[0]! + left[1]!), 12);
    expect(coverage.ratio).toBeLessThan(0.6);
    expect(exchange(coverage, "binance")).toMatchObject({ state: "blocked", modelled: false, reason: BLOCKED.reason });
    expect(exchange(coverage, "binance")?.ageMs).toBeGreaterThan(19 * MINUTE_MS);
    const column = lastColumn();
    expect(column?.openInterestUsd).toBeLessThan(0.6 * (column?.knownOpenInterestUsd ?? 0));
  });

  test("at every moment coverage names exactly the exchanges whose positions are in the map", () => {
    deliver(VENUES, 0, 30);
    const sizes: number[] = [];
    deliver(["bybit", "okx"], 30, 50, (minute) => {
      ingest(noNews("binance", at(minute + 1) + 6_000, BLOCKED));
      for (const laterMs of [0, 30_000]) {
        const coverage = coverageAt(hub.state, settings, hub.state.asOf + laterMs);
        expect(said(coverage)).toEqual(inMap(hub.state));
      }
      sizes.push(inMap(hub.state).length);
    });
    // what it holds while it does not answer is not known: it leaves the map at once
    expect(sizes.indexOf(2)).toBe(0);
  });

  test("on its return the missed minutes are fetched, it catches up and is in the map again", () => {
    outage(20);
    const { needs } = ingest(closedMinute("binance", at(50)));
    expect(needs).toEqual({ fromMs: at(30), toMs: at(50) });
    expect(exchange(coverageAt(hub.state, settings, hub.state.asOf), "binance")).toMatchObject({
      state: "degraded",
      reason: "20 minutes of history are being fetched",
    });
    ingest(historyAnswer("binance", at(51) + 8_000, needs as TimeRange));
    deliver(["bybit", "okx"], 50, 51);
    deliver(VENUES, 51, 53);
    expect(lastColumn()?.minute).toBe(52);
    expect(lastColumn()?.venues.map((venue) => venue.id)).toEqual(VENUES);
    const coverage = coverageAt(hub.state, settings, hub.state.asOf);
    expect(coverage).toMatchObject({ ratio: 1 });
    expect(exchange(coverage, "binance")).toMatchObject({ state: "live", modelled: true });
    const own = savedMinutes("binance");
    expect(own.slice(-23)).toEqual(Array.from({ length: 23 }, (_, i) => [30 + i, "bar"]));
  });

  test("columns that were published meanwhile stay as they are, to the byte", () => {
    outage(20);
    const before = columns();
    const before5 = columns(5 * MINUTE_MS);
    const { needs } = ingest(closedMinute("binance", at(50)));
    ingest(historyAnswer("binance", at(51) + 8_000, needs as TimeRange));
    deliver(VENUES, 51, 56);
    expect(columns().slice(0, before.length)).toEqual(before);
    expect(columns(5 * MINUTE_MS).slice(0, before5.length)).toEqual(before5);
    expect(new Set(columns().map((column) => column.startMs)).size).toBe(columns().length);
  });

  test("minutes that the exchange does not serve any more are marked missing with its reason, and counted", () => {
    outage(20);
    ingest(closedMinute("binance", at(50)));
    const range = { fromMs: at(30), toMs: at(50) };
    const reason = "only the last ten minutes are served";
    ingest(historyAnswer("binance", at(51) + 8_000, range, [{ fromMs: at(30), toMs: at(40), reason }]));
    const own = savedMinutes("binance").filter(([minute]) => Number(minute) >= 30);
    expect(own.filter(([, what]) => what === reason).map(([minute]) => minute)).toEqual([
      30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
    ]);
    expect(own.filter(([, what]) => what === "bar")).toHaveLength(11);
    expect(hub.state.venues.get("binance")?.missingMinutes).toBe(10);
  });
});

describe("an exchange that answers, but without candles", () => {
  /** Alive by its status and mark price; its minutes do not come. */
  const alive = (minute: number) =>
    ingest(batch("binance", at(minute + 1) + 6_000, [markPrice("binance", at(minute + 1))]));

  test("costs the others one wait of at most a minute, and none when its history is asked for", () => {
    deliver(VENUES, 0, 30);
    const delays: number[] = [];
    deliver(["bybit", "okx"], 30, 45, (minute) => {
      alive(minute);
      delays.push(minute - (lastColumn()?.minute ?? 0));
    });
    expect(delays).toEqual(Array(15).fill(0));
  });

  test("its history may come as slowly as it likes: the others go on while it catches up", () => {
    outage(20);
    let { needs } = ingest(closedMinute("binance", at(50)));
    const delays: number[] = [];
    deliver(["bybit", "okx"], 50, 62, (minute) => {
      delays.push(minute - (lastColumn()?.minute ?? 0));
      if (needs === null) return;
      // three minutes of history arrive per minute
      const page = { fromMs: needs.fromMs, toMs: Math.min(needs.toMs, needs.fromMs + 3 * MINUTE_MS) };
      needs = ingest(historyAnswer("binance", at(minute + 1) + 20_000, page)).needs;
    });
    expect(Math.max(...delays)).toBeLessThanOrEqual(1);
    expect(hub.state.venues.get("binance")?.consumedTo).toBeGreaterThanOrEqual(at(51));
  });
});

describe("all exchanges fall silent", () => {
  test("nothing closes, and after a while no exchange is said to be in the map", () => {
    deliver(VENUES, 0, 30);
    const before = columns().length;
    const later = hub.state.asOf + 11 * MINUTE_MS;
    const coverage = coverageAt(hub.state, settings, later);
    expect(coverage.exchanges.map((one) => [one.state, one.modelled])).toEqual(VENUES.map(() => ["stale", false]));
    expect(coverage.ratio).toBe(0);
    expect(columns()).toHaveLength(before);
  });
});

test("an exchange is as old as the older of its price and its open interest", () => {
  deliver(VENUES, 0, 3);
  const last = at(3) - 2_000;
  for (let minute = 3; minute < 5; minute++) {
    const now = at(minute + 1) + 5_000;
    ingest(batch("okx", now, [candle("okx", at(minute)), markPrice("okx", now - 1_000)]));
    ingest(batch("bybit", now, [openInterest("bybit", now - 1_000)]));
  }
  const coverage = coverageAt(hub.state, settings, at(5) + 5_000);
  expect(exchange(coverage, "okx")?.ageMs).toBe(at(5) + 5_000 - last);
  expect(exchange(coverage, "bybit")?.ageMs).toBe(at(5) + 5_000 - (at(3) + 4_000));
});

describe("coverage at the start", () => {
  test("before anything is heard every exchange is stale with the reason, and no ratio is claimed", () => {
    const coverage = coverageAt(hub.state, settings, DAY0);
    expect(coverage.ratio).toBeNull();
    expect(coverage.exchanges).toEqual(
      VENUES.map((id) => ({
        id,
        state: "stale",
        ageMs: null,
        openInterestUsd: null,
        modelled: false,
        reason: "nothing heard yet",
      })),
    );
  });

  test("the first minute waits a minute for exchanges that were never heard of, then goes without them", () => {
    const first = closedMinute("okx", at(0));
    ingest(first);
    ingest(historyAnswer("okx", first.sentAt, { fromMs: at(-10), toMs: at(1) }));
    expect(modelledVenues(hub.state, settings, at(1))).toEqual([]);
    ingest(closedMinute("okx", at(1)));
    expect(modelledVenues(hub.state, settings, at(1))).toEqual([]);
    ingest(closedMinute("okx", at(2)));
    expect(modelledVenues(hub.state, settings, at(3)).map((venue) => venue.track.venue)).toEqual(["okx"]);
  });

  test("a degraded exchange keeps its own reason and stays in the map", () => {
    deliver(VENUES, 0, 3);
    const status = { state: "degraded", reason: "open interest every minute only", sinceMs: DAY0 } as const;
    ingest(closedMinute("okx", at(3), { status }));
    const coverage = coverageAt(hub.state, settings, hub.state.asOf);
    expect(exchange(coverage, "okx")).toMatchObject({
      ...{ state: status.state, reason: status.reason },
      modelled: true,
    });
  });
});
