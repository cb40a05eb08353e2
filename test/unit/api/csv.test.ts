import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { csvField, heatmapCsv } from "../../../workers/api/formats/csv.ts";
import type { PictureSource } from "../../../workers/api/picture/source.ts";

describe("a field of a table", () => {
  test.each([
    ["=1+1", `"'=1+1"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["+1", `"'+1"`],
    ["-cmd", `"'-cmd"`],
    ["BTC", "BTC"],
    ['a "quoted", text', '"a ""quoted"", text"'],
    [-12.5, "-12.5"],
    [null, ""],
    [Number.NaN, ""],
  ])("%j is written %s", (value, text) => expect(csvField(value)).toBe(text));

  test("no text begins like a formula once a reader has taken its quotes away", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const unquoted = csvField(text).replace(/^"/, "");
        expect(unquoted).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describe("heatmapCsv", () => {
  const map = (columns: number, levels: number, bucketsPerLevel: number): PictureSource => ({
    asOf: 1_768_092_600_000,
    modelVersion: "flt1",
    dataSource: "live",
    coverage: { ratio: 1, exchanges: [], thin: false },
    symbol: "BTC",
    range: "1y",
    intervalMs: 300_000,
    price: 97_000,
    columns: Array.from({ length: columns }, (_, i) => 1_768_092_600_000 + i * 300_000),
    prices: Array.from({ length: levels }, (_, i) => 96_000.512 + i),
    cells: Array.from({ length: columns * levels }, (_, i) => [Math.floor(i / levels), i % levels, 123_456_789]),
    candles: [],
    firstBucket: 20_000,
    bucketsPerLevel,
    live: true,
    filter: { exchange: [], leverage: [], age: "all", side: "both", mode: "exposed", delta: null },
    currency: "USD",
    rate: null,
  });

  test("holds the longest range with levels of their own height, below 8 MB", () => {
    const text = heatmapCsv(map(366, 201, 3));
    expect(text.split("\r\n")).toHaveLength(366 * 201 + 2);
    expect(text.length).toBeLessThan(8_000_000);
  });

  test.each([
    [366, 400, 3, "0.003"],
    [288, 400, 1, "0.001"],
  ])("refuses %i columns of %i levels with the height that fits", (columns, levels, height, bucket) => {
    const thrown = (() => {
      try {
        return heatmapCsv(map(columns, levels, height));
      } catch (error) {
        return error;
      }
    })() as ApiError;
    expect(thrown).toBeInstanceOf(ApiError);
    expect([thrown.code, thrown.parameter, thrown.accepted]).toEqual(["invalid-parameter", "bucket", [bucket]]);
    const ratio = Number(bucket) / (height * 0.0005);
    expect(() => heatmapCsv(map(columns, Math.ceil(levels / ratio) + 1, height * ratio))).not.toThrow();
  });
});
