import { describe, expect, test } from "vitest";
import { ALL } from "../../../src/shared/market/filter.ts";
import { formatFilter, parseFilter } from "../../../src/shared/market/filter-key.ts";
import { PRESETS, presetOfModelNumber } from "../../../src/shared/market/preset.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { formatTierWeights, parseTierWeights } from "../../../src/shared/market/tier-weights.ts";
import { DEFAULT_PARAMS, valuesOf, withVersion } from "../../../src/shared/model/params.ts";
import { weightedFilters, weightFactors } from "../../../src/shared/model/reweight.ts";

describe("weights of a reader", () => {
  test.each([
    ["10:0.1,5:.2", { 5: 0.2, 10: 0.1 }],
    [" 100:1 ", { 100: 1 }],
    ["5:0", { 5: 0 }],
  ])("%s is read", (text, weights) => {
    expect(parseTierWeights(text)).toEqual(weights);
  });

  test.each([
    ["", 'holds "", expected tier:weight such as 25:0.06'],
    ["5:0.2,", 'holds "", expected tier:weight such as 25:0.06'],
    ["5:-0.2", 'holds "5:-0.2", expected tier:weight such as 25:0.06'],
    ["5:1e3", 'holds "5:1e3", expected tier:weight such as 25:0.06'],
    ["5:NaN", 'holds "5:NaN", expected tier:weight such as 25:0.06'],
    ["7:0.2", "names tier 7, expected some of 5, 10, 25, 50, 100"],
    ["5:0.2,5:0.1", "names tier 5 twice"],
    ["5:0.9,10:0.2", "add up to 1.1, expected at most 1"],
  ])("%s is refused", (text, error) => {
    expect(parseTierWeights(text)).toEqual({ error });
  });

  test("have one text, and are part of the filter's", () => {
    const filter = { ...ALL, weights: { 50: 0.1, 5: 0.3 } };
    expect(formatTierWeights(filter.weights)).toBe("5:0.3,50:0.1");
    expect(formatFilter(filter)).toBe("weights=5:0.3,50:0.1");
    expect(parseFilter("weights=5:0.3,50:0.1")).toEqual(filter);
    expect(parseFilter("weights=5:-1")).toBeNull();
  });

  test("scale each tier by w'/w; a tier not named stays", () => {
    expect(weightFactors(DEFAULT_PARAMS, "binance", "BTC", { 5: 0.1, 100: 0.06 })).toEqual([0.5, 1, 1, 1, 2]);
    const none = withVersion("none", { ...valuesOf(DEFAULT_PARAMS), flowWeights: [0, 0.1, 0.1, 0, 0] }, {});
    expect(weightFactors(none, "okx", "BTC", { 5: 0.1, 10: 0.2 })).toEqual([0, 2, 1, 1, 1]);
  });

  test("split a map by tier, and by exchange only where the exchanges' own weights differ", () => {
    const filter = { ...ALL, weights: { 10: 0.28 } };
    const parts = weightedFilters(filter, DEFAULT_PARAMS, "BTC", VENUES);
    expect(parts.map(({ filter: part, factor }) => [part.venues, part.tiers, factor])).toEqual(
      [5, 10, 25, 50, 100].map((tier) => [null, [tier], tier === 10 ? 2 : 1]),
    );
    const feeds = {
      ...DEFAULT_PARAMS.feeds,
      okx: { share: 0.1, floorUsdPerMinute: null, flowWeights: [0.1, 0.07, 0.06, 0.04, 0.03] },
    };
    const fitted = withVersion("fitted", { ...valuesOf(DEFAULT_PARAMS), feeds }, {});
    const split = weightedFilters({ ...filter, tiers: [10] }, fitted, "BTC", ["binance", "okx"]);
    expect(split.map(({ filter: part, factor }) => [part.venues, part.tiers, factor])).toEqual([
      [["binance"], [10], 2],
      [["okx"], [10], 4],
    ]);
    expect(weightedFilters(ALL, DEFAULT_PARAMS, "BTC", VENUES)).toEqual([{ filter: ALL, factor: 1 }]);
  });
});

test("the three presets answer for models 1 to 3", () => {
  expect(([1, 2, 3] as const).map(presetOfModelNumber)).toEqual([...PRESETS]);
});
