import { describe, expect, test } from "vitest";
import { fitFeeds, unfittable } from "../../../src/shared/evaluate/fit-feeds.ts";
import { paramsFile } from "../../../src/shared/evaluate/params-file.ts";
import { scoringRows } from "../../../src/shared/evaluate/scoring-rows.ts";
import { splitTape, trainRows } from "../../../src/shared/evaluate/split.ts";
import { DEFAULT_PARAMS, feedParams } from "../../../src/shared/model/params.ts";
import { parseParams } from "../../../src/shared/model/parse-params.ts";
import { hourlyMarket } from "../../support/evaluate-market.ts";

const markets = [
  { ...hourlyMarket(260, 1), symbol: "BTC" },
  { ...hourlyMarket(260, 2), symbol: "ETH" },
];
const { params, fit } = fitFeeds("binance", markets, DEFAULT_PARAMS);

describe("fitting feeds", () => {
  test("improves the train deviance of what the model expects", () => {
    const total = (key: "devianceBefore" | "devianceAfter") => fit.symbols.reduce((sum, one) => sum + one[key], 0);
    expect(total("devianceAfter")).toBeLessThan(total("devianceBefore"));
    const taken = Math.min(...fit.passes.map(({ deviance }) => deviance));
    expect(fit.passes.find(({ deviance }) => deviance === taken)?.weights).toEqual(fit.weightsAfter);
  });

  test("expected and observed add up to the same in the train half", () => {
    for (const market of markets) {
      const rows = trainRows(scoringRows(market, params)!.rows, splitTape(market.bars)!);
      const sum = (key: "expectedUsd" | "observedUsd") => rows.reduce((total, row) => total + row[key], 0);
      expect(sum("expectedUsd") / sum("observedUsd")).toBeCloseTo(1, 6);
    }
  });

  test("weights keep their sum and stay positive; other exchanges keep theirs", () => {
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(fit.weightsAfter)).toBeCloseTo(sum(DEFAULT_PARAMS.flowWeights), 12);
    expect(Math.min(...fit.weightsAfter)).toBeGreaterThan(0);
    expect(feedParams(params, "okx", "BTC")).toEqual(feedParams(DEFAULT_PARAMS, "okx", "BTC"));
    expect(feedParams(params, "binance", "SOL").flowWeights).toEqual(fit.weightsAfter);
    expect(params.flowWeights).toEqual(DEFAULT_PARAMS.flowWeights);
  });

  test("nothing of the test half is read", () => {
    const altered = markets.map((market) => {
      const { testStartMs } = splitTape(market.bars)!;
      const bars = market.bars.map((bar) =>
        bar.openTime < testStartMs ? bar : { ...bar, volumeBase: 7, observedLongUsd: 1e12, close: bar.low },
      );
      return { ...market, bars };
    });
    expect(fitFeeds("binance", altered, DEFAULT_PARAMS).params.version).toBe(params.version);
  });

  test("the file comes back as the same parameters, with where they come from", () => {
    const tapes = markets.map(({ name, venue, symbol }) => ({ name, venue, symbol, hash: "0a1b2c3d" }));
    const file = paramsFile(params, [fit], tapes, Date.UTC(2025, 5, 1));
    const back = parseParams(JSON.parse(JSON.stringify(file)));
    expect(back).toMatchObject({ version: params.version, feeds: params.feeds });
    expect(back).toMatchObject({ provenance: { "feeds.binance:BTC": { source: "data" } } });
    const note = (back as typeof params).provenance["feeds.binance:ETH"]?.note;
    expect(note).toMatch(
      /^fitted 2025-06-01 on hourly-2 \(0a1b2c3d\), 2025-03-04 to 2025-03-09, \d+ rows; train deviance/,
    );
  });
});

describe("what cannot be fitted", () => {
  const [market] = markets;
  const changed = (change: object) => ({ ...market!, bars: market!.bars.map((bar) => ({ ...bar, ...change })) });

  test.each([
    [changed({ openInterestBase: null }), "has no open interest"],
    [changed({ observedLongUsd: null }), "has no observed liquidations in its train half"],
    [changed({ observedLongUsd: 0, observedShortUsd: 0 }), "observed not one liquidation in its train half"],
    [hourlyMarket(60), "has 26 train hours with liquidations, expected at least 100"],
    [hourlyMarket(260), null],
  ])("says why", (given, reason) => {
    expect(unfittable(given)).toBe(reason);
  });
});
