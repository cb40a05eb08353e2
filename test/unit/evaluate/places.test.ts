// Priced events and real positions: readers, and scores whose answer is known.
import { describe, expect, test } from "vitest";
import { parseEvents } from "../../../src/shared/evaluate/events.ts";
import { watchLocation } from "../../../src/shared/evaluate/location.ts";
import { mapDistances, parsePositions, realDistances } from "../../../src/shared/evaluate/positions.ts";
import { scoringRows } from "../../../src/shared/evaluate/scoring-rows.ts";
import { createModel, stepBar } from "../../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../../src/shared/model/params.ts";
import { hourlyMarket } from "../../support/evaluate-market.ts";

describe("readers", () => {
  test("events by column name; a row that cannot be used is counted", () => {
    const text =
      "symbol,time_ms,side,price,qty,usd\nBTCUSDT,5,long,100,2,200\nBTCUSDT,5,unknown,100,2,200\nX,nan,long,1,1,1\n";
    expect(parseEvents(text)).toEqual({
      events: [{ timeMs: 5, symbol: "BTC", side: "long", bankruptcyPrice: 100, usd: 200 }],
      rejected: 2,
    });
    expect(parseEvents("time_ms,symbol\n")).toEqual({ error: "no column side" });
  });
  test("positions, some without a liquidation price", () => {
    expect(parsePositions("side,size,dist\nLONG,2,0.1\nSHORT,1,\nLONG,-1,0.1\n")).toEqual({
      positions: [
        { side: "long", sizeBase: 2, distance: 0.1 },
        { side: "short", sizeBase: 1, distance: null },
      ],
      rejected: 1,
    });
  });
});

describe("location", () => {
  const market = hourlyMarket(200, 4);
  const last = market.bars.slice(100);
  // every long is liquidated at its bar's low
  const events = last.map((bar) => ({
    ...{ timeMs: bar.openTime + 1, symbol: "BTC", side: "long" as const, usd: 1_000 },
    bankruptcyPrice: bar.low * 1.000001 * (1 - 0.004),
  }));
  const locate = (list: typeof events) => {
    const { watch, result } = watchLocation("BTC", list, 0.004, last[0]!.openTime);
    scoringRows(market, DEFAULT_PARAMS, watch);
    return result();
  };
  test("the shift takes order prices back into the range; at the extreme all lie in the last fifth of an even spread", () => {
    const found = locate(events);
    expect(found.events).toBe(100);
    expect(found.inside).toBe(100);
    expect(found.insideUnshifted).toBeLessThan(60);
    expect(found.even.fifths[4]).toBeGreaterThan(0.8);
    expect(found.even.centroidPercent).toBeCloseTo(found.even.wassersteinPercent, 2);
  });
  test("other coins and earlier events do not count", () => {
    expect(locate(events.map((event) => ({ ...event, symbol: "ETH" }))).events).toBe(0);
    expect(locate(events.map((event) => ({ ...event, timeMs: market.bars[3]!.openTime }))).events).toBe(0);
  });
});

describe("distances", () => {
  test("quantiles by size and by count, shares of the whole side", () => {
    const row = realDistances(
      [
        { side: "long", sizeBase: 8, distance: 0.02 },
        { side: "long", sizeBase: 1, distance: 0.2 },
        { side: "long", sizeBase: 1, distance: 0.3 },
        { side: "long", sizeBase: 10, distance: null },
        { side: "short", sizeBase: 99, distance: 0.01 },
      ],
      "long",
    );
    expect(row.bySize[2]).toBeCloseTo(2, 9);
    expect(row.byCount?.[2]).toBeCloseTo(20, 9);
    expect([row.within3, row.within10, row.within40]).toEqual([0.4, 0.4, 0.5]);
  });
  test("a map holds its longs' size within its reach, less what is not drawn", () => {
    const market = hourlyMarket(120, 2);
    const model = createModel({ venue: "binance", symbol: "BTC", params: DEFAULT_PARAMS });
    for (const bar of market.bars) stepBar(model, bar);
    const row = mapDistances(model, "long", market.bars.at(-1)!.close);
    expect(row.within3).toBeLessThan(row.within10);
    expect(row.within40).toBeLessThan(0.6);
    expect(row.bySize).toEqual([...row.bySize].sort((a, b) => a - b));
  });
});
