import { expect, test } from "vitest";
import { ratedTag } from "../../workers/api/http/currency.ts";

test("an answer in euros at another rate has another tag, one in USD the state's own", () => {
  const at = (timeMs: number) => ({ currency: "EUR" as const, rate: { value: 0.9, source: "s", timeMs }, factor: 0.9 });
  expect(ratedTag('W/"m-1"', { currency: "USD", rate: null, factor: 1 })).toBe('W/"m-1"');
  expect(ratedTag('W/"m-1"', at(5))).toBe('W/"m-1-5"');
  expect(ratedTag('W/"m-1"', at(6))).not.toBe(ratedTag('W/"m-1"', at(5)));
});
