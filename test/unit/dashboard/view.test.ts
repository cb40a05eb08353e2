import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apiQuery, parseView, writeView } from "../../../src/dashboard/view/query.ts";
import { isRangeReachable } from "../../../src/dashboard/view/ranges.ts";
import { chooseType, isTypeActive, toggleItem, typeDetail, typeOf } from "../../../src/dashboard/view/types.ts";
import { DEFAULT_VIEW, type View } from "../../../src/dashboard/view/view.ts";
import { PALETTES } from "../../../src/shared/display/palette.ts";
import { REACHES } from "../../../src/shared/display/reach.ts";
import { AGES, ALL, DELTAS, MODES, RANGES, SIDE_FILTERS, TIERS } from "../../../src/shared/market/filter.ts";
import { VENUES } from "../../../src/shared/market/symbol.ts";

const someOf = <T>(all: readonly T[]): fc.Arbitrary<T[] | null> =>
  fc.option(fc.subarray([...all], { minLength: 1 }), { nil: null });

const views: fc.Arbitrary<View> = fc.record({
  symbol: fc.constantFrom("BTC", "ETH", "1000SHIB"),
  range: fc.constantFrom(...RANGES),
  filter: fc.record({
    venues: someOf(VENUES),
    tiers: someOf(TIERS),
    age: fc.constantFrom(...AGES),
    side: fc.constantFrom(...SIDE_FILTERS),
    mode: fc.constantFrom(...MODES),
    delta: fc.constantFrom(null, ...DELTAS),
  }),
  display: fc.record({
    palette: fc.constantFrom(...PALETTES),
    axis: fc.constantFrom("log" as const, "linear" as const),
    reach: fc.constantFrom(...REACHES),
    threshold: fc.integer({ min: 0, max: 99 }).map((percent) => percent / 100),
    lockedTopUsd: fc.option(fc.integer({ min: 1, max: 1e10 }), { nil: null }),
    heatmap: fc.boolean(),
  }),
});

describe("address", () => {
  test("every view comes back from its address", () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(parseView(writeView(view))).toEqual(view);
      }),
    );
  });

  test("the default view has an empty address", () => {
    expect(writeView(DEFAULT_VIEW)).toBe("");
    expect(parseView("")).toEqual(DEFAULT_VIEW);
  });

  test("any text opens some view", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseView(text).symbol).not.toBe("");
      }),
    );
  });

  test.each([
    ["OKX:BTCUSDT", "BTC", ["okx"]],
    ["ETH/USDT", "ETH", null],
    ["sol-usdt-swap", "SOL", null],
    ["MTGOX:BTCUSD", DEFAULT_VIEW.symbol, null],
  ])("a symbol written as %s", (text, symbol, venues) => {
    const view = parseView(`?symbol=${encodeURIComponent(text)}`);
    expect([view.symbol, view.filter.venues]).toEqual([symbol, venues]);
  });

  test("unknown words fall back to the default", () => {
    expect(parseView("?range=5y&exchange=mtgox&leverage=7&side=left&symbol=%3Cscript%3E")).toEqual(DEFAULT_VIEW);
  });

  test("the API is asked with its own names", () => {
    const filter = parseView("?exchange=okx,binance&leverage=100,50&age=24h&side=long&mode=expected&delta=4h").filter;
    expect(apiQuery("7d", filter, { symbol: "BTC" })).toBe(
      "symbol=BTC&range=7d&exchange=binance,okx&leverage=50,100&age=24h&side=long&mode=expected&delta=4h",
    );
  });
});

describe("types", () => {
  test("aggregated clears the four others and keeps side and mode", () => {
    const filter = { ...ALL, venues: ["okx" as const], delta: "1h" as const, side: "long" as const };
    expect(chooseType(filter, "aggregated", "binance")).toEqual({ ...ALL, side: "long" });
  });

  test("a type gets its first value once and is then left alone", () => {
    const filter = chooseType(ALL, "leverage", "binance");
    expect(filter.tiers).toEqual([50, 100]);
    expect(chooseType({ ...filter, tiers: [5] }, "leverage", "binance").tiers).toEqual([5]);
    expect(chooseType(ALL, "exchange", "okx").venues).toEqual(["okx"]);
  });

  test("the most specific part decides which type opens", () => {
    expect(typeOf(ALL)).toBe("aggregated");
    expect(typeOf({ ...ALL, venues: ["okx"], age: "24h" })).toBe("age");
    expect(isTypeActive(ALL, "aggregated")).toBe(true);
    expect(isTypeActive({ ...ALL, age: "1h" }, "aggregated")).toBe(false);
  });

  test("chips say what is set", () => {
    expect(typeDetail({ ...ALL, tiers: [50, 100] }, "leverage")).toBe("50·100×");
    expect(typeDetail({ ...ALL, venues: ["okx", "bybit"] }, "exchange")).toBe("2");
    expect(typeDetail(ALL, "age")).toBeNull();
  });

  test("none and all of a choice are no restriction", () => {
    expect(toggleItem(null, 5, TIERS)).toEqual([5]);
    expect(toggleItem([100], 5, TIERS)).toEqual([5, 100]);
    expect(toggleItem([5], 5, TIERS)).toBeNull();
    expect(toggleItem([5, 10, 25, 50], 100, TIERS)).toBeNull();
  });
});

test("ranges up to 30d are always offered, longer ones once history reaches into their second half", () => {
  const now = 1e12;
  const days = (count: number): number => now - count * 86_400_000;
  expect(isRangeReachable("30d", null, now)).toBe(true);
  expect(isRangeReachable("90d", null, now)).toBe(false);
  expect(isRangeReachable("90d", days(44), now)).toBe(false);
  expect(isRangeReachable("90d", days(46), now)).toBe(true);
});
