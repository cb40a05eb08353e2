// What Bybit's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { adapterOf } from "../../../../src/shared/venue/registry.ts";
import { needsShared } from "../../../support/shared.ts";
import { contextOf, errorBody, nth, recordingReader } from "../support.ts";

const parse = recordingReader("bybit");

describe("Bybit", needsShared(), () => {
  test("S is the side of the position; the retired topic names the order's", () => {
    const pippin = nth(parse("liquidation-stream-recorded-2025"), "liquidation");
    expect(pippin).toMatchObject({ symbol: "PIPPIN", side: "short", price: 0.02456, priceKind: "bankruptcy" });
    expect(pippin.sizeBase).toBe(2_846);
    const retired = nth(parse("liquidation-stream-old-topic-recorded-2023"), "liquidation");
    expect(retired).toMatchObject({ symbol: "GALA", side: "short", price: 0.03803, sizeBase: 1_637 });
  });

  test("the single figure where it exists, else half of both", () => {
    const now = nth(parse("tickers-linear-constructed-2026"), "openInterest");
    expect(now).toMatchObject({ openInterestBase: 26_332.321, openInterestUsd: 2_000_887_743.51 });
    expect(nth(parse("tickers-recorded-2022"), "openInterest").openInterestBase).toBe(48_069.549 / 2);
    const history = parse("open-interest-history-linear-constructed");
    const bases = history.observations.map((one) => (one.kind === "openInterest" ? one.openInterestBase : null));
    expect(bases).toEqual([26_315.44, 26_325.552, 26_332.321]);
  });

  test("coin-margined sizes are USD: coins where the venue states them, else a value in USD and no coins", () => {
    // 2,089.79 BTC and 240,113,967 USD on both sides: at 114,898.43 the one is the other
    const now = nth(parse("tickers-doc-example-2025"), "openInterest");
    expect(now).toMatchObject({ symbol: "BTC", openInterestBase: 1_044.895, openInterestUsd: 120_056_983.5 });
    expect(now.openInterestBase * 114_898.43).toBeCloseTo(120_056_983.5, -3);
    const history = parse("open-interest-history-doc-example-2026");
    expect(history.observations.every(({ kind }) => kind === "openInterestValue")).toBe(true);
    expect(nth(history, "openInterestValue", 4)).toMatchObject({ longUsd: 31_955_346, shortUsd: 31_955_346 });
    expect(nth(parse("open-interest-history-before-2026"), "openInterestValue", 1).longUsd).toBe(461_134_384 / 2);
    // the turnover of the bar, not its 268,611 USD of volume, which at 17,055 are as much
    const bar = nth(parse("klines-doc-example"), "candle", 2);
    expect(bar).toMatchObject({ symbol: "BTC", close: 17_055.5, volumeBase: 15.74462667 });
    expect(268_611 / bar.close).toBeCloseTo(15.75, 2);
  });

  test("coin-margined risk limits are coins, at a percentage that is recorded as one", () => {
    const { brackets, rejects } = parse("leverage-tiers-doc-example");
    expect(brackets).toMatchObject([{ venueSymbol: "BTCUSD", cap: 150, unit: "coins", maintenanceMarginRate: 0.005 }]);
    expect(rejects).toMatchObject([{ reason: "0.5 at 100x is read as percent" }]);
  });

  test("spot trades are of another market", () => {
    expect(parse("trades-doc-example-2026")).toMatchObject({ observations: [], rejects: [{ sample: "spot" }] });
  });

  test("ticker stream: a snapshot is a whole ticker, both sides halved", () => {
    const snapshot = parse("ticker-stream-snapshot-doc-example-2025");
    expect(snapshot.rejects).toEqual([]);
    const interest = nth(snapshot, "openInterest");
    expect(interest).toMatchObject({ openInterestBase: 246_186.86, exchangeTime: 1_760_325_052_630 });
    // 32,824,881,841.75 USD on both sides are 492,373.72 BTC at 66,666.60
    expect(interest.openInterestUsd).toBe(16_412_440_920.875);
    expect(nth(snapshot, "markPrice")).toMatchObject({ markPrice: 66_666.6, indexPrice: 115_418.19 });
    expect(nth(snapshot, "fundingRate")).toMatchObject({ fundingRate: -0.005, fundingTime: 1_760_342_400_000 });
  });

  test("ticker stream: a delta tells what changed and nothing else; a rate without its time is none", () => {
    const delta = parse("ticker-stream-delta-recorded-2023");
    expect(delta.rejects).toEqual([]);
    expect(delta.observations).toHaveLength(1);
    // 449,736,674 contracts of 1 USD on both sides
    expect(nth(delta, "openInterestValue")).toMatchObject({ longUsd: 224_868_337, shortUsd: 224_868_337 });
  });

  test("an acknowledgement is no data, a refusal is a reject", () => {
    const good = parse("stream-subscribe-ack");
    expect(good).toMatchObject({
      observations: [],
      rejects: [],
      about: "the answer to a subscription: no market data",
    });
    const refused = adapterOf("bybit").parse(
      "stream-subscribe-ack",
      errorBody("bybit-stream-subscribe-failure"),
      contextOf(),
    );
    expect(refused.rejects).toMatchObject([
      { path: "$", reason: "the subscription was refused: Invalid topic: invalid.topic.BTCUSDT" },
    ]);
  });

  test("a contract before its launch is not listed", () => {
    expect(parse("instruments-pre-launch").instruments[0]).toMatchObject({ listed: false, maxLeverage: 5 });
  });

  test("rows are sorted, each begins where the one below ends", () => {
    expect(parse("leverage-tiers-linear-constructed-2026").brackets).toMatchObject([
      { floor: 0, cap: 300_000, maintenanceMarginRate: 0.0033, maintenanceAmount: 0, maxLeverage: 150 },
      { floor: 300_000, cap: 2_000_000, maintenanceMarginRate: 0.005, maintenanceAmount: 510, maxLeverage: 100 },
      { floor: 2_000_000, cap: 800_000_000, maintenanceMarginRate: 0.65, maxLeverage: 1.43 },
    ]);
  });

  test("funding intervals: named, or the distance between charges", () => {
    expect(nth(parse("tickers-linear-constructed-2026"), "fundingRate")).toMatchObject({
      fundingRate: 0.0001,
      intervalMs: 28_800_000,
      fundingTime: 1_789_459_200_000,
    });
  });

  test.each([
    [
      "funding-history",
      "fundingRate",
      1,
      { fundingRate: 0.0001, fundingTime: 1_709_884_800_000, intervalMs: 28_800_000 },
    ],
    ["klines", "candle", 0, { open: 27_450, high: 27_460, low: 27_440, close: 27_455, volumeBase: 123.45 }],
    [
      "liquidation-stream-doc-example",
      "liquidation",
      0,
      { symbol: "ROSE", side: "short", price: 0.04499, sizeBase: 20_000 },
    ],
    [
      "order-book",
      "depth",
      0,
      {
        bids: [
          [27_450.5, 1.5],
          [27_450, 2],
          [27_449.5, 0.75],
        ],
      },
    ],
    ["trades-stream-recorded-2023", "takerVolume", 0, { symbol: "LTC", takerBuyBase: 0.4, takerSellBase: 0 }],
    ["trades", "takerVolume", 0, { takerBuyBase: 0.005, openTime: 1_709_891_679_000 }],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });

  test("a contract's leverage and funding interval", () => {
    expect(parse("instruments").instruments).toMatchObject([
      { venueSymbol: "BTCUSDT", maxLeverage: 100, fundingIntervalMs: 28_800_000, listed: true },
    ]);
  });
});
