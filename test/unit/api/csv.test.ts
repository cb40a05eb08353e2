import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvField } from "../../../workers/api/formats/csv.ts";

describe("a field of a table", () => {
  test.each([
    ["=1+1", `"'=1+1"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["+1", `"'+1"`],
    ["-cmd", `"'-cmd"`],
    ["BTC", "BTC"],
    ['a "quoted", text', '"a ""quoted"", text"'],
    [-12.5, "-12.5"],
    [null, ""],
    [Number.NaN, ""],
  ])("%j is written %s", (value, text) => expect(csvField(value)).toBe(text));

  test("no text begins like a formula once a reader has taken its quotes away", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const unquoted = csvField(text).replace(/^"/, "");
        expect(unquoted).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
