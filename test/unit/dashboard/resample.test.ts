import { describe, expect, test } from "vitest";
import { paintColumn, rowSpans } from "../../../src/dashboard/grid/resample.ts";
import { SIGNED_ZERO } from "../../../src/shared/display/quantise.ts";

describe("rowSpans", () => {
  test("one pixel per row gives each row once, the highest on top", () => {
    const { low, high } = rowSpans([4, 3, 2, 1, 0], 4);
    expect([...low]).toEqual([3, 2, 1, 0]);
    expect([...high]).toEqual([3, 2, 1, 0]);
  });

  test("rows thinner than pixels are covered without a hole", () => {
    const { low, high } = rowSpans([10, 6.7, 3.3, 0], 10);
    const covered: number[] = [];
    for (let y = 2; y >= 0; y--) for (let row = low[y]!; row <= high[y]!; row++) covered.push(row);
    expect(covered).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("pixels thinner than rows repeat their row", () => {
    const { low, high } = rowSpans([2, 1.5, 1, 0.5, 0], 2);
    expect([...low]).toEqual([1, 1, 0, 0]);
    expect([...high]).toEqual([1, 1, 0, 0]);
  });

  test("pixels outside the map are empty", () => {
    const { low } = rowSpans([8, 6, 4, 2, 0, -2], 4);
    expect([...low]).toEqual([-1, -1, 2, 0, -1]);
  });

  test("a price level on a linear axis lies in the pixel of its price", () => {
    // 100 rows of 1 % each, drawn linearly from 100 to 200 in 50 pixels
    const rowOf = (price: number): number => Math.log(price / 100) / Math.log(1.01);
    const edges = Array.from({ length: 51 }, (_, y) => rowOf(200 - 2 * y));
    const { low, high } = rowSpans(edges, 100);
    const y = Math.floor((200 - 150.5) / 2);
    const row = Math.floor(rowOf(150.5));
    expect(low[y]).toBeLessThanOrEqual(row);
    expect(high[y]).toBeGreaterThanOrEqual(row);
  });
});

describe("paintColumn", () => {
  const lut = Uint32Array.from({ length: 256 }, (_, byte) => byte);

  test("several rows in one pixel keep the strongest", () => {
    const pixels = new Uint32Array(4);
    paintColumn(Uint8Array.of(1, 9, 3, 4), 0, rowSpans([4, 2, 0], 4), lut, false, pixels, 1, 2);
    expect([...pixels]).toEqual([0, 4, 0, 9]);
  });

  test("a change keeps the larger magnitude, falling or rising", () => {
    const pixels = new Uint32Array(1);
    const bytes = Uint8Array.of(SIGNED_ZERO + 10, SIGNED_ZERO - 90, 0);
    paintColumn(bytes, 0, rowSpans([3, 0], 3), lut, true, pixels, 0, 1);
    expect(pixels[0]).toBe(SIGNED_ZERO - 90);
  });
});
