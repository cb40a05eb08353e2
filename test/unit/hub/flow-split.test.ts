import { describe, expect, test } from "vitest";
import { type FlowsQuery, flowColumns } from "../../../durable-objects/hub/flow-columns.ts";
import { EVERYWHERE, missingReason, narrowed } from "../../../durable-objects/hub/flow-reach.ts";
import { addRow, decodeFlowRow, encodeFlowRow } from "../../../durable-objects/hub/flow-row.ts";
import type { LiveFlows } from "../../../durable-objects/hub/live-view.ts";
import { mapSplit, withSplit } from "../../../durable-objects/hub/map-split.ts";
import { MemoryHubStore } from "../../../durable-objects/hub/memory-hub-store.ts";
import type { HubSettings } from "../../../durable-objects/hub/settings.ts";
import { ALL, type MapFilter } from "../../../src/shared/market/filter.ts";
import { createFlows } from "../../../src/shared/market/flows.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { bucketCentre } from "../../../src/shared/model/lattice.ts";
import type { SideFlows } from "../../../src/shared/model/model.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { DAY0 } from "../../support/batches.ts";

const HALF_HOUR = 30 * MINUTE_MS;
const at = (halfHours: number) => DAY0 + halfHours * HALF_HOUR;
const settings: HubSettings = { symbol: "BTC", venues: ["binance", "okx"], historyMs: HALF_HOUR, speed: 1 };
const filter: MapFilter = { ...ALL, delta: "1h" };

/** A side's window of 100 buckets from `first`, in whose middle everything happened. */
function side(
  first: number,
  usd: { opened?: number; closed?: number; swept?: number; moved?: number },
  beyond = false,
) {
  const flows: SideFlows = { first, beyond, ...createFlows(100) };
  const price = bucketCentre(first + 50);
  flows.opened[50] = (usd.opened ?? 0) / price;
  flows.closed[50] = (usd.closed ?? 0) / price;
  flows.swept[50] = (usd.swept ?? 0) / price;
  flows.moved[50] = (usd.moved ?? 0) / price;
  return flows;
}

const LONG = 1_000;
const SHORT = 1_080;
const quiet = (): [SideFlows, SideFlows] => [
  side(LONG, { opened: 64, moved: -16 }),
  side(SHORT, { closed: 32, swept: 8 }),
];

/** Rows of some half hours, counted from the day's start. */
function storeOf(rows: Partial<Record<VenueId, number[]>>, flows = quiet()): MemoryHubStore {
  const store = new MemoryHubStore();
  for (const [venue, halfHours] of Object.entries(rows)) {
    for (const halfHour of halfHours) {
      store.putFlows(at(halfHour), venue as VenueId, encodeFlowRow(at(halfHour), flows));
    }
  }
  return store;
}

const live = (...venues: VenueId[]): LiveFlows[] => venues.map((venue) => ({ venue, flows: quiet() }));
const span = { fromMs: at(4), runningMs: at(6) };

describe("a row", () => {
  test("gives back windows and amounts of both sides, moved with its sign", () => {
    const row = decodeFlowRow(
      at(1),
      encodeFlowRow(at(1), [side(LONG, { moved: -16 }, true), side(SHORT, { moved: 4 })]),
    )!;
    expect(row.windows).toEqual({
      long: { low: LONG, high: LONG + 100, beyond: true },
      short: { low: SHORT, high: SHORT + 100, beyond: false },
    });
    const flows = createFlows(200);
    addRow(row, "long", flows, LONG);
    expect(flows.moved[50]).toBeCloseTo(-16, 6);
    addRow(row, "short", flows, LONG);
    expect(flows.moved[130]).toBeCloseTo(4, 6);
    expect(flows.opened.every((usd) => usd === 0)).toBe(true);
  });

  test("cut off anywhere is none", () => {
    const bytes = encodeFlowRow(at(1), quiet());
    for (let length = 0; length < bytes.length; length += 5)
      expect(decodeFlowRow(0, bytes.subarray(0, length))).toBeNull();
  });
});

