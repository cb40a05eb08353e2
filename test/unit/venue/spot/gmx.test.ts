// What GMX's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { needsShared } from "../../../support/shared.ts";
import { known, nth, recordingReader } from "../support.ts";

const parse = recordingReader("gmx");

describe("GMX", needsShared(), () => {
  test("67,447 SOL long and 59,152 short; BTC at 61,536.39 with eight decimals", () => {
    const interest = nth(parse("tickers-constructed"), "openInterest");
    expect(interest).toMatchObject({ openInterestBase: 67_447.0416, shortOpenInterestBase: 59_151.5891 });
    expect(interest.openInterestBase * 135.3).toBeCloseTo(interest.openInterestUsd ?? 0, 0);
    const prices = parse("mark-price-recorded-2026", { instruments: known("gmx", "BTC", "ETH") });
    expect(prices.rejects).toEqual([]);
    const btc = prices.observations.find(({ symbol }) => symbol === "BTC");
    expect(btc).toMatchObject({ kind: "markPrice", exchangeTime: 1_783_345_314_888 });
    expect(nth(prices, "markPrice", prices.observations.indexOf(btc as never)).markPrice).toBeCloseTo(61_536.39, 0);
  });

  test("every market of the recorded list is counted in a known unit", () => {
    const listed = parse("instruments-recorded-2026");
    expect(listed.rejects).toEqual([]);
    expect(listed.instruments.find(({ symbol }) => symbol === "DOT")).toMatchObject({ baseUnitsPerContract: 1e-10 });
    expect(parse("tokens-recorded-2026").rejects).toEqual([]);
  });

  test.each([
    [
      "klines-constructed",
      "candle",
      2,
      { symbol: "ETH", openTime: 1_783_345_200_000, close: 1_739.495, volumeBase: null },
    ],
    ["open-interest-constructed", "openInterestValue", 0, { symbol: "ETH", longUsd: 100_000, shortUsd: 80_000 }],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });
});
