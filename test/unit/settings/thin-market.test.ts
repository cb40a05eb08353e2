import { expect, test } from "vitest";
import { parseThinLimits, thinMark } from "../../../src/shared/settings/thin-market.ts";

const LARGE = 1e10;

test.each([
  [{}, 34_999_999, LARGE, "open interest is below 35000000 USD"],
  [{}, 35_000_000, 585_000_000, null],
  [{}, null, null, null],
  [{}, LARGE, 584_999_999, "volume of 24 hours is below 585000000 USD"],
  [{}, 1, 1, "open interest is below 35000000 USD; volume of 24 hours is below 585000000 USD"],
  [{ THIN_OPEN_INTEREST_USD: "1000" }, 999, LARGE, "open interest is below 1000 USD"],
  [{ THIN_OPEN_INTEREST_USD: "0" }, 0, null, null],
  [{ THIN_DAILY_VOLUME_USD: "0" }, LARGE, 0, null],
  [{ THIN_DAILY_VOLUME_USD: "20" }, LARGE, 19, "volume of 24 hours is below 20 USD"],
])("%j with %s and %s", (vars, openInterestUsd, volumeUsd, reason) => {
  const mark = thinMark(parseThinLimits(vars), { openInterestUsd, volumeUsd });
  expect(mark).toEqual(reason === null ? { thin: false } : { thin: true, thinReason: reason });
});

test.each(["THIN_OPEN_INTEREST_USD", "THIN_DAILY_VOLUME_USD"])("%s that is no number is refused by name", (name) => {
  expect(() => parseThinLimits({ [name]: "much" })).toThrow(name);
});