describe("the reach", () => {
  test("is open toward the price, and closed where more happened beyond", () => {
    const window = { low: 10, high: 20, beyond: false };
    expect(narrowed(EVERYWHERE, "long", window)).toEqual({ low: 10, high: Number.POSITIVE_INFINITY });
    expect(narrowed(EVERYWHERE, "short", window)).toEqual({ low: Number.NEGATIVE_INFINITY, high: 20 });
    expect(narrowed(EVERYWHERE, "long", { ...window, beyond: true })).toEqual({ low: 10, high: 20 });
    expect(narrowed({ low: 12, high: 15 }, "short", { ...window, beyond: true })).toEqual({ low: 12, high: 15 });
  });

  test("in time is told by what lacks a record", () => {
    const reason = (...missing: [VenueId, number[], boolean?][]) =>
      missingReason(
        missing.map(([venue, halfHours, isNew = true]) => ({ venue, startsMs: halfHours.map(at), isNew })),
        at(4),
        at(8),
        HALF_HOUR,
      );
    expect(reason(["okx", []], ["binance", []])).toBeNull();
    expect(reason(["okx", [4]], ["binance", [4, 5]])).toBe("the split reaches back to 2026-01-01T03:00Z");
    expect(reason(["okx", [4], false])).toContain("okx has no record of the half hour from 2026-01-01T02:00Z");
    const lacks = "has no record of the half hour from 2026-01-01T02:30Z";
    expect(reason(["okx", [4]], ["binance", [5]])).toContain(`binance ${lacks}`);
    expect(reason(["okx", [5, 7]])).toContain(`okx ${lacks}`);
    expect(reason(["okx", [4, 5, 6, 7]])).toContain("okx has no record of the half hour from 2026-01-01T02:00Z");
  });
});

describe("the split of the map", () => {
  test("adds up half hours and the running one, of the chosen exchanges", () => {
    const store = storeOf({ binance: [3, 4, 5], okx: [3, 4, 5] });
    const split = mapSplit(store, settings, filter, span, live("binance", "okx"));
    if ("reason" in split) throw new Error(split.reason);
    const bucket = (first: number) => first + 50 - split.first;
    expect(split.long.opened[bucket(LONG)]).toBeCloseTo(6 * 64, 3);
    expect(split.long.moved[bucket(LONG)]).toBeCloseTo(-6 * 16, 3);
    expect(split.short.closed[bucket(SHORT)]).toBeCloseTo(6 * 32, 3);
    expect(split.short.swept[bucket(SHORT)]).toBeCloseTo(6 * 8, 3);
    const one = mapSplit(store, settings, { ...filter, venues: ["okx"], side: "short" }, span, live("binance", "okx"));
    if ("reason" in one) throw new Error(one.reason);
    expect(one.short.closed[bucket(SHORT)]).toBeCloseTo(3 * 32, 3);
    expect(one.long.opened.every((usd) => usd === 0)).toBe(true);
  });

  test("takes the place of the change wherever it reaches, and only there", () => {
    const split = mapSplit(storeOf({ okx: [4, 5] }), settings, filter, span, live("okx"));
    if ("reason" in split) throw new Error(split.reason);
    const first = LONG - 10;
    const levels = { first, long: new Float64Array(300).fill(7), short: new Float64Array(300).fill(7) };
    const changed = withSplit(levels, split);
    expect(changed.first).toBe(first);
    expect(Array.from(changed.long.subarray(0, 10))).toEqual(Array(10).fill(7));
    expect(changed.long[10]).toBe(0);
    expect(changed.long[60]).toBeCloseTo(3 * 48, 3);
    expect(changed.short[SHORT + 100 - first]).toBe(7);
    expect(changed.short[SHORT + 50 - first]).toBeCloseTo(-3 * 40, 3);
    const nothing = { first: 0, long: new Float64Array(0), short: new Float64Array(0) };
    expect(withSplit(nothing, split).long[50]).toBeCloseTo(3 * 48, 3);
  });

  test.each([
    [
      "an exchange lacks a half hour",
      { binance: [3, 4, 5], okx: [3, 5] },
      live("binance", "okx"),
      /^okx has no record .*02:00Z/,
    ],
    [
      "an exchange lacks a later one",
      { binance: [3, 4, 5], okx: [3, 4] },
      live("binance", "okx"),
      /^okx has no record/,
    ],
    ["an exchange left the map", { binance: [4, 5], okx: [3, 4, 5] }, live("binance"), /^okx has no record .*03:00Z/],
    [
      "an exchange was there before and left",
      { binance: [4, 5], okx: [3] },
      live("binance"),
      /^okx has no record .*02:00Z/,
    ],
    ["an exchange came", { binance: [4, 5] }, live("binance", "okx"), /^okx|reaches back/],
    [
      "the running half hour was replayed",
      { okx: [4, 5] },
      [{ venue: "okx", flows: null }],
      /^okx has no record .*03:00Z/,
    ],
    ["nobody is there", {}, [], /no exchange is in the map/],
  ] as [string, Partial<Record<VenueId, number[]>>, LiveFlows[], RegExp][])(
    "is none when %s, never one of the rest",
    (_, rows, now, reason) => {
      expect(mapSplit(storeOf(rows), settings, filter, span, now)).toEqual({ reason: expect.stringMatching(reason) });
    },
  );

  test("ends where an exchange's price jumped beyond its window", () => {
    const jumped: LiveFlows = { venue: "okx", flows: [side(LONG, { opened: 64 }, true), side(SHORT, {}, false)] };
    const split = mapSplit(storeOf({ okx: [4, 5] }), settings, filter, span, [jumped]);
    expect(split).toMatchObject({
      reach: {
        long: { low: LONG, high: LONG + 100 },
        short: { low: Number.NEGATIVE_INFINITY, high: SHORT + 100 },
      },
    });
  });
});

