import { describe, expect, test } from "vitest";
import { deciles } from "../../../src/shared/evaluate/calibration.ts";
import type { PredictorName } from "../../../src/shared/evaluate/predictors.ts";
import {
  bootstrap,
  gain,
  overObserved,
  rankOfExpected,
  type Scored,
  skill,
  withoutMostInfluential,
} from "../../../src/shared/evaluate/scored.ts";
import { createPrng } from "../../../src/shared/num/prng.ts";
import { quantile } from "../../../src/shared/num/quantile.ts";
import { DAY_MS, HOUR_MS } from "../../../src/shared/time/clock.ts";

function row(fields: Partial<Scored> & { mean?: number; path?: number; model?: number }): Scored {
  const { mean = 4, path = 2, model = 1, ...rest } = fields;
  const deviance = { mean, path, "path+model": model } as Record<PredictorName, number>;
  return {
    hourMs: 0,
    dayMs: 0,
    side: "long",
    market: "a",
    observed: 1,
    expected: 1,
    expectedByDeviance: 1,
    expectedByParams: 1,
    distance: 0.01,
    deviance,
    ...rest,
  };
}

describe("skills", () => {
  const rows = [row({}), row({ mean: 6, path: 3, model: 4 })];

  test("D² and differences of it by hand", () => {
    expect(skill("path")(rows)).toBeCloseTo(1 - 5 / 10, 12);
    expect(gain("path+model", "path")(rows)).toBeCloseTo((5 - 5) / 10, 12);
  });

  test("the most influential row is the one whose absence changes the difference most", () => {
    const freak = row({ mean: 2, path: 1, model: 9, hourMs: 7 });
    const found = withoutMostInfluential([...rows, freak], "path+model", "path");
    expect(found?.dropped).toBe(freak);
    expect(found?.rows).toEqual(rows);
    // (6 − 14) / 12 with it, (5 − 5) / 10 without
    expect(found?.shift).toBeCloseTo(-8 / 12, 12);
  });

  test("without deviances there is no influence", () => {
    expect(withoutMostInfluential([row({ deviance: null })], "path+model", "path")).toBeNull();
  });
});

describe("calibration", () => {
  test("by decile of expected, and overall", () => {
    const rows = Array.from({ length: 40 }, (_, i) => row({ expected: 40 - i, observed: 2 * (40 - i) }));
    const groups = deciles(rows);
    expect(groups.map((group) => group.rows)).toEqual(Array.from({ length: 10 }, () => 4));
    expect(groups[0]).toEqual({ decile: 1, rows: 4, expected: 2.5, observed: 5, ratio: 0.5 });
    expect(overObserved("expected")(rows)).toBeCloseTo(0.5, 12);
    expect(deciles([row({ observed: 0 })])[0]?.ratio).toBeNaN();
  });
});

describe("bootstrap over days", () => {
  const random = createPrng(3);
  const rows = Array.from({ length: 20 * 24 }, (_, hour) => {
    const expected = random.uniform();
    const dayMs = Math.floor(hour / 24) * DAY_MS;
    return row({ hourMs: hour * HOUR_MS, dayMs, expected, observed: expected + 0.3 * random.normal() });
  });
  const figures = { rank: rankOfExpected, ratio: overObserved("expected") };

  test("the same seed gives the same interval, another seed another", () => {
    const once = bootstrap(rows, figures, { draws: 100, seed: 1 });
    expect(bootstrap(rows, figures, { draws: 100, seed: 1 })).toEqual(once);
    expect(bootstrap(rows, figures, { draws: 100, seed: 2 })).not.toEqual(once);
    expect(once.rank.low).toBeLessThan(once.rank.value);
    expect(once.rank.high).toBeGreaterThan(once.rank.value);
  });

  test("days are drawn whole: one figure per day has the spread of days", () => {
    const daily = rows.map((one) => ({ ...one, expected: one.dayMs / DAY_MS, observed: 1 }));
    const { ratio } = bootstrap(daily, figures, { draws: 400, seed: 1 });
    // days 0..19: mean 9.5, standard error √(33.25 / 20) = 1.29
    expect(ratio.value).toBeCloseTo(9.5, 12);
    expect(ratio.high - ratio.low).toBeGreaterThan(2 * 1.645 * 1.29 * 0.8);
    expect(ratio.high - ratio.low).toBeLessThan(2 * 1.645 * 1.29 * 1.2);
  });

  test("under five days there is no interval", () => {
    const { rank } = bootstrap(rows.slice(0, 4 * 24), figures, { draws: 100, seed: 1 });
    expect(rank.value).toBeGreaterThan(0);
    expect(rank.low).toBeNaN();
  });

  test("quantiles lie on straight lines between values", () => {
    expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2);
    expect(quantile([1, 2], 0.05)).toBeCloseTo(1.05, 12);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
