import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exp } from "../../../src/shared/num/exp.ts";
import { log } from "../../../src/shared/num/log.ts";
import { normalCdf } from "../../../src/shared/num/normal.ts";
import { createPrng } from "../../../src/shared/num/prng.ts";

const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

describe("exp", () => {
  test.each([
    [0, 1],
    [Number.NEGATIVE_INFINITY, 0],
    [-746, 0],
    [710, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
  ])("exp(%s) is %s", (x, y) => expect(exp(x)).toBe(y));

  test("agrees with the platform to 1e-15 over the normal range", () => {
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709.7, noNaN: true }), (x) => relative(exp(x), Math.exp(x)) < 1e-15),
      { numRuns: 20_000 },
    );
  });

  test("reaches the ends of the double range", () => {
    expect(relative(exp(709.78), Math.exp(709.78))).toBeLessThan(1e-15);
    expect(exp(-744)).toBe(Math.exp(-744));
  });
});

describe("log", () => {
  test.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-1, Number.NaN],
    [Number.NaN, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])("log(%s) is %s", (x, y) => expect(log(x)).toBe(y));

  test("agrees with the platform to 1e-15 from the subnormals to the largest double", () => {
    fc.assert(
      fc.property(
        fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }),
        (x) => relative(log(x), Math.log(x)) < 1e-15,
      ),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => relative(log(x), Math.log(x)) < 1e-15),
      { numRuns: 20_000 },
    );
  });
});

describe("normalCdf", () => {
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145705],
    [1.959963984540054, 0.975],
    [-4, 3.167124183311992e-5],
    [-5, 2.866515718791939e-7],
    [-6, 9.865876450376981e-10],
    [-50, 0],
    [50, 1],
    [Number.POSITIVE_INFINITY, 1],
    [Number.NEGATIVE_INFINITY, 0],
  ])("Φ(%s) is %s", (x, y) => expect(Math.abs(normalCdf(x) - y)).toBeLessThan(1e-12));

  test("is continuous where the method changes", () => {
    for (const x of [-5, 5]) expect(Math.abs(normalCdf(x - 1e-12) - normalCdf(x + 1e-12))).toBeLessThan(1e-15);
  });
});

describe("prng", () => {
  test("the same seed gives the same stream, another seed another", () => {
    const draw = (seed: number) => {
      const chance = createPrng(seed);
      return Array.from({ length: 5 }, () => chance.uniform());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test("uniform and normal have the moments of their laws", () => {
    const chance = createPrng(1);
    const n = 100_000;
    let mean = 0;
    let square = 0;
    let uniform = 0;
    for (let i = 0; i < n; i++) {
      const x = chance.normal();
      mean += x / n;
      square += (x * x) / n;
      uniform += chance.uniform() / n;
    }
    expect(mean).toBeCloseTo(0, 1);
    expect(square).toBeCloseTo(1, 1);
    expect(uniform).toBeCloseTo(0.5, 2);
  });
});
