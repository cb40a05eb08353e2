// What dYdX's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { needsShared } from "../../../support/shared.ts";
import { nth, recordingReader } from "../support.ts";

const parse = recordingReader("dydx");

describe("dYdX", needsShared(), () => {
  test("a SELL marked LIQUIDATED closed a long, the LIMIT row beside it did not", () => {
    const result = parse("trades-stream-liquidation-recorded-2024");
    expect(nth(result, "liquidation")).toMatchObject({ side: "long", price: 22.87, sizeBase: 3.9, priceKind: "fill" });
    expect(nth(result, "liquidation").notionalUsd).toBeCloseTo(89.193, 9);
    expect(result.observations.filter((one) => one.kind === "liquidation")).toHaveLength(1);
  });

  test("the sum of longs, not the other count that was twice as high; hourly funding", () => {
    const result = parse("tickers-recorded-2025");
    expect(nth(result, "openInterest")).toMatchObject({ symbol: "BTC", openInterestBase: 381.7348 });
    const candle = nth(parse("klines-recorded-2025"), "candle", 2);
    // 16:11 on 8 December 2025
    expect(candle).toMatchObject({ openTime: 1_765_210_260_000, close: 89_941, volumeBase: 3.2767 });
    expect(nth(parse("funding-history-recorded-2025"), "fundingRate")).toMatchObject({
      ...{ fundingRate: 0.000000625, fundingTime: Date.UTC(2025, 11, 8, 14), intervalMs: 3_600_000 },
    });
  });

  test.each([
    ["klines-no-trades-recorded-2025", "candle", 0, { close: 116_099, volumeBase: 0 }],
    [
      "tickers-stream-open-interest-update-recorded-2024",
      "openInterest",
      0,
      { symbol: "ETH", openInterestBase: 15_398.406 },
    ],
    [
      "tickers-stream-oracle-price-update-recorded-2024",
      "markPrice",
      0,
      { symbol: "ETH", markPrice: 2_623.3521, exchangeTime: 1_724_371_254_301 },
    ],
    ["tickers-stream-snapshot-recorded-2024", "openInterest", 0, { symbol: "BTC", openInterestBase: 648.2389 }],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });

  test("a book of objects, and trades that add up", () => {
    const { bids, asks } = nth(parse("order-book-recorded-2025"), "depth");
    expect([bids[0], asks[0], bids.length]).toEqual([[89_947, 0.0002], [89_958, 0.1177], 5]);
    expect(nth(parse("trades-recorded-2025"), "takerVolume").takerBuyBase).toBeCloseTo(0.2129, 12);
  });
});
