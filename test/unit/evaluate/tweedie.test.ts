import { describe, expect, test } from "vitest";
import { explained, sumDeviance, tweedieDeviance } from "../../../src/shared/evaluate/tweedie.ts";

describe("Tweedie deviance of power 1.5", () => {
  test.each([
    // 2·(−4·√y + 2·y/√μ + 2·√μ) by hand
    [4, 1, 2 * (-8 + 8 + 2)],
    [1, 4, 2 * (-4 + 1 + 4)],
    [0, 9, 12],
    [9, 9, 0],
  ])("y = %s under μ = %s is %s", (observed, mean, deviance) => {
    expect(tweedieDeviance(observed, mean)).toBeCloseTo(deviance, 12);
  });

  test("a common unit leaves the square root of that unit", () => {
    expect(tweedieDeviance(300, 700)).toBeCloseTo(10 * tweedieDeviance(3, 7), 10);
  });

  test("explained: 1 for the observations themselves, 0 for the mean, NaN when nothing varies", () => {
    const observed = [1, 4, 7];
    const none = sumDeviance(observed, [4, 4, 4]);
    expect(explained(sumDeviance(observed, observed), none)).toBeCloseTo(1, 12);
    expect(explained(none, none)).toBe(0);
    expect(explained(0, 0)).toBeNaN();
  });
});
