// What Gate's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { needsShared } from "../../../support/shared.ts";
import { nth, recordingReader } from "../support.ts";

const parse = recordingReader("gate");

describe("Gate", needsShared(), () => {
  test("the sign of the size is the position's side, contracts × 0.0001 BTC, seconds in the list", () => {
    const short = nth(parse("liquidation-orders-recorded-2023"), "liquidation");
    expect(short).toMatchObject({ side: "short", price: 28_070, priceKind: "fill", exchangeTime: 1_696_736_132_000 });
    expect(short.sizeBase).toBeCloseTo(0.0165, 12);
    expect(nth(parse("liquidation-orders"), "liquidation")).toMatchObject({ side: "long", price: 3_424 });
    const pushed = nth(parse("liquidation-stream-doc-example-2026"), "liquidation");
    expect(pushed).toMatchObject({ side: "short", price: 215.1, priceKind: "order", exchangeTime: 1_541_486_601_123 });
    expect(pushed.sizeBase).toBeCloseTo(0.01245, 12);
  });

  test("contracts × value, checked against the venue's USD", () => {
    const ada = nth(parse("contract-stats-recorded-2023"), "openInterest");
    expect(ada).toMatchObject({ symbol: "ADA", openInterestBase: 28_517_250, openInterestUsd: 9_872_386.7775 });
    expect(ada.openInterestBase * 0.34619).toBeCloseTo(9_872_386.7775, 4);
    expect(nth(parse("tickers"), "openInterest").openInterestBase).toBeCloseTo(3_232.3904, 8);
    // invented figures: 124,724 contracts of 0.0001 BTC at 8,865 are not 1,511 USD
    expect(parse("contract-stats")).toMatchObject({ observations: [], rejects: [{}] });
    expect(parse("contract-stats-stream-doc-example")).toMatchObject({ observations: [], rejects: [{}] });
  });

  test("books in contracts with times of three kinds, volume in contracts", () => {
    const pushed = nth(parse("order-book-stream-decimal-recorded-2026"), "depth");
    expect(pushed).toMatchObject({ symbol: "ETH", exchangeTime: 1_774_443_214_909, bids: [[2_172.82, 0.0025]] });
    expect(nth(parse("order-book"), "depth")).toMatchObject({ exchangeTime: 1_623_898_993_121 });
    expect(nth(parse("klines"), "candle").volumeBase).toBeCloseTo(9.7151, 10);
  });

  test("contract values; a contract in delisting is not listed", () => {
    const { instruments } = parse("instruments-recorded-2023");
    const values = instruments.map((one) => [one.symbol, one.baseUnitsPerContract, one.listed]);
    expect(values).toEqual([
      ["ETH", 0.01, true],
      ["COCOS", 1, false],
      ["DIA", 1, true],
      ["BTC", 0.0001, true],
    ]);
  });

  test.each([
    ["funding-history", "fundingRate", 0, { fundingRate: 0.000157, fundingTime: 1_543_968_000_000 }],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });

  test("one contract alone, tiers once however often they are repeated, whole contracts in the stream", () => {
    expect(parse("instruments").instruments).toMatchObject([{ baseUnitsPerContract: 0.0001, maxLeverage: 100 }]);
    expect(parse("leverage-tiers").brackets).toMatchObject([
      { floor: 0, cap: 500_000, maintenanceMarginRate: 0.01, maxLeverage: 50 },
      { floor: 500_000, cap: 1_000_000, maintenanceMarginRate: 0.02, maxLeverage: 33.33 },
    ]);
    expect(parse("leverage-tiers-stream-doc-example-2026").brackets).toMatchObject([{ cap: 1_000_000 }]);
    const pushed = nth(parse("liquidation-stream-integer-doc-example-2026"), "liquidation");
    expect(pushed.sizeBase).toBeCloseTo(0.0124, 12);
  });
});
