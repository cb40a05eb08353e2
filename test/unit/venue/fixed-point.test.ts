import fc from "fast-check";
import { expect, test } from "vitest";
import { toNumber } from "../../../src/shared/venue/gmx/fixed-point.ts";
import { fixedPoint } from "../../../src/simulator/gmx/fixed-point.ts";

test.each([
  ["135300000000000000000000000000000", 30, 135.3],
  ["615363870277724850000000000", 22, 61_536.387027772485],
  ["67447041600000", 9, 67_447.0416],
  ["-20133947528265847430278800", 30, -0.00002013394752826585],
  ["1", 30, 1e-30],
  ["0", 18, 0],
  ["7", 0, 7],
])("%s with %i decimals is %f", (text, decimals, value) => {
  expect(toNumber(BigInt(text), decimals)).toBe(value);
});

test("what the simulator writes is read back as the same number", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (value) => {
      expect(toNumber(BigInt(fixedPoint(value, 30)), 30)).toBe(value);
      expect(toNumber(BigInt(fixedPoint(-value, 30)), 30)).toBe(-value);
    }),
    { seed: 7 },
  );
});
