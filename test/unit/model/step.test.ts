import { describe, expect, test } from "vitest";
import type { Bar } from "../../../src/shared/market/bar.ts";
import { expandBar, minuteBars, modelSteps } from "../../../src/shared/model/expand.ts";
import { createModel, openInterestBase, sideTotals, stepBar } from "../../../src/shared/model/model.ts";
import { DEFAULT_PARAMS, expectedShare, feedParams } from "../../../src/shared/model/params.ts";
import { parseParams } from "../../../src/shared/model/parse-params.ts";
import { minuteMarket } from "../../bench/minute-market.ts";

const bar = (over: Partial<Bar> = {}): Bar => ({
  openTime: 1_750_000_020_000,
  intervalMs: 60_000,
  open: 100,
  high: 101,
  low: 99,
  close: 100.5,
  volumeBase: 10,
  takerBuyBase: 6,
  openInterestBase: 1_000,
  markHigh: null,
  markLow: null,
  fundingRate: null,
  observedLongUsd: null,
  observedShortUsd: null,
  ...over,
});
const model = () => createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
const at = (minute: number, over: Partial<Bar> = {}) => bar({ openTime: 1_750_000_020_000 + minute * 60_000, ...over });

describe("expansion", () => {
  const hour = bar({ intervalMs: 3_600_000, volumeBase: 120, openInterestBase: 1_120, fundingRate: 0.0001 });
  test("bars of up to five minutes are taken as they are", () => {
    const five = bar({ intervalMs: 300_000 });
    expect(modelSteps(five, 1)).toEqual([five]);
    expect(modelSteps(hour, 1_000)).toHaveLength(12);
    expect(minuteBars(hour, 1_000)).toHaveLength(60);
    expect(modelSteps(bar({ intervalMs: 420_000 }), 1)).toHaveLength(2);
  });
  test("parts join without gaps, reach the extremes exactly and walk equal lengths", () => {
    const parts = modelSteps(hour, 1_000);
    expect(parts[0]?.open).toBe(100);
    expect(parts.at(-1)?.close).toBe(100.5);
    expect(Math.max(...parts.map((p) => p.high))).toBe(101);
    expect(Math.min(...parts.map((p) => p.low))).toBe(99);
    for (let i = 1; i < parts.length; i++) {
      expect(parts[i]?.open).toBe(parts[i - 1]?.close);
      expect(parts[i]?.openTime).toBe(parts[i - 1]!.openTime + parts[i - 1]!.intervalMs);
    }
    expect(parts.map((p) => p.openInterestBase)).toEqual(Array.from({ length: 12 }, (_, i) => 1_010 + 10 * i));
    expect(parts.every((p) => p.volumeBase === 10)).toBe(true);
    expect(parts.map((p) => p.fundingRate)).toEqual([...Array(11).fill(null), 0.0001]);
  });
  test("a rising bar goes down first, a falling one up first", () => {
    const rising = expandBar(hour, 12, null);
    const falling = expandBar({ ...hour, open: 100.5, close: 100 }, 12, null);
    const where = (parts: Bar[], price: "high" | "low", value: number) => parts.findIndex((p) => p[price] === value);
    expect(where(rising, "low", 99)).toBeLessThan(where(rising, "high", 101));
    expect(where(falling, "high", 101)).toBeLessThan(where(falling, "low", 99));
  });
  test("a bar that did not move stays where it is; without an earlier open interest only the end has one", () => {
    const flat = expandBar({ ...hour, open: 5, high: 5, low: 5, close: 5 }, 3, null);
    expect(flat.map((p) => [p.open, p.high, p.low, p.close])).toEqual(Array(3).fill([5, 5, 5, 5]));
    expect(flat.map((p) => p.openInterestBase)).toEqual([null, null, 1_120]);
  });
  test("mark extremes go to the parts that hold the bar's own", () => {
    const parts = expandBar({ ...hour, markHigh: 100.8, markLow: 99.4 }, 12, null);
    for (const part of parts) {
      expect(part.markLow).toBe(part.low === 99 ? 99.4 : Math.min(Math.max(part.low, 99.4), 100.8));
      expect(part.markLow!).toBeLessThanOrEqual(part.markHigh!);
    }
    expect(Math.max(...parts.map((p) => p.markHigh!))).toBe(100.8);
  });
});