describe("the split of columns", () => {
  const axis = { firstBucket: LONG, bucketsPerLevel: 10, levels: 18 };
  const columnsOf = (store: MemoryHubStore, of: HubSettings, asked: FlowsQuery) => flowColumns(store, of, asked, DAY0);
  const query = (ends: number[], venues: VenueId[] = ["binance", "okx"]): FlowsQuery => ({
    ...{ filter, deltaMs: 2 * HALF_HOUR, axis },
    columns: ends.map((end) => ({ endMs: at(end), venues })),
  });

  test("sums each column's own half hours, both sides on the levels asked for", () => {
    const { columns, reason } = columnsOf(
      storeOf({ binance: [3, 4, 5, 6], okx: [3, 4, 5, 6] }),
      settings,
      query([5, 6, 7]),
    );
    expect(reason).toBeNull();
    expect(columns.map(({ endMs }) => endMs)).toEqual([5, 6, 7].map(at));
    for (const { reach, flows } of columns) {
      expect(reach).toEqual({ low: LONG, high: SHORT + 100 });
      expect(flows.opened[5]).toBeCloseTo(4 * 64, 3);
      expect(flows.moved[5]).toBeCloseTo(-4 * 16, 3);
      expect(flows.closed[13]).toBeCloseTo(4 * 32, 3);
      expect(flows.swept[13]).toBeCloseTo(4 * 8, 3);
      expect(flows.opened.filter((usd) => usd !== 0)).toHaveLength(1);
    }
  });

  test("leaves out those of which a half hour is missing, with the newest one's reason", () => {
    const store = storeOf({ binance: [0, 1, 2, 3, 4, 5, 6], okx: [0, 1, 2, 3, 5, 6] });
    const { columns, reason } = columnsOf(store, settings, query([2, 3, 4, 5, 6, 7]));
    expect(columns.map(({ endMs }) => endMs)).toEqual([2, 3, 4, 7].map(at));
    expect(reason).toMatch(/^okx has no record of the half hour from 2026-01-01T02:00Z/);
    expect(
      columnsOf(store, settings, { ...query([5]), filter: { ...filter, venues: ["binance"] } }).columns,
    ).toHaveLength(1);
  });

  test("reaches back as far as rows are kept, however old the columns asked for", () => {
    const store = storeOf({ binance: [0, 1, 2, 3, 4, 5] });
    const asked = query([2, 3, 4, 5, 6], ["binance"]);
    const { columns, reason } = flowColumns(store, settings, asked, at(2) + 1);
    expect(columns.map(({ endMs }) => endMs)).toEqual([5, 6].map(at));
    expect(reason).toBe("the split reaches back to 2026-01-01T01:30Z");
    expect(flowColumns(store, settings, asked, at(9))).toMatchObject({ columns: [], reason: expect.any(String) });
  });

  test("is none where an exchange is in the map that has no record, and asks nothing of one that never was", () => {
    const store = storeOf({ binance: [3, 4] });
    expect(columnsOf(store, settings, query([5])).reason).toMatch(/^okx has no record/);
    expect(columnsOf(store, settings, query([5], ["binance"])).columns).toHaveLength(1);
    expect(columnsOf(store, settings, query([]))).toEqual({ columns: [], reason: null });
  });
});
