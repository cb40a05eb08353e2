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
});