describe("a step", () => {
  test("nothing is modelled before the first open interest; its bar only creates the book", () => {
    const m = model();
    expect(stepBar(m, at(0, { openInterestBase: null }))).toBeNull();
    expect(openInterestBase(m)).toBeNull();
    expect(stepBar(m, at(1))?.openedBase).toBe(0);
    expect(sideTotals(m, "long")).toEqual({ drawnBase: 0, reservoirBase: 1_000 });
  });

  test("opens by churn, the same on both sides, and sweeps what the price reaches later", () => {
    const m = model();
    stepBar(m, at(0));
    const opened = stepBar(m, at(1, { openInterestBase: 1_002 }));
    expect(opened).toMatchObject({ openedBase: 3, closedBase: 1, sweptLongBase: 0, degraded: false, clipped: false });
    const drawn = sideTotals(m, "long").drawnBase;
    expect(drawn).toBeGreaterThan(1.2);
    const crash = stepBar(m, at(2, { open: 100.5, high: 100.5, low: 60, close: 61 }))!;
    expect(crash.sweptLongBase).toBeGreaterThan(0.8 * drawn);
    // only shorts placed inside the last bar's own range
    expect(crash.sweptShortBase).toBeLessThan(0.1);
    expect(crash.sweptLongUsd).toBeCloseTo(crash.sweptLongBase * 61, 9);
    expect(crash.sweptLongTierUsd.reduce((a, b) => a + b, 0)).toBeCloseTo(crash.sweptLongUsd, 9);
    expect(crash.expectedLongUsd).toBeCloseTo(0.09 * (crash.sweptLongUsd + crash.diffuseLongUsd), 9);
    // 10 were traded in each of two minutes of the hour; price fell from 100 to 99, then to 60, and there from 101, too
    const { diffuseDensity } = DEFAULT_PARAMS;
    const way = 0.5 * (Math.log(100 / 60) + Math.log(101 / 60));
    const before = Math.log(100 / 99);
    expect(crash.diffuseLongUsd).toBeCloseTo(diffuseDensity * (20 * way - 10 * before) * 61, 6);
    const nextHour = stepBar(m, at(60, { open: 61, high: 61, low: 61, close: 61 }))!;
    expect([nextHour.diffuseLongUsd, nextHour.diffuseShortUsd]).toEqual([0, 0]);
    const mean = (crash.sweptLongUsd + crash.sweptShortUsd) / (2 * 3);
    expect(nextHour.expectedLongUsd - 0.09 * nextHour.sweptLongUsd).toBeCloseTo(0.02 * 0.09 * mean, 6);
  });

  test("unknown open interest counts as no change and is degraded; when it returns, volume since then limits it", () => {
    const m = model();
    stepBar(m, at(0));
    expect(stepBar(m, at(1, { openInterestBase: null }))).toMatchObject({ degraded: true, openedBase: 2 });
    expect(openInterestBase(m)).toBe(1_000);
    expect(stepBar(m, at(2, { openInterestBase: 1_018 }))).toMatchObject({ clipped: false, openedBase: 18 });
    expect(stepBar(m, at(3, { openInterestBase: 1_040 }))).toMatchObject({ clipped: true, openedBase: 10.5 });
    expect(openInterestBase(m)).toBe(1_040);
    expect(stepBar(m, at(4, { openInterestBase: 9, volumeBase: null }))).toMatchObject({
      clipped: false,
      degraded: true,
    });
    expect(m.counters).toMatchObject({ bars: 5, degradedBars: 2, clippedBars: 1 });
  });

  test("volume that was unknown while open interest was missing lifts the limit", () => {
    const m = model();
    stepBar(m, at(0));
    stepBar(m, at(1, { openInterestBase: null, volumeBase: null }));
    expect(stepBar(m, at(2, { openInterestBase: 1_500 }))?.clipped).toBe(false);
    expect(stepBar(m, at(3, { openInterestBase: 2_500 }))?.clipped).toBe(true);
  });

  test("takers tilt the leverage of entrants, not their size", () => {
    const [buyers, sellers] = [10, 0].map((takerBuyBase) => {
      const m = model();
      stepBar(m, at(0));
      stepBar(m, at(1, { takerBuyBase }));
      return [sideTotals(m, "long").drawnBase, sideTotals(m, "short").drawnBase] as const;
    }) as [readonly [number, number], readonly [number, number]];
    expect(buyers[0]).toBeGreaterThan(sellers[0]);
    expect(buyers[1]).toBeLessThan(sellers[1]);
  });

  test("a jump past a narrow window still sweeps what it crossed", () => {
    const m = createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
    for (const b of minuteMarket({ seed: 5, bars: 100 })) stepBar(m, b);
    const last = m.book!.lastClose;
    const there = sideTotals(m, "long").drawnBase;
    const crash = bar({ openTime: m.book!.endTime, open: last, high: last, low: last * 0.4, close: last * 0.4 });
    expect(stepBar(m, crash)!.sweptLongBase).toBeGreaterThan(0.95 * there);
  });

  test.each([
    ["a bar of the past", { openTime: 0 }],
    ["no price", { low: Number.NaN }],
    ["a close outside", { close: 200 }],
    ["negative volume", { volumeBase: -1 }],
    ["open interest that is not a number", { openInterestBase: Number.NaN }],
    ["infinite open interest", { openInterestBase: Number.POSITIVE_INFINITY }],
    ["half a mark range", { markHigh: 5 }],
    ["no length", { intervalMs: 0 }],
  ])("%s is a bug of the caller", (_name, over) => {
    const m = model();
    stepBar(m, at(0));
    expect(() => stepBar(m, at(1, over))).toThrow("assertion failed");
  });
});

