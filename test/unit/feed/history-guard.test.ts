// History is held against the second figure of its own row, and by a gross factor against what is known now.
import { describe, expect, test } from "vitest";
import { doubtsOfHistory, type Standing } from "../../../durable-objects/feed/guards/history-guard.ts";
import { Quarantine } from "../../../durable-objects/feed/guards/quarantine.ts";
import type { Candle, MarkPrice, Observation, OpenInterest } from "../../../src/shared/market/observation.ts";
import { MINUTE_MS } from "../../../src/shared/time/clock.ts";
import { bench, candle as candleRow, healthy, json, START } from "./fake-venue.ts";

const NOTHING: Standing = { price: null, openInterestBase: null };
const at = (minute: number) => START + minute * MINUTE_MS;
const stamps = (time: number) => ({
  venue: "binance" as const,
  symbol: "BTC",
  exchangeTime: time,
  receivedAt: at(10_000),
});
const candle = (minute: number, price = 100): Candle => ({
  kind: "candle",
  ...stamps(at(minute + 1)),
  openTime: at(minute),
  intervalMs: MINUTE_MS,
  open: price,
  high: price,
  low: price,
  close: price,
  volumeBase: 10,
  takerBuyBase: 5,
  closed: true,
});
const interest = (minute: number, base: number, usd: number | null = null): OpenInterest => ({
  kind: "openInterest",
  ...stamps(at(minute)),
  openInterestBase: base,
  openInterestUsd: usd,
});
const doubts = (standing: Standing, ...rows: Observation[]) =>
  doubtsOfHistory(rows, standing).map((one) => one !== null);

describe("open interest against the USD figure of its own row", () => {
  test("a thousand times, or twice, what the row says it is worth", () => {
    const rows = [candle(0), candle(4), interest(5, 5_000, 500), interest(5, 10, 500), interest(5, 5.2, 500)];
    expect(doubts(NOTHING, ...rows)).toEqual([false, false, true, true, false]);
  });
  test("at the price of its own time, wherever the price is now", () => {
    const standing = { price: 400, openInterestBase: 5 };
    expect(doubts(standing, candle(4, 100), candle(300, 400), interest(5, 5, 500), interest(300, 5, 2_000))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
  test("the sample before the first candle is valued at that candle", () => {
    expect(doubts(NOTHING, interest(0, 5_000, 500), candle(3))).toEqual([true, false]);
    expect(doubts(NOTHING, interest(0, 5_000, 500), candle(30))).toEqual([false, false]);
  });
});

describe("against what is known now", () => {
  const standing = { price: 100, openInterestBase: 1_000 };
  test("without a second figure more than ten times more or less is not believed", () => {
    const rows = [interest(0, 1e6), interest(0, 1), interest(0, 150), interest(0, 9_000)];
    expect(doubts(standing, ...rows)).toEqual([true, true, false, false]);
  });
  test("a new listing whose USD figure agrees may have grown more", () => {
    expect(doubts(standing, candle(4), interest(5, 20, 2_000), interest(5, 20), interest(5, 1, 100))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
  test("a candle in another unit, whose price then values no open interest", () => {
    const wrong = candle(4, 100_000);
    expect(doubts(standing, wrong, interest(5, 1_000, 100_000), candle(5))).toEqual([true, false, false]);
  });
  test("numbers that cannot be", () => {
    expect(doubts(NOTHING, interest(0, 0), interest(0, 1e300), candle(0, -1))).toEqual([true, true, true]);
  });
});

test("what is held back is counted and shown like live figures, and teaches nothing about now", () => {
  const quarantine = new Quarantine();
  const mark: MarkPrice = { kind: "markPrice", ...stamps(at(10_000)), markPrice: 100, indexPrice: null };
  quarantine.pass([mark, interest(10_000, 1_000)]);
  const rows = [candle(4), interest(5, 2_000)];
  expect(quarantine.passHistory("BTC", [...rows, interest(10, 1e6)])).toEqual(rows);
  expect(quarantine.report()).toMatchObject({
    count: 1,
    last: { kind: "openInterest", reason: "open interest was 1000000, it is 1000 now" },
  });
  expect(quarantine.pass([interest(10_001, 1_400)])).toEqual([]);
});

test("a candle that is not believed is missing from its piece, with the reason", async () => {
  const { tick, world, batches } = bench({ symbols: ["BTC"] });
  const range = { fromMs: START - 10 * MINUTE_MS, toMs: START };
  world.reply = ({ history }) => ({ nextMinuteMs: START, needs: history === null ? range : null });
  world.answer = (call, now) => {
    if (call.kind !== "klines" || call.fromMs === null) return healthy(call, now);
    const wrong = { open: 1_000, high: 2_000, low: 1_000, close: 2_000 };
    const rows = Array.from({ length: 10 }, (_, i) => candleRow("BTC", range.fromMs + i * MINUTE_MS));
    return json(rows.map((row, i) => (i === 3 ? { ...row, ...wrong } : row)));
  };
  await tick();
  const piece = batches.find(({ history }) => history !== null);
  expect(piece?.observations.filter(({ kind }) => kind === "candle")).toHaveLength(9);
  const fromMs = range.fromMs + 3 * MINUTE_MS;
  expect(piece?.history?.missing).toEqual([
    { fromMs, toMs: fromMs + MINUTE_MS, reason: "price was 2000, it is 1 now" },
  ]);
});
