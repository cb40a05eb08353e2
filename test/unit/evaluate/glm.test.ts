import { describe, expect, test } from "vitest";
import { fitGlm, predictGlm } from "../../../src/shared/evaluate/glm.ts";
import { solvePositive } from "../../../src/shared/evaluate/linear-solve.ts";
import { applyScale, fitScale } from "../../../src/shared/evaluate/scale.ts";
import { sumDeviance } from "../../../src/shared/evaluate/tweedie.ts";
import { createPrng } from "../../../src/shared/num/prng.ts";

describe("solving", () => {
  test("a positive definite system by hand; null for another", () => {
    const x = solvePositive(
      [
        [4, 2],
        [2, 3],
      ],
      [10, 9],
    );
    expect(x?.map((value) => Math.round(value * 1e12) / 1e12)).toEqual([1.5, 2]);
    expect(
      solvePositive(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 1],
      ),
    ).toBeNull();
  });
});

describe("log-link Tweedie regression", () => {
  const random = createPrng(5);
  const rows = Array.from({ length: 4000 }, () => [3 + 2 * random.normal(), random.normal(), 7]);

  test("recovers known coefficients without noise, but for the ridge", () => {
    const observed = rows.map(([a, b]) => Math.exp(1 + 0.4 * a! - 0.7 * b!));
    const glm = fitGlm(rows, observed);
    expect(glm.coefficients[0]! / glm.spreads[0]!).toBeCloseTo(0.4, 2);
    expect(glm.coefficients[1]! / glm.spreads[1]!).toBeCloseTo(-0.7, 2);
  });

  test("recovers them with zeros and heavy noise", () => {
    const observed = rows.map(([a, b]) =>
      random.uniform() < 0.3 ? 0 : (Math.exp(1 + 0.4 * a! - 0.7 * b!) * -Math.log(random.uniform())) / 0.7,
    );
    const glm = fitGlm(rows, observed);
    expect(glm.coefficients[0]! / glm.spreads[0]!).toBeCloseTo(0.4, 1);
    expect(glm.coefficients[1]! / glm.spreads[1]!).toBeCloseTo(-0.7, 1);
    const nothing = sumDeviance(
      observed,
      observed.map(() => glm.unit),
    );
    expect(sumDeviance(observed, predictGlm(glm, rows))).toBeLessThan(nothing);
  });

  test("a covariate that does not vary changes nothing", () => {
    const observed = rows.map(([a]) => Math.exp(0.1 * a!));
    expect(fitGlm(rows, observed).coefficients[2]).toBeCloseTo(0, 12);
    const without = predictGlm(
      fitGlm(
        rows.map((row) => row.slice(0, 2)),
        observed,
      ),
      [[2, 1]],
    );
    expect(predictGlm(fitGlm(rows, observed), [[2, 1, 99]])[0]).toBeCloseTo(without[0]!, 8);
  });
});

describe("scale of a map", () => {
  test("finds the factor between map and feed", () => {
    const map = [0, 100, 200, 0, 50, 400];
    const observed = map.map((s) => 0.25 * s + 0.02 * 31.25);
    // the floor is 2 % of the mean observation, a little more than what was added
    expect(fitScale(map, observed).scale).toBeCloseTo(0.25, 2);
  });

  test("no other factor has less deviance", () => {
    const random = createPrng(9);
    const map = Array.from({ length: 300 }, () => 1000 * random.uniform());
    const observed = map.map((s) => (random.uniform() < 0.2 ? 0 : s * random.uniform()));
    const fit = fitScale(map, observed);
    const least = sumDeviance(observed, applyScale(fit, map));
    for (const factor of [0.9, 0.99, 1.01, 1.1]) {
      const other = applyScale({ ...fit, scale: fit.scale * factor }, map);
      expect(sumDeviance(observed, other)).toBeGreaterThan(least);
    }
  });

  test("an empty map keeps its floor", () => {
    expect(fitScale([0, 0], [3, 5])).toEqual({ scale: 0, floor: 0.08 });
  });
});
