// What OKX's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { adapterOf } from "../../../../src/shared/venue/registry.ts";
import { needsShared } from "../../../support/shared.ts";
import { contextOf, known, nth, recordingReader } from "../support.ts";

const parse = recordingReader("okx");

describe("OKX", needsShared(), () => {
  test("the position's side, contracts × value, bankruptcy price", () => {
    for (const name of ["liquidation-stream-doc-example", "liquidation-orders-constructed"]) {
      const order = nth(parse(name), "liquidation");
      expect(order).toMatchObject({ symbol: "IOST", side: "short", price: 0.007831, sizeBase: 13_000 });
      expect(order.notionalUsd).toBeCloseTo(101.803, 6);
    }
  });

  test("a dated contract that is not listed here is ignored beside known ones", () => {
    const instruments = known("okx", "BTC");
    const result = parse("liquidation-stream-recorded-2023", { instruments });
    expect(result.observations).toEqual([]);
    expect(result.rejects).toEqual([]);
  });

  test("coins, checked against contracts × value", () => {
    const now = nth(parse("open-interest-constructed-2026"), "openInterest");
    expect(now.openInterestBase).toBeCloseTo(31_334.8989, 4);
    expect(now.openInterestUsd).toBeCloseTo(2_017_265_587.42, 1);
    expect(nth(parse("open-interest-recorded-2022"), "openInterest").openInterestBase).toBeCloseTo(21_254.19, 8);
    // 5,000 contracts of 0.01 are not 555.55 coins
    const invented = parse("open-interest-doc-example-2026");
    expect(invented.observations).toEqual([]);
    expect(invented.rejects[0]).toMatchObject({ path: "$.data[0].oiCcy" });
  });

  test("the row marked unconfirmed is open, volume is in coins, rows are turned oldest first", () => {
    const result = parse("klines-open-candle-recorded-2023");
    const opens = result.observations.map((one) => (one.kind === "candle" ? [one.openTime, one.closed] : null));
    expect(opens).toEqual([
      [1_678_928_640_000, true],
      [1_678_928_700_000, true],
      [1_678_928_760_000, false],
    ]);
    expect(nth(result, "candle", 2)).toMatchObject({ open: 24_341.4, high: 24_344, low: 24_313.2, volumeBase: 2.5819 });
    expect(nth(parse("klines-recorded-2025"), "candle", 1)).toMatchObject({ volumeBase: 10.4037 });
  });

  test("taker volume lists sells first", () => {
    expect(nth(parse("taker-volume-doc-example"), "takerVolume")).toMatchObject({
      takerSellBase: 200,
      takerBuyBase: 380,
    });
  });

  test("contract values", () => {
    const { instruments } = parse("instruments-recorded-2022");
    const linear = instruments.filter(({ contractKind }) => contractKind === "linear");
    const values = Object.fromEntries(linear.map((one) => [one.symbol, one.baseUnitsPerContract]));
    expect(values).toEqual({ BTC: 0.01, ETH: 0.1, DOGE: 1_000, SHIB: 1_000_000 });
  });

  test("tiers are contracts without deduction; a margin row is refused", () => {
    expect(parse("leverage-tiers-swap-recorded-2022").brackets[0]).toMatchObject({
      venueSymbol: "BTC-USDT-SWAP",
      unit: "contracts",
      cap: 500,
      maintenanceMarginRate: 0.004,
      maintenanceAmount: 0,
    });
    expect(parse("leverage-tiers-doc-example")).toMatchObject({
      brackets: [],
      rejects: [{ path: "$.data[0]" }],
    });
  });

  test("funding intervals: named, or the distance between charges", () => {
    expect(nth(parse("funding-rate-constructed-2026"), "fundingRate")).toMatchObject({
      fundingRate: 0.0000604121295194,
      intervalMs: 28_800_000,
      fundingTime: 1_783_699_200_000,
    });
    expect(nth(parse("funding-history"), "fundingRate", 1)).toMatchObject({ fundingRate: 0.00015 });
  });

  test("open interest of a coin is a value of all its contracts, filed under the coin that was asked for", () => {
    const result = parse("open-interest-volume-by-coin");
    expect(nth(result, "openInterestValue")).toMatchObject({ symbol: "BTC", longUsd: 1_713_028_741.6898 });
    expect(result.about).toContain("all contracts of the coin");
    expect(parse("open-interest-volume-by-coin", { venueSymbol: null }).rejects).toHaveLength(1);
  });

  test("an index price is that of its pair's swap", () => {
    expect(nth(parse("index-tickers"), "indexPrice")).toMatchObject({ symbol: "BTC", indexPrice: 103_895 });
  });

  test("a coin-margined swap counts 100 USD: coins as stated, liquidations at their own price", () => {
    const listed = parse("instruments").instruments.find(({ venueSymbol }) => venueSymbol === "BTC-USD-SWAP");
    expect(listed).toMatchObject({ contractKind: "inverse", symbol: "BTC", quoteUnitsPerContract: 100 });
    const row = { instId: "BTC-USD-SWAP", oi: "761000", oiCcy: "1000", oiUsd: "76100000", ts: "1790000001000" };
    const read = (oiUsd: string) =>
      adapterOf("okx").parse("open-interest", { code: "0", data: [{ ...row, oiUsd }] }, contextOf());
    expect(nth(read("76100000"), "openInterest")).toMatchObject({
      openInterestBase: 1_000,
      openInterestUsd: 76_100_000,
    });
    expect(read("7610000")).toMatchObject({ observations: [], rejects: [{ path: "$.data[0].oiCcy" }] });
    const order = { side: "sell", posSide: "net", bkPx: "75000", sz: "30", ts: "1790000001000" };
    const pushed = { arg: {}, data: [{ instId: "BTC-USD-SWAP", details: [order] }] };
    const forced = nth(adapterOf("okx").parse("liquidation-stream", pushed, contextOf()), "liquidation");
    expect(forced).toMatchObject({ side: "long", sizeBase: 0.04, notionalUsd: 3_000 });
  });

  test.each([
    [
      "funding-rate",
      "fundingRate",
      0,
      { fundingRate: 0.000079238688534, intervalMs: 28_800_000, fundingTime: 1_703_088_000_000 },
    ],
    ["mark-price", "markPrice", 0, { markPrice: 84_660.1, indexPrice: null }],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });

  test("a book counts contracts of 0.01; coins that are no contracts × value are refused", () => {
    const { bids } = nth(parse("order-book"), "depth");
    expect(bids[0]?.[0]).toBe(41_006.7);
    expect(bids[0]?.[1]).toBeCloseTo(0.00487921, 12);
    // 731,377.575 contracts of 0.01 are not 111 coins
    expect(parse("open-interest-history-doc-example").rejects).toHaveLength(2);
  });
});
