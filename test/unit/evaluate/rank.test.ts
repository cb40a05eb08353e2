import { describe, expect, test } from "vitest";
import {
  partialCorrelation,
  partialSpearman,
  pearson,
  ranks,
  rootPearson,
  spearman,
} from "../../../src/shared/evaluate/rank.ts";

describe("correlations of ranks", () => {
  test("ties share their mean rank", () => {
    expect([...ranks([10, 20, 10, 5, 20, 20])]).toEqual([2.5, 5, 2.5, 1, 5, 5]);
    expect([...ranks([])]).toEqual([]);
  });

  test("with ties it is the correlation of mean ranks", () => {
    // ranks 1.5 1.5 3 4 and 1 2 3.5 3.5: deviations give 4.5 / √(4.5·4.5)
    expect(spearman([1, 1, 2, 3], [1, 2, 3, 3])).toBeCloseTo(4 / 4.5, 12);
    expect(spearman([1, 2, 3], [10, 100, 1000])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
  });

  test("partial correlation by hand", () => {
    expect(partialCorrelation(0.5, 0.3, 0.4)).toBeCloseTo((0.5 - 0.12) / Math.sqrt(0.91 * 0.84), 12);
    expect(partialCorrelation(0.5, 1, 0.5)).toBeNaN();
    // regressing both on z by hand: residuals of ranks correlate as the formula says
    const [x, y, z] = [
      [1, 2, 3, 4, 5],
      [2, 1, 4, 3, 5],
      [1, 3, 2, 5, 4],
    ];
    const residual = (v: number[]) => v.map((value, i) => value - 3 - pearson(v, z) * (z[i]! - 3));
    expect(partialSpearman(x, y, z)).toBeCloseTo(pearson(residual(x), residual(y)), 12);
  });

  test("what the given column explains whole is gone", () => {
    const z = [1, 2, 3, 4, 5, 6];
    expect(partialSpearman([2, 1, 4, 3, 6, 5], [1, 2, 3, 4, 5, 7], z)).toBeNaN();
  });

  test("root correlation takes square roots first", () => {
    expect(rootPearson([1, 4, 9], [4, 16, 36])).toBeCloseTo(1, 12);
  });
});
