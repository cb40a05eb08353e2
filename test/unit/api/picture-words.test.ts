// What a picture says about itself: always there, never cut off.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../../src/shared/time/clock.ts";
import type { PictureSource } from "../../../workers/api/picture/source.ts";
import { timeLabels } from "../../../workers/api/picture/time-axis.ts";
import { footLines, headLines, wrap } from "../../../workers/api/picture/words.ts";

const EXCHANGES = ["binance", "bybit", "okx", "hyperliquid", "bitget", "gate", "dydx", "gmx"] as const;
const AS_OF = Date.UTC(2026, 10, 27, 19, 38);

const SOURCE: PictureSource = {
  symbol: "BTC",
  range: "24h",
  asOf: AS_OF,
  modelVersion: "flt1-default-9110c2ba",
  dataSource: "simulated",
  coverage: {
    ratio: 0.934,
    thin: false,
    exchanges: EXCHANGES.map((id) => ({ id, state: "live", ageMs: 0, openInterestUsd: 1, modelled: id !== "gmx" })),
  },
  filter: {
    exchange: ["binance", "okx"],
    leverage: [50, 100],
    age: "24h",
    side: "long",
    mode: "exposed",
    delta: "4h",
  },
  currency: "USD",
  rate: null,
  exchangesRead: EXCHANGES.length,
  intervalMs: 300_000,
  price: 1,
  columns: [],
  prices: [],
  cells: [],
  candles: [],
  firstBucket: 0,
  bucketsPerLevel: 1,
  live: true,
};

describe("words", () => {
  /** Characters across a picture of 240 to 1,600 pixels. */
  const widths = fc.integer({ min: 38, max: 266 });

  test("no line is longer than the picture is wide, and no word is lost", () => {
    fc.assert(
      fc.property(widths, (columns) => {
        const head = headLines(SOURCE, columns).map((line) => line.map(({ text }) => text).join("   "));
        const foot = footLines(SOURCE, columns);
        for (const text of [...head, ...foot]) expect(text.length).toBeLessThanOrEqual(columns);
        const all = [...head, ...foot].join(" ");
        for (const word of ["simulated", "change over 4h", "longs", "50x+100x", "2026-11-27 19:38 UTC", "93 %"]) {
          expect(all.replace(/\s+/g, " ")).toContain(word);
        }
      }),
    );
  });

  test("wide pictures say it in full, narrow ones in short", () => {
    expect(footLines(SOURCE, 98)).toEqual([
      "As of 2026-11-27 19:38 UTC   coverage 93 % of known open interest   Faultline",
      "binance, bybit, okx, hyperliquid, bitget, gate, dydx   model flt1-default-9110c2ba",
    ]);
    expect(footLines(SOURCE, 38)).toEqual(["2026-11-27 19:38 UTC   coverage 93 %", "7 exchanges   Faultline"]);
  });

  test("another currency and its rate are named", () => {
    const eur: PictureSource = { ...SOURCE, currency: "EUR", rate: { value: 0.89413447, source: "x", timeMs: AS_OF } };
    expect(headLines(eur, 200).flat()[0]?.text).toMatch(/, in EUR$/);
    expect(footLines(eur, 200).join(" ")).toContain("at 0.89413 EUR per USD");
    expect(headLines(SOURCE, 200).flat()[0]?.text).not.toContain("EUR");
  });

  test("exchanges are named unless they are all that is read, and a change of what", () => {
    const titleOf = (filter: Partial<PictureSource["filter"]>) =>
      headLines({ ...SOURCE, filter: { ...SOURCE.filter, ...filter } }, 300).flat()[0]?.text;
    expect(titleOf({})).toBe(
      "BTC estimated liquidation levels 24h, change over 4h, opened within 24h, longs only, binance+okx, 50x+100x",
    );
    const all = { exchange: [...EXCHANGES], leverage: [5, 10, 25, 50, 100], age: "all", side: "both" };
    expect(titleOf({ ...all, delta: null })).toBe("BTC estimated liquidation levels 24h, exposed");
    expect(titleOf({ ...all, mode: "expected" })).toBe(
      "BTC estimated liquidation levels 24h, expected, change over 4h",
    );
  });

  test("that the market is not live stands on the title's line where both fit, else above it", () => {
    const live: PictureSource = { ...SOURCE, dataSource: "live" };
    expect(headLines(SOURCE, 120).map((line) => line.map(({ kind }) => kind))).toEqual([["plain", "warning"]]);
    expect(headLines(SOURCE, 60)[0]).toEqual([{ text: "simulated", kind: "warning", align: "left" }]);
    expect(
      headLines(live, 60)
        .flat()
        .some(({ kind }) => kind === "warning"),
    ).toBe(false);
  });

  test.each([
    [["a b", "c"], 10, ["a b   c"]],
    [["a b", "c"], 5, ["a b", "c"]],
    [["one two three"], 7, ["one two", "three"]],
    [["", "x"], 3, ["", "x"]],
    [["abcdefgh"], 3, ["abc"]],
  ])("%j in %d characters", (phrases, columns, lines) => expect(wrap(phrases, columns)).toEqual(lines));
});

describe("times below the columns", () => {
  test.each([
    [24, 8, ["21:00", "27 Nov", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00"]],
    [24, 2, ["27 Nov", "12:00"]],
    [24 * 30, 5, ["29 Oct", "5 Nov", "12 Nov", "19 Nov", "26 Nov"]],
    [24, 0, []],
  ])("%d hours with room for %d", (hours, count, expected) => {
    const texts = timeLabels(AS_OF - hours * HOUR_MS, AS_OF, count).map(({ text }) => text);
    expect(texts).toEqual(expected);
  });

  test("never more than there is room for, evenly spaced, inside the span", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: HOUR_MS / 4, max: 370 * DAY_MS }),
        fc.integer({ min: 0, max: 30 }),
        (spanMs, count) => {
          const labels = timeLabels(AS_OF - spanMs, AS_OF, count);
          expect(labels.length).toBeLessThanOrEqual(count);
          const steps = new Set(labels.slice(1).map(({ timeMs }, i) => timeMs - (labels[i]?.timeMs ?? 0)));
          expect(steps.size).toBeLessThanOrEqual(1);
          for (const { timeMs, text } of labels) {
            expect(timeMs > AS_OF - spanMs && timeMs < AS_OF).toBe(true);
            expect(text.length).toBeLessThanOrEqual(6);
          }
        },
      ),
    );
  });
});
