// What Hyperliquid's recordings say, worked out by hand.
import { describe, expect, test } from "vitest";
import { accountLiquidationPrice } from "../../../../src/shared/margin/venue-rule.ts";
import { adapterOf } from "../../../../src/shared/venue/registry.ts";
import { needsShared } from "../../../support/shared.ts";
import { contextOf, nth, recordingReader } from "../support.ts";

const parse = recordingReader("hyperliquid");

describe("Hyperliquid", needsShared(), () => {
  test("as it is, stamped with our receive time", () => {
    const result = parse("meta-and-asset-contexts-recorded-2023", { receivedAt: 1_790_000_123_456 });
    expect(nth(result, "openInterest")).toMatchObject({ openInterestBase: 34.37756, exchangeTime: 1_790_000_123_456 });
    expect(nth(result, "markPrice", 1)).toMatchObject({ symbol: "ETH", markPrice: 1_923.1, indexPrice: 1_921.7 });
  });

  test("markets of a builder's dex keep their prefix, nulls beside the figures harm nothing", () => {
    const result = parse("meta-and-asset-contexts-hip3-doc-example");
    expect(nth(result, "openInterest", 1)).toMatchObject({ symbol: "XYZ:TSLA", openInterestBase: 12.208 });
    expect(result.rejects).toEqual([]);
  });

  test("kPEPE: price per PEPE, volume in PEPE", () => {
    const result = parse("klines-recorded-2023");
    const first = nth(result, "candle");
    expect(first).toMatchObject({ symbol: "PEPE", openTime: 1_684_699_200_000, intervalMs: 3_600_000, closed: true });
    expect(first.close).toBeCloseTo(0.000001604, 15);
    expect(first.volumeBase).toBe(520_665_683_000);
    expect(result.observations).toHaveLength(24);
  });

  test("an empty book is no market", () => {
    const result = parse("order-book-empty-stream-recorded-2024");
    expect(result.observations).toEqual([]);
    expect(result.rejects).toHaveLength(1);
  });

  test("funding intervals: named, or the distance between charges", () => {
    expect(nth(parse("funding-history"), "fundingRate", 1)).toMatchObject({
      fundingRate: -0.0000081,
      intervalMs: 3_600_000,
    });
  });

  test("positions of an account: the stated liquidation price is the one that its margin comes to", () => {
    const [eth] = parse("clearinghouse-state-doc-example").positions ?? [];
    expect(eth).toMatchObject({ symbol: "ETH", side: "long", sizeBase: 0.0335, entryPrice: 2_986.3, leverage: 20 });
    expect(eth).toMatchObject({
      marginMode: "isolated",
      exchangeTime: 1_708_622_398_623,
      liquidationPrice: 2_866.26936529,
    });
    if (eth === undefined) return;
    // a maximum leverage of 50 is a maintenance rate of 1 %
    const price = accountLiquidationPrice({
      ...{ side: eth.side, sizeBase: eth.sizeBase, equityUsd: eth.marginUsd },
      ...{
        markPrice: eth.notionalUsd / eth.sizeBase,
        maintenanceUsd: eth.notionalUsd * 0.01,
        maintenanceMarginRate: 0.01,
      },
    });
    expect(price).toBeCloseTo(2_866.26936529, 4);
  });

  test("positions of an older account: shorts are negative sizes, a long without a liquidation price has none", () => {
    const { positions = [], rejects, observations } = parse("clearinghouse-state-recorded-2023");
    expect([rejects, observations]).toEqual([[], []]);
    expect(positions.filter(({ side }) => side === "short").map(({ symbol }) => symbol)).toEqual([
      ...["BTC", "ATOM", "DYDX", "APE", "OP"],
    ]);
    expect(positions.find(({ symbol }) => symbol === "ETH")?.liquidationPrice).toBeNull();
    const valueUsd = positions.reduce((sum, { notionalUsd }) => sum + notionalUsd, 0);
    // the account's own sum
    expect(valueUsd).toBeCloseTo(3_434.815334, 6);
  });

  test("a fill of a resting order beside a liquidation: the taker's short was closed", () => {
    const result = parse("user-fills-liquidation-recorded-2026");
    expect(nth(result, "liquidation")).toMatchObject({ symbol: "BTC", side: "short", price: 66_653, sizeBase: 0.001 });
    expect(nth(result, "liquidation")).toMatchObject({ priceKind: "fill", exchangeTime: 1_781_528_065_899 });
  });

  test("contexts by place: without a list only the places that are known", () => {
    const result = parse("asset-contexts-stream-recorded-2026");
    expect(result.rejects).toEqual([]);
    const sol = result.observations.find((one) => one.symbol === "SOL" && one.kind === "openInterest");
    expect(sol).toMatchObject({ openInterestBase: 3_928_422.4599999995 });
    // the fourth place is a delisted coin
    expect(new Set(result.observations.map(({ symbol }) => symbol)).size).toBe(11);
  });

  test("contexts by place: a list names every place of its own dex", () => {
    const names = ["BTC", "ETH", "ATOM", "MATIC", "DYDX", "SOL"].map((name) => ({ name, maxLeverage: 10 }));
    const meta = { universe: names.map((coin) => ({ ...coin, isDelisted: coin.name === "MATIC" })) };
    const listed = adapterOf("hyperliquid").parse("instruments", meta, contextOf()).instruments;
    const instruments = new Map(listed.map((one) => [one.venueSymbol, one]));
    const result = parse("asset-contexts-stream-recorded-2026", { instruments });
    expect(nth(result, "openInterest", 4)).toMatchObject({ symbol: "SOL" });
    expect(result.observations).toHaveLength(15);
  });

  test("lists of all dexes: only those with USDC as collateral", () => {
    const { instruments, brackets } = parse("all-perp-metas-other-collateral");
    expect(instruments.map(({ venueSymbol }) => venueSymbol)).toEqual(["BTC"]);
    expect(brackets).toMatchObject([{ venueSymbol: "BTC", maintenanceMarginRate: 0.0125, maxLeverage: 40 }]);
  });

  test.each([
    ["meta-and-asset-contexts-doc-example", "openInterest", 0, { symbol: "BTC", openInterestBase: 688.11 }],
    ["order-book-recorded-2023", "depth", 0, { symbol: "DYDX", exchangeTime: 1_689_630_203_930 }],
    ["trades-stream-recorded-2024", "takerVolume", 0, { openTime: 1_730_160_006_192, takerSellBase: 0 }],
    ["trades", "takerVolume", 0, { takerBuyBase: 0.02, takerSellBase: 0.02, intervalMs: 2_001 }],
  ] as const)("%s, %s %d", (name, kind, n, figures) => {
    expect(nth(parse(name), kind, n)).toMatchObject(figures);
  });

  test("trades of a message add up, a book has twenty levels a side, a tier is half the initial rate", () => {
    expect(nth(parse("trades-stream-recorded-2024"), "takerVolume").takerBuyBase).toBeCloseTo(1.55182, 10);
    const { bids, asks } = nth(parse("order-book-recorded-2023"), "depth");
    expect([bids.length, asks.length, bids[0], asks[0]]).toEqual([20, 20, [2.111, 134.4], [2.1124, 352.3]]);
    const { brackets } = parse("leverage-tiers-doc-example");
    expect(brackets.map((one) => [one.venueSymbol, one.maxLeverage])).toEqual([
      ["BTC", 50],
      ["ETH", 50],
      ["HPOS", 3],
    ]);
    expect(brackets[2]?.maintenanceMarginRate).toBeCloseTo(1 / 6, 12);
  });
});
