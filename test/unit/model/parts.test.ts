import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TIER_WIDTHS } from "../../../src/shared/model/book.ts";
import { clipDelta, inferFlow, leverageTilt } from "../../../src/shared/model/flow.ts";
import { createKernel, distanceCdf } from "../../../src/shared/model/kernel.ts";
import {
  bucketCentre,
  bucketIndex,
  bucketLow,
  centrePrices,
  latticePosition,
} from "../../../src/shared/model/lattice.ts";
import { DEFAULT_PARAMS, withVersion } from "../../../src/shared/model/params.ts";
import { tablesFor } from "../../../src/shared/model/tables.ts";
import { tables } from "./constructed-book.ts";

describe("lattice", () => {
  test("edges map to themselves and buckets are half-open", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (b) => {
        expect(bucketIndex(bucketLow(b))).toBe(b);
        expect(latticePosition(bucketLow(b))).toBe(b);
        expect(bucketIndex(bucketLow(b) * (1 - 1e-12))).toBe(b - 1);
        expect(bucketIndex(bucketCentre(b))).toBe(b);
      }),
      { numRuns: 2_000 },
    );
  });
  test("a bucket is 0.05 % wide", () => expect(bucketLow(1) / bucketLow(0)).toBeCloseTo(1.000500125, 9));
  test("the price table agrees with the formula wherever it is asked", () => {
    for (const first of [22_000, 22_010, 100, -300]) {
      expect(Array.from(centrePrices(first, 3))).toEqual([0, 1, 2].map((i) => bucketCentre(first + i)));
    }
  });
});

describe("kernel", () => {
  const spread = DEFAULT_PARAMS;
  test("half of a tier's isolated positions lie within its distance", () => {
    expect(distanceCdf(0.04, 0.04, { ...spread, crossShare: 0 })).toBeCloseTo(0.5, 12);
    expect(distanceCdf(0.04 * 1.9, 0.04, { ...spread, crossShare: 1 })).toBeCloseTo(0.5, 12);
    expect(distanceCdf(0, 0.04, spread)).toBe(0);
  });
  test("shares are the differences of the distribution, and never more than 1 in total", () => {
    for (let tier = 0; tier < 5; tier++) {
      for (const side of [0, 1]) {
        const kernel = tables.kernels[side]![tier]!;
        const sum = kernel.shares.reduce((a, b) => a + b, 0);
        expect(sum).toBeLessThanOrEqual(1);
        expect(sum).toBeGreaterThan(tier === 0 ? 0.75 : 0.9);
        expect(Math.min(...kernel.shares)).toBeGreaterThanOrEqual(0);
        const middle = Math.floor(kernel.shares.length / 3);
        const j = kernel.first + middle;
        const d = tables.distances[side]![tier]! * 5e-4;
        const direct = distanceCdf((j + 0.5) * 5e-4, d, spread) - distanceCdf((j - 0.5) * 5e-4, d, spread);
        expect(kernel.shares[middle]).toBe(direct);
      }
    }
  });
  test("a kernel stays inside its window wherever the centre may be", () => {
    for (const side of tables.kernels)
      for (const [tier, kernel] of side.entries())
        expect(kernel.first + kernel.shares.length - 1).toBeLessThanOrEqual(TIER_WIDTHS[tier]! / 2 - 64);
  });
  test("a tier that is not drawn has no kernel", () => expect(createKernel(4, 0, spread).shares.length).toBe(0));
});

describe("flow", () => {
  test.each([
    [0, 100, 20, 20],
    [10, 100, 25, 15],
    [-10, 100, 15, 25],
    [60, 100, 60, 0],
    [-60, 100, 0, 60],
    [-5, null, 0, 5],
    [5, 0, 5, 0],
  ])("D %s, V %s at churn 0.4 opens %s and closes %s", (delta, volume, opened, closed) => {
    expect(inferFlow(delta, volume, 0.4)).toEqual({ openedBase: opened, closedBase: closed });
  });
  test.each([
    [10, 10, 10, false],
    [10.5, 10, 10.5, false],
    [10.6, 10, 10.5, true],
    [-20, 10, -10.5, true],
    [1, 0, 0, true],
    [99, null, 99, false],
  ])("a change of %s on volume %s counts as %s, clipped %s", (delta, volume, deltaBase, clipped) => {
    expect(clipDelta(delta, volume)).toEqual({ deltaBase, clipped });
  });
  test("taker buyers are levered longs; mass stays below the side's entrants", () => {
    const bar = (takerBuyBase: number | null) => ({ volumeBase: 10, takerBuyBase });
    expect(leverageTilt(0, bar(10), 0.3, 0.47)).toBeCloseTo(1.3, 12);
    expect(leverageTilt(1, bar(10), 0.3, 0.47)).toBeCloseTo(0.7, 12);
    expect(leverageTilt(0, bar(null), 0.3, 0.47)).toBe(1);
    expect(leverageTilt(0, { volumeBase: 0, takerBuyBase: 0 }, 0.3, 0.47)).toBe(1);
    expect(leverageTilt(0, bar(10), 1, 0.9)).toBeCloseTo(0.98 / 0.9, 12);
  });
});

test("tables of one market are computed once per parameter set", () => {
  expect(tablesFor(DEFAULT_PARAMS, "binance", "BTC")).toBe(tables);
  const { name, version, provenance, ...values } = DEFAULT_PARAMS;
  const other = withVersion(name, { ...values, churn: 0.5 }, provenance);
  expect(other.version).not.toBe(version);
  expect(tablesFor(other, "binance", "BTC")).not.toBe(tables);
});
