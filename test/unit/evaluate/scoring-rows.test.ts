import { describe, expect, test } from "vitest";
import { volumeMap } from "../../../src/shared/evaluate/naive-maps.ts";
import { scoringRows } from "../../../src/shared/evaluate/scoring-rows.ts";
import { splitTape, testRows, trainRows } from "../../../src/shared/evaluate/split.ts";
import type { Bar } from "../../../src/shared/market/bar.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { hourlyMarket } from "../../support/evaluate-market.ts";

const market = hourlyMarket(60);
const rowsOf = (bars: readonly Bar[]) => scoringRows({ ...market, bars }, DEFAULT_PARAMS)?.rows ?? [];
const rows = rowsOf(market.bars);

describe("scoring rows", () => {
  test("one per side and hour, from the second bar: the first only starts the book", () => {
    expect(rows).toHaveLength(2 * 59);
    expect(rows.slice(0, 3).map(({ side }) => side)).toEqual(["long", "short", "long"]);
    expect(rows[0]).toMatchObject({ hourMs: market.bars[1]!.openTime, observedUsd: market.bars[1]!.observedLongUsd });
    expect(rows[0]!.sweptTierUsd.reduce((a, b) => a + b, 0)).toBeCloseTo(rows[0]!.sweptUsd, 6);
    expect(rows[0]!.ownExcursion).toBeCloseTo(Math.log(market.bars[1]!.open / market.bars[1]!.low), 12);
  });

  test("later bars change no earlier row", () => {
    const altered = market.bars.map((bar, i) => (i < 40 ? bar : { ...bar, volumeBase: 1, openInterestBase: 5 }));
    const others = rowsOf(altered);
    expect(others.slice(0, 2 * 39)).toEqual(rows.slice(0, 2 * 39));
    expect(others[2 * 39 + 1]!.openInterestChange).not.toBe(rows[2 * 39 + 1]!.openInterestChange);
    expect(rowsOf(market.bars.slice(0, 40))).toEqual(rows.slice(0, 2 * 39));
  });

  test("a bar's own liquidations, and all earlier ones, change no prediction", () => {
    const silent = rowsOf(market.bars.map((bar) => ({ ...bar, observedLongUsd: 0, observedShortUsd: 1e9 })));
    const predictions = (of: typeof rows) => of.map(({ observedUsd: _observed, ...rest }) => rest);
    expect(predictions(silent)).toEqual(predictions(rows));
  });

  test("short bars are scored as hours, only where every figure of the hour is known", () => {
    const bars = market.bars.slice(0, 1).flatMap((bar) =>
      Array.from({ length: 4 * 12 }, (_, i) => ({
        ...bar,
        openTime: bar.openTime + i * 5 * MINUTE_MS,
        intervalMs: 5 * MINUTE_MS,
        open: bar.close,
        high: bar.close * 1.001,
        low: bar.close * 0.999,
        observedLongUsd: i === 30 ? null : 10,
        observedShortUsd: 1,
      })),
    );
    const result = scoringRows({ ...market, bars }, DEFAULT_PARAMS);
    // the first hour lacks its first bar, which starts the book; the third lacks a figure
    expect(result?.rows.map((row) => [(row.hourMs - bars[0]!.openTime) / HOUR_MS, row.side, row.observedUsd])).toEqual([
      [1, "long", 120],
      [1, "short", 12],
      [3, "long", 120],
      [3, "short", 12],
    ]);
    expect(result?.unscoredHours).toBe(2);
  });

  test("null without open interest", () => {
    const bars = market.bars.map((bar) => ({ ...bar, openInterestBase: null }));
    expect(scoringRows({ ...market, bars }, DEFAULT_PARAMS)).toBeNull();
  });
});

describe("split", () => {
  test("15 % of the time warms up, the rest is halved", () => {
    const split = splitTape(market.bars)!;
    const hours = (of: typeof rows) => of.length / 2;
    expect(hours(trainRows(rows, split))).toBe(26);
    expect(hours(testRows(rows, split))).toBe(25);
    expect(split.trainStartMs - market.bars[0]!.openTime).toBe(9 * HOUR_MS);
  });
});

describe("volume map", () => {
  const bar = (low: number, high: number): Bar => ({
    ...market.bars[0]!,
    open: 100,
    close: 100,
    low,
    high,
    volumeBase: 10,
  });

  test("a tenth of the volume per level, erased on touch, faded by half", () => {
    const map = volumeMap(1);
    expect(map.step(bar(99.9, 100.1), null)).toEqual({ long: 0, short: 0 });
    expect(map.step(bar(99.5, 100), null).long).toBe(0);
    // the 100x level at 99 of the first hour has halved once, the second hour's is whole: one coin each
    const swept = map.step(bar(98.5, 100), null);
    expect(swept.long).toBeCloseTo(1.5 * 99, 0);
    expect(swept.short).toBe(0);
    // only what was drawn since is left
    expect(map.step(bar(98.5, 100), null).long).toBeCloseTo(99, 0);
  });
});