describe("parameters", () => {
  const error = (json: unknown) => {
    const result = parseParams(json);
    return "error" in result ? result.error : "accepted";
  };
  test("a file with nothing but a name is the defaults under it; equal values have equal versions", () => {
    const file = parseParams({ name: "default" });
    expect(file).toEqual(DEFAULT_PARAMS);
    expect(parseParams(JSON.parse(JSON.stringify(DEFAULT_PARAMS)))).toEqual(DEFAULT_PARAMS);
  });
  test("what a file sets changes the version, and the model", () => {
    const fitted = parseParams({
      name: "fit-1",
      churn: 0.3,
      feeds: { "binance:BTC": { share: 0.1, floorUsdPerMinute: 50, flowWeights: [0.1, 0.1, 0.1, 0.1, 0.1] } },
      provenance: { churn: { source: "data", note: "train half" } },
    });
    if ("error" in fitted) throw new Error(fitted.error);
    expect(fitted.version).toMatch(/^fit-1-[0-9a-f]{8}$/);
    expect(fitted.provenance["churn"]?.note).toBe("train half");
    expect(feedParams(fitted, "binance", "BTC").share).toBe(0.1);
    expect(feedParams(fitted, "binance", "ETH").share).toBe(0.09);
    expect(expectedShare(fitted, "binance")).toBe(0.25);
    const m = createModel({ venue: "binance", symbol: "BTC", params: fitted });
    expect(Array.from(m.tables.weights)).toEqual([0.1, 0.1, 0.1, 0.1, 0.1]);
    stepBar(m, at(0));
    const step = stepBar(m, at(1))!;
    expect(step.expectedLongUsd).toBeCloseTo(0.1 * step.diffuseLongUsd + 50, 9);
  });
  test.each([
    [null, "not a JSON object"],
    [[], "not a JSON object"],
    [{}, "no parameter was set"],
    [{ version: "default-9110c2ba", fit: {} }, "no parameter was set"],
    [{ chrun: 1 }, "parameter chrun is unknown"],
    [{ churn: "0.4" }, 'parameter churn was "0.4", expected a number from 0 to 1'],
    [{ churn: 1.2 }, "parameter churn was 1.2, expected a number from 0 to 1"],
    [{ flowWeights: [1] }, "must be a list of 5 numbers"],
    [{ flowWeights: [0.3, 0.3, 0.3, 0.3, 0.3] }, "summed to 1.5, expected at most 0.98"],
    [{ tierHazards: [1, 1, -1, 1, 1] }, "tierHazards[2] was -1"],
    [{ feeds: { okx: { share: 1, floorUsdPerMinute: null } } }, "must be a list of 5"],
    [{ feeds: { okx: { share: 1, floor: 2 } } }, "feeds.okx.floor is unknown"],
    [{ provenance: { churn: { source: "guess", note: "" } } }, "must have a source"],
    [{ name: "Über" }, "expected up to 32"],
  ])("%j is refused", (json, reason) => expect(error(json)).toContain(reason));
});
