import { expect, test } from "vitest";
import { thinReason } from "../../../workers/api/http/thin-market.ts";

test.each([
  [{}, 34_999_999, "open interest is below 35000000 USD"],
  [{}, 35_000_000, null],
  [{}, null, null],
  [{ THIN_OPEN_INTEREST_USD: "1000" }, 999, "open interest is below 1000 USD"],
  [{ THIN_OPEN_INTEREST_USD: "0" }, 0, null],
])("%j with %s", (vars, openInterestUsd, reason) => {
  expect(thinReason(vars, openInterestUsd)).toBe(reason);
});

test("a limit that is no number is refused by name", () => {
  expect(() => thinReason({ THIN_OPEN_INTEREST_USD: "much" }, 1)).toThrow("THIN_OPEN_INTEREST_USD");
});
