import { describe, expect, test } from "vitest";
import { AMOUNT_USD, PRICE, RATE, readNumber, SIZE, TIME_MS } from "../../../src/shared/venue/num.ts";

describe("readNumber", () => {
  test.each([
    ["0.5", 0.5],
    [0.5, 0.5],
    ["3133489.89000001505", 3_133_489.890000015],
    ["1e-7", 1e-7],
    ["00012.50", 12.5],
  ])("accepts %j", (value, expected) => {
    expect(readNumber(value, PRICE)).toEqual({ value: expected });
  });

  test.each([
    "",
    null,
    undefined,
    "NaN",
    "Infinity",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "0x10",
    " 1",
    "1 ",
    "1,5",
    "+1",
  ])("refuses %j", (value) => {
    expect(readNumber(value, SIZE)).toHaveProperty("reason");
  });

  test.each([[true], [[1]], [{ value: 1 }], [["5"]], [10n], ["-0x1"], ["1_000"]])("refuses %o", (value) => {
    expect(readNumber(value, SIZE)).toHaveProperty("reason");
  });

  test("refuses negatives where none can be and allows them in rates", () => {
    expect(readNumber("-1", SIZE)).toEqual({ reason: "was -1, expected at least 0" });
    expect(readNumber("-0.0001", RATE)).toEqual({ value: -0.0001 });
    expect(readNumber("-0", SIZE)).toEqual({ value: 0 });
  });

  test("refuses absurd magnitudes", () => {
    expect(readNumber("1e10", PRICE)).toHaveProperty("reason");
    expect(readNumber("0", PRICE)).toHaveProperty("reason");
    expect(readNumber(9.3e18, AMOUNT_USD)).toHaveProperty("reason");
    expect(readNumber("1.5", RATE)).toHaveProperty("reason");
    expect(readNumber(`1${"0".repeat(400)}`, SIZE)).toHaveProperty("reason");
  });

  test("takes times in ms only, whole", () => {
    expect(readNumber("1790000000000", TIME_MS)).toEqual({ value: 1_790_000_000_000 });
    expect(readNumber(1_790_000_000, TIME_MS)).toHaveProperty("reason");
    expect(readNumber(1_790_000_000_000_000, TIME_MS)).toHaveProperty("reason");
    expect(readNumber("1790000000000.5", TIME_MS)).toHaveProperty("reason");
  });
});
