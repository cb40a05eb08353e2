// What the compatible surface says of reported liquidations: units, order, and which intervals are there.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { emptyContext } from "../../durable-objects/hub/context-state.ts";
import type { ContextColumn } from "../../src/shared/market/context.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { saveContext } from "../../workers/store/context.ts";
import { DAY0 } from "../support/batches.ts";
import { BASE, reply } from "./compat-reply.ts";
import { saveObserved, saveReported, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

const QUIET = DAY0 + 3 * HOUR_MS;

beforeAll(async () => {
  await startMarket();
  await saveObserved("binance", [
    [DAY0, 1_000.5, 0],
    [DAY0 + 30 * MINUTE_MS, 500, 250.25],
    [DAY0 + 61 * MINUTE_MS, null, null],
    [DAY0 + 8 * HOUR_MS, 0, 90_000],
    [DAY0 + 8.5 * HOUR_MS, 40_000, 60_000],
  ]);
  await saveReported("binance", [
    [DAY0, "long", 1_000.5],
    [DAY0 + 30 * MINUTE_MS, "short", 250.25],
    [DAY0 + 8 * HOUR_MS, "short", 90_000],
    [DAY0 + 8.5 * HOUR_MS + 250, "long", 40_000],
  ]);
  await saveReported("okx", [[DAY0 + HOUR_MS, "long", 5_000]]);
  await saveObserved("bybit", [
    [DAY0 + 10 * MINUTE_MS, 2_000, 0],
    [DAY0 + 8.6 * HOUR_MS, 7_000, 0],
  ]);
  // minutes of an exchange whose feed nobody listened to say 0 all the same
  await saveObserved(
    "okx",
    Array.from({ length: 30 }, (_, i) => [QUIET + i * MINUTE_MS, 0, 0]),
  );
  await saveObserved("okx", [[QUIET + 30 * MINUTE_MS, 0, 800]]);
  await saveContext(env.DB, [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((minute) => listened(1, minute, 1)),
    listened(1, 6, 0),
    ...[listened(5, 0, 5), listened(5, 5, 4), listened(5, 10, 3, 500)],
    ...[listened(30, 0, 30), listened(30, 30, 30), listened(30, 60, 29)],
  ]);
}, 60_000);

/** A column of context in which Bybit was listened to for so many minutes and reported so much. */
function listened(width: number, minute: number, listenedMinutes: number, longUsd = 0): ContextColumn {
  const isKnown = listenedMinutes > 0;
  const observed = { observedLongUsd: isKnown ? longUsd : null, observedShortUsd: isKnown ? 0 : null };
  return {
    ...{ symbol: "ETH", intervalMs: width * MINUTE_MS, startMs: QUIET + minute * MINUTE_MS },
    venues: { bybit: { ...emptyContext(), ...observed, listenedMinutes } },
  };
}

describe("observed liquidations", () => {
  test("history is ascending with strings; an hour without a report is left out", async () => {
    const { data, meta } = await reply(`${BASE}/history?exchange=Binance&symbol=ETHUSDT&interval=1h`);
    expect(data).toEqual([
      { time: DAY0, long_liquidation_usd: "1500.50", short_liquidation_usd: "250.25" },
      { time: DAY0 + 8 * HOUR_MS, long_liquidation_usd: "40000.00", short_liquidation_usd: "150000.00" },
    ]);
    expect(meta).toMatchObject({ estimated: false });
  });

  const quiet = async (exchange: string, interval: string, minutes: number) => {
    const span = `start_time=${QUIET}&end_time=${QUIET + minutes * MINUTE_MS - 1}`;
    const path = `history?exchange=${exchange}&symbol=ETH&interval=${interval}&${span}`;
    const { data } = await reply<Record<string, string>[]>(`${BASE}/${path}`);
    return data.map((row) => [
      (Number(row["time"]) - QUIET) / MINUTE_MS,
      row["long_liquidation_usd"],
      row["short_liquidation_usd"],
    ]);
  };

  test("a zero is there where somebody listened throughout, and nowhere else", async () => {
    const zero = (minute: number) => [minute, "0.00", "0.00"];
    expect(await quiet("Bybit", "1m", 10)).toEqual([0, 1, 2, 3, 4, 5, 7, 8].map(zero));
    // three minutes are as known as each of them
    expect(await quiet("Bybit", "3m", 12)).toEqual([0, 3].map(zero));
    expect(await quiet("Bybit", "5m", 15)).toEqual([zero(0), [10, "500.00", "0.00"]]);
    expect(await quiet("Bybit", "1h", 120)).toEqual([zero(0)]);
    expect(await quiet("OKX", "1m", 31)).toEqual([[30, "0.00", "800.00"]]);
    expect(await quiet("OKX", "30m", 60)).toEqual([[30, "0.00", "800.00"]]);
  });

  test("an interval of several exchanges is known when one of them is, and the answer says the rule", async () => {
    const list = "exchange_list=Bybit,OKX&symbol=ETH&interval=5m";
    const span = `start_time=${QUIET}&end_time=${QUIET + 35 * MINUTE_MS - 1}`;
    const { data, meta } = await reply<Record<string, number>[]>(`${BASE}/aggregated-history?${list}&${span}`);
    expect(data).toEqual(
      [
        [0, 0, 0],
        [10, 500, 0],
        [30, 0, 800],
      ].map(([minute = 0, long, short]) => ({
        time: QUIET + minute * MINUTE_MS,
        aggregated_long_liquidation_usd: long,
        aggregated_short_liquidation_usd: short,
      })),
    );
    expect(meta).toMatchObject({ exchanges: ["bybit", "okx"], reported: expect.stringContaining("whole length") });
  });

  test("aggregated history has numbers, and takes a list with spaces", async () => {
    const list = encodeURIComponent("Binance, Bybit");
    const { data } = await reply(`${BASE}/aggregated-history?exchange_list=${list}&symbol=ETH&interval=1d`);
    expect(data).toEqual([
      { time: DAY0, aggregated_long_liquidation_usd: 50_500.5, aggregated_short_liquidation_usd: 150_250.25 },
    ]);
    const week = await reply<{ time: number }[]>(
      `${BASE}/aggregated-history?exchange_list=Binance&symbol=ETH&interval=1w`,
    );
    // 2026-01-01 was a Thursday
    expect(week.data.map((row) => row.time)).toEqual([DAY0 - 3 * DAY_MS]);
  });

  test("limit and times cut the newest rows", async () => {
    const rows = (query: string) =>
      reply<{ time: number }[]>(`${BASE}/history?exchange=Binance&symbol=ETH&interval=30m&${query}`);
    expect((await rows("limit=1")).data.map((row) => row.time)).toEqual([]);
    expect((await rows("limit=2")).data.map((row) => row.time)).toEqual([DAY0 + 8.5 * HOUR_MS]);
    const early = await rows(`start_time=${DAY0}&end_time=${DAY0 + HOUR_MS - 1}`);
    expect(early.data.map((row) => row.time)).toEqual([DAY0, DAY0 + 30 * MINUTE_MS]);
  });

  test("orders come newest first: 2 = longs liquidated, 1 = shorts, in words too", async () => {
    const { data, meta } = await reply<object[]>(
      `${BASE}/order?exchange=Binance&symbol=ETH&min_liquidation_amount=1000`,
    );
    expect(data).toMatchObject([
      {
        exchange_name: "BINANCE",
        symbol: "ETHUSDT",
        base_asset: "ETH",
        price: 3_005,
        usd_value: 40_000,
        side: 2,
        time: DAY0 + 8.5 * HOUR_MS + 250,
        liquidated_side: "long",
        price_kind: "bankruptcy",
      },
      { usd_value: 90_000, side: 1, liquidated_side: "short" },
      { usd_value: 1_000.5, side: 2 },
    ]);
    expect(meta["feed"]).toHaveProperty("completeness");
    const all = await reply<object[]>(`${BASE}/order?exchange=Binance&symbol=ETHUSDT`);
    expect(all.data).toHaveLength(4);
  });

  test("totals per coin and per exchange, all exchanges first", async () => {
    const coins = await reply<Record<string, number>[]>(`${BASE}/coin-list?exchange=Binance`);
    expect(coins.data.find((row) => String(row["symbol"]) === "ETH")).toMatchObject({
      liquidation_usd_24h: 191_750.75,
      long_liquidation_usd_1h: 40_000,
      short_liquidation_usd_1h: 60_000,
      short_liquidation_usd_4h: 150_000,
    });
    expect(Object.keys(coins.data[0] ?? {})).toHaveLength(13);
    const { data, meta } = await reply(`${BASE}/exchange-list?range=1h&symbol=ETH`);
    expect(data).toEqual([
      { exchange: "All", liquidation_usd: 107_000, long_liquidation_usd: 47_000, short_liquidation_usd: 60_000 },
      { exchange: "Binance", liquidation_usd: 100_000, long_liquidation_usd: 40_000, short_liquidation_usd: 60_000 },
      { exchange: "Bybit", liquidation_usd: 7_000, long_liquidation_usd: 7_000, short_liquidation_usd: 0 },
    ]);
    expect(meta["not_reporting"]).toEqual(["okx"]);
  });

  test("what is supported", async () => {
    expect((await reply("/api/futures/supported-coins")).data).toEqual(["BTC", "ETH"]);
    expect((await reply("/api/futures/supported-exchanges")).data).toEqual(["Binance", "Bybit", "OKX"]);
    const { data } = await reply<Record<string, object[]>>("/api/futures/supported-exchange-pairs");
    expect(data["OKX"]?.[0]).toEqual({ instrument_id: "BTC-USDT-SWAP", base_asset: "BTC", quote_asset: "USDT" });
  });
});
