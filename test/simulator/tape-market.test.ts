import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { parseTape } from "../../src/shared/tape/tape.ts";
import { parseTapeSpec, type TapeSpec } from "../../src/shared/tape/tape-spec.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { liquidationsBetween } from "../../src/simulator/market/event-view.ts";
import { openInterestAt } from "../../src/simulator/market/open-interest-view.ts";
import { candleAt, quoteAt } from "../../src/simulator/market/view.ts";
import { replayWindow } from "../../src/simulator/replay-window.ts";
import { tapeMarket } from "../../src/simulator/tape/tape-market.ts";
import { needsShared, sharedFolder, sharedMissing } from "../support/shared.ts";
import { askAll, marketsOf, minuteBar, minuteBars, START, simulate, type TestSimulator } from "./support.ts";

let simulators: TestSimulator[] = [];
afterEach(async () => {
  for (const simulator of simulators) await simulator.close();
  simulators = [];
});

async function open(...args: Parameters<typeof simulate>): Promise<TestSimulator> {
  const simulator = await simulate(...args);
  simulators.push(simulator);
  return simulator;
}

describe("a tape as a market", () => {
  test("minutes of a five-minute bar put together are exactly the bar", () => {
    const price = fc.integer({ min: 90_000, max: 99_000 }).map((n) => n / 10);
    fc.assert(
      fc.property(price, price, price, price, fc.integer({ min: 0, max: 1e9 }), (a, b, open, close, volume) => {
        const high = Math.max(a, b, open, close);
        const low = Math.min(a, b, open, close);
        const volumeBase = volume / 1000;
        const bars = [0, 5].map((index) =>
          minuteBar(index, {
            intervalMs: 5 * MINUTE_MS,
            open,
            high,
            low,
            close,
            volumeBase,
            takerBuyBase: volumeBase / 2,
          }),
        );
        const market = tapeMarket("binance", "BTC", bars);
        const candle = candleAt(market, START + 5 * MINUTE_MS, 5 * MINUTE_MS, START + HOUR_MS);
        expect(candle).toMatchObject({ open, high, low, close, volumeBase, closed: true });
        expect(openInterestAt(market, START + 10 * MINUTE_MS)?.openInterestBase).toBe(bars[1]?.openInterestBase);
        expect(market.notes.join()).toContain("expanded");
      }),
    );
  });

  test("the running candle stays inside its minute, grows, and ends as the minute", () => {
    const bars = minuteBars(3);
    const market = tapeMarket("binance", "BTC", bars);
    const bar = bars[1]!;
    let before = { high: 0, low: Number.POSITIVE_INFINITY, volume: -1 };
    for (let elapsed = 0; elapsed <= MINUTE_MS; elapsed += 500) {
      const candle = candleAt(market, bar.openTime, MINUTE_MS, bar.openTime + elapsed)!;
      expect(candle.open).toBe(bar.open);
      expect(candle.high).toBeLessThanOrEqual(bar.high);
      expect(candle.low).toBeGreaterThanOrEqual(bar.low);
      expect(candle.high).toBeGreaterThanOrEqual(Math.max(before.high, candle.close));
      expect(candle.low).toBeLessThanOrEqual(Math.min(before.low, candle.close));
      expect(candle.volumeBase).toBeGreaterThan(before.volume);
      expect(candle.closed).toBe(elapsed === MINUTE_MS);
      before = { high: candle.high, low: candle.low, volume: candle.volumeBase! };
    }
    expect(candleAt(market, bar.openTime, MINUTE_MS, bar.openTime + MINUTE_MS)).toMatchObject({
      high: bar.high,
      low: bar.low,
      close: bar.close,
      volumeBase: bar.volumeBase,
    });
  });

  test("open interest is linear inside a minute and keeps its old time across blanks", () => {
    const bars = minuteBars(10).map((bar, i) => ({ ...bar, openInterestBase: i >= 4 && i < 8 ? null : 1000 + i }));
    const market = tapeMarket("binance", "BTC", bars);
    const at = (minutes: number) => openInterestAt(market, START + minutes * MINUTE_MS);
    expect(at(2.5)).toEqual({ openInterestBase: 1001.5, time: START + 2.5 * MINUTE_MS });
    expect(at(4)).toEqual({ openInterestBase: 1003, time: START + 4 * MINUTE_MS });
    expect(at(6.5)).toEqual({ openInterestBase: 1003, time: START + 4 * MINUTE_MS });
    // nothing says what it was while the first minute after the gap ran
    expect(at(8.5)).toEqual({ openInterestBase: 1003, time: START + 4 * MINUTE_MS });
    expect(at(9)).toEqual({ openInterestBase: 1008, time: START + 9 * MINUTE_MS });
    expect(at(0.5)).toBeNull();
  });

  test("at its end the market stops", () => {
    const market = tapeMarket("okx", "BTC", minuteBars(5));
    const end = START + 5 * MINUTE_MS;
    expect(openInterestAt(market, end + HOUR_MS)).toEqual(openInterestAt(market, end));
    expect(quoteAt(market, end + HOUR_MS)?.lastPrice).toBe(quoteAt(market, end)?.lastPrice);
    expect(candleAt(market, end, MINUTE_MS, end + HOUR_MS)).toBeNull();
  });

  test("each liquidation figure of the tape is one order with the same USD, inside its bar", () => {
    const bars = minuteBars(30);
    const market = tapeMarket("bybit", "BTC", bars);
    for (const bar of bars) {
      const end = bar.openTime + bar.intervalMs;
      const events = liquidationsBetween(market, bar.openTime - 1, end - 1, START + HOUR_MS);
      for (const [side, usd] of [
        ["long", bar.observedLongUsd],
        ["short", bar.observedShortUsd],
      ] as const) {
        const found = events.filter((event) => event.side === side);
        expect(found.length).toBe((usd ?? 0) > 0 ? 1 : 0);
        for (const event of found) expect(event.sizeBase * event.fillPrice).toBeCloseTo(usd!, 1);
      }
    }
  });

  test("no answer depends on bars that begin later", async () => {
    const bars = minuteBars(600);
    for (const minute of [20, 130, 481]) {
      const now = START + minute * MINUTE_MS + 41_234;
      const other = bars.map((bar, i) =>
        i <= minute
          ? bar
          : {
              ...bar,
              open: 1,
              high: 9,
              low: 1,
              close: 9,
              volumeBase: 1e6,
              openInterestBase: 7,
              observedLongUsd: 1e9,
              fundingRate: 0.5,
            },
      );
      const [truth, changed] = [await open(marketsOf(bars), now), await open(marketsOf(other), now)];
      const answers = await askAll(truth);
      expect(await askAll(changed)).toEqual(answers);
      for (const answer of answers) expect(answer.length).toBeGreaterThan(2);
    }
  });

  test("a market is not listed before its first minute", async () => {
    const simulator = await open(marketsOf(minuteBars(5)), START - 1);
    expect((await simulator.get("binance/fapi/v1/openInterest?symbol=BTCUSDT")).status).toBe(400);
    expect((await simulator.get("okx/api/v5/public/open-interest?instType=SWAP")).text).toContain('"data":[]');
  });

  test("what a tape does not have is absent, or neutral and noted", async () => {
    const bars = minuteBars(20).map((bar) => ({ ...bar, takerBuyBase: null, fundingRate: null }));
    const markets = marketsOf(bars);
    const simulator = await open(markets, START + 15 * MINUTE_MS);
    const [row] = (
      await simulator.get("binance/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1")
    ).json() as string[][];
    expect(Number(row![9])).toBeCloseTo(Number(row![5]) / 2, 8);
    const ratio = await simulator.get("binance/futures/data/takerlongshortRatio?symbol=BTCUSDT&period=5m");
    expect(ratio.text).toBe("[]");
    expect((await simulator.get("binance/fapi/v1/premiumIndex?symbol=BTCUSDT")).text).toContain('"lastFundingRate":""');
    const control = (await simulator.get("control")).json() as { markets: { notes: string[] }[] };
    expect(control.markets[0]!.notes.join()).toContain("half of the volume");
  });
});

