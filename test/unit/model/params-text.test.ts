import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { formatModelParams, parseModelParams } from "../../../src/shared/model/params-text.ts";
import { parseParams } from "../../../src/shared/model/parse-params.ts";
import { modelVersion } from "../../../src/shared/model/state.ts";

const file = { name: "mine", churn: 0.5, fit: { venue: "binance", passes: [] } };

test("no variable means the defaults", () => {
  expect(parseModelParams("")).toBe(DEFAULT_PARAMS);
});

test("a file's text gives the same set as the file, and the same object each time", () => {
  const text = formatModelParams(file);
  expect(text).not.toContain("fit");
  const params = parseModelParams(text);
  expect(params).toEqual(parseParams(file));
  expect(modelVersion(params)).toMatch(/^flt2-mine-/);
  expect(parseModelParams(text)).toBe(params);
});

test.each([
  ["{", "variable MODEL_PARAMS is not acceptable, expected the content of a parameter file as JSON"],
  ['{"churn":2}', "the content of a parameter file as JSON: parameter churn was 2, expected a number from 0 to 1"],
  ["{}", "the content of a parameter file as JSON: no parameter was set"],
  ['{"chrun":0.2}', "the content of a parameter file as JSON: parameter chrun is unknown"],
])("%s is refused", (text, reason) => {
  expect(() => parseModelParams(text)).toThrow(reason);
});
