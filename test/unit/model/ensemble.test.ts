import fc from "fast-check";
import { expect, test } from "vitest";
import { bandOf, PRIOR_DRAWS, priorDraws } from "../../../src/shared/model/ensemble.ts";
import { quantile } from "../../../src/shared/num/quantile.ts";

const LEVELS = 60;
const profiles = fc.array(
  fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: LEVELS, maxLength: LEVELS }),
  { minLength: 5, maxLength: 5 },
);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

test("quantiles lie between neighbours", () => {
  expect(quantile([1, 2, 3, 4, 5], 0.5)).toBe(3);
  expect(quantile([1, 2, 3, 4, 5], 0.1)).toBeCloseTo(1.4, 12);
  expect(quantile([], 0.5)).toBeNaN();
});

test("the draws are the same every time, centred on the map itself", () => {
  expect(priorDraws(1, 41)).toEqual(PRIOR_DRAWS);
  expect(PRIOR_DRAWS[0]).toEqual({ tiers: [1, 1, 1, 1, 1], stretch: 1, share: 1 });
  expect(priorDraws(2, 41)).not.toEqual(PRIOR_DRAWS);
  const many = priorDraws(3, 2_001).map(({ stretch }) => Math.log(stretch));
  expect(Math.abs(sum(many) / many.length)).toBeLessThan(0.01);
});

test("any map: quantiles are ordered, finite and never negative; an empty map has an empty band", () => {
  fc.assert(
    fc.property(profiles, fc.double({ min: 0, max: LEVELS, noNaN: true }), (tiers, here) => {
      const { p10, p50, p90 } = bandOf(
        tiers.map((tier) => Float64Array.from(tier)),
        here,
        "exposed",
      );
      for (let i = 0; i < LEVELS; i++) {
        expect(p10[i]!).toBeGreaterThanOrEqual(0);
        expect(p50[i]!).toBeGreaterThanOrEqual(p10[i]!);
        expect(p90[i]!).toBeGreaterThanOrEqual(p50[i]!);
        expect(Number.isFinite(p90[i])).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
  const none = bandOf(
    Array.from({ length: 5 }, () => new Float64Array(LEVELS)),
    30,
    "expected",
  );
  expect([sum(none.p10), sum(none.p90)]).toEqual([0, 0]);
});

test("a wide flat map: the band holds the map; expected is less certain than exposed", () => {
  const flat = Array.from({ length: 5 }, () => new Float64Array(LEVELS).fill(100));
  const exposed = bandOf(flat, 30, "exposed");
  const expected = bandOf(flat, 30, "expected");
  for (let i = 20; i < 40; i++) {
    expect(exposed.p10[i]!).toBeLessThan(500);
    expect(exposed.p90[i]!).toBeGreaterThan(500);
  }
  expect(sum(expected.p90) - sum(expected.p10)).toBeGreaterThan(sum(exposed.p90) - sum(exposed.p10));
});

test("an isolated peak far from price spreads over its neighbours, one at price stays", () => {
  const tiers = Array.from({ length: 5 }, () => new Float64Array(LEVELS));
  tiers[0]![50] = 100;
  const far = bandOf(tiers, 10, "exposed");
  expect([47, 48, 49, 51, 52].some((level) => far.p90[level]! > 0)).toBe(true);
  expect(far.p10[50]!).toBe(0);
  tiers[0]![50] = 0;
  tiers[0]![10] = 100;
  const near = bandOf(tiers, 10.5, "exposed");
  expect(near.p10[10]!).toBeGreaterThan(20);
  expect(near.p90[12]!).toBe(0);
});