describe("the recorded tapes", needsShared(), () => {
  const folder = join(sharedFolder(), "data/tapes");
  const files = sharedMissing() ? [] : readdirSync(folder).filter((file) => !("error" in parseTapeSpec(file)));

  test.each(files)("%s: every bar comes back as it was recorded", (file) => {
    const spec = parseTapeSpec(file) as TapeSpec;
    const { bars } = parseTape(readFileSync(join(folder, file), "utf8"), spec);
    const market = tapeMarket(spec.venue, spec.symbol, bars);
    for (const bar of bars) {
      const candle = candleAt(market, bar.openTime, bar.intervalMs, market.endMs!);
      const { openTime, open, high, low, close } = bar;
      expect(candle).toMatchObject({ openTime, open, high, low, close, closed: true });
      expect(candle!.volumeBase).toBe(bar.volumeBase);
      if (bar.openInterestBase === null) continue;
      const end = bar.openTime + bar.intervalMs;
      expect(openInterestAt(market, end)).toEqual({ openInterestBase: bar.openInterestBase, time: end });
    }
  });
});

describe("the window of a replay", () => {
  test("three quarters of the joint tape are history, or as much as asked", () => {
    const markets = [
      { startMs: 0, endMs: 60 * MINUTE_MS },
      { startMs: 20 * MINUTE_MS, endMs: 80 * MINUTE_MS },
    ];
    expect(replayWindow(markets, null)).toEqual({ fromMs: 0, startMs: 60 * MINUTE_MS, endMs: 80 * MINUTE_MS });
    expect(replayWindow(markets, 10 * MINUTE_MS).startMs).toBe(10 * MINUTE_MS);
    expect(replayWindow(markets, 24 * HOUR_MS).startMs).toBe(80 * MINUTE_MS);
  });
});
