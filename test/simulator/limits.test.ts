import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { marketsOf, minuteBars, START, simulate, type TestSimulator } from "./support.ts";

const COUNT = 6_000;
const NOW = START + COUNT * MINUTE_MS - 20_000;
const OPEN_CANDLE = START + (COUNT - 1) * MINUTE_MS;

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await simulate(marketsOf(minuteBars(COUNT)), NOW);
});
afterAll(() => simulator.close());

// biome-ignore lint/suspicious/noExplicitAny: the assertions check the shape
type Answer = any;
const get = async (path: string) => (await simulator.get(path)).json() as Answer;

describe("Binance", () => {
  const klines = "binance/fapi/v1/klines?symbol=BTCUSDT&interval=1m";
  test("klines: 500 by default, at most 1,500, oldest first, the open candle last", async () => {
    const rows = await get(klines);
    expect(rows.length).toBe(500);
    expect(rows.at(-1)[0]).toBe(OPEN_CANDLE);
    expect(rows[0][0]).toBe(OPEN_CANDLE - 499 * MINUTE_MS);
    expect((await get(`${klines}&limit=1500`)).length).toBe(1500);
    expect(await get(`${klines}&limit=1501`)).toMatchObject({ code: -1130 });
  });
  test("klines: a start counts forward", async () => {
    const rows = await get(`${klines}&startTime=${START}&limit=3`);
    expect(rows.map((row: number[]) => row[0])).toEqual([0, 1, 2].map((i) => START + i * MINUTE_MS));
  });
  test("refusals have a code and HTTP 400", async () => {
    const unknown = await simulator.get("binance/fapi/v1/klines?symbol=NONEUSDT&interval=1m");
    expect([unknown.status, unknown.json()]).toEqual([400, { code: -1121, msg: "Invalid symbol." }]);
    expect(await get("binance/fapi/v1/klines?symbol=BTCUSDT&interval=7m")).toMatchObject({ code: -1120 });
    expect(await get("binance/fapi/v1/openInterest")).toMatchObject({ code: -1102 });
    expect((await simulator.get("binance/fapi/v1/nothing")).status).toBe(404);
  });
  test("open interest history: 30 rows by default, at most 500, whole periods", async () => {
    const path = "binance/futures/data/openInterestHist?symbol=BTCUSDT&period=5m";
    const rows = await get(path);
    expect(rows.length).toBe(30);
    expect(rows.every((row: Answer) => row.timestamp % (5 * MINUTE_MS) === 0 && row.timestamp <= NOW)).toBe(true);
    expect((await get(`${path}&limit=500`)).length).toBe(500);
    expect(await get(`${path}&limit=501`)).toMatchObject({ code: -1130 });
    expect(await get(`${path}&startTime=1&endTime=2`)).toEqual([]);
  });
  test("depth takes certain limits and is sorted", async () => {
    const book = await get("binance/fapi/v1/depth?symbol=BTCUSDT&limit=1000");
    const prices = (rows: string[][]) => rows.map((row) => Number(row[0]));
    expect(book.bids.length).toBe(1000);
    expect(prices(book.bids)).toEqual([...new Set(prices(book.bids))].sort((a, b) => b - a));
    expect(prices(book.asks)).toEqual([...new Set(prices(book.asks))].sort((a, b) => a - b));
    expect(prices(book.bids)[0]).toBeLessThan(prices(book.asks)[0]!);
    expect(await get("binance/fapi/v1/depth?symbol=BTCUSDT&limit=7")).toMatchObject({ code: -1130 });
  });
});

describe("Bybit", () => {
  test("klines: newest first, 200 by default, cut to 1,000", async () => {
    const path = "bybit/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1";
    const { list } = (await get(path)).result;
    expect(list.length).toBe(200);
    expect(list[0][0]).toBe(String(OPEN_CANDLE));
    expect((await get(`${path}&limit=5000`)).result.list.length).toBe(1000);
    const window = (await get(`${path}&start=${START}&end=${START + 4 * MINUTE_MS}`)).result.list;
    expect(window.map((row: string[]) => Number(row[0]))).toEqual([4, 3, 2, 1, 0].map((i) => START + i * MINUTE_MS));
  });
  test("open interest pages by cursor without gap or repetition, and counts both sides", async () => {
    const path = "bybit/v5/market/open-interest?category=linear&symbol=BTCUSDT&intervalTime=5min&limit=200";
    const seen: Answer[] = [];
    let cursor = "";
    for (let page = 0; page < 20; page++) {
      const { result } = await get(path + (cursor === "" ? "" : `&cursor=${cursor}`));
      seen.push(...result.list);
      cursor = result.nextPageCursor;
      if (cursor === "") break;
    }
    expect(cursor).toBe("");
    const times = seen.map((row) => Number(row.timestamp));
    expect(times.length).toBe(COUNT / 5 - 1);
    expect(times.every((time, i) => i === 0 || times[i - 1]! - time === 5 * MINUTE_MS)).toBe(true);
    expect(seen.every((row) => Number(row.openInterest) === 2 * Number(row.singleOpenInterest))).toBe(true);
  });
  test("refusals come inside HTTP 200", async () => {
    const unknown = await simulator.get("bybit/v5/market/kline?category=linear&symbol=NONEUSDT&interval=1");
    expect(unknown.status).toBe(200);
    expect(unknown.json()).toMatchObject({ retCode: 10001, result: {} });
    const half = await get(`bybit/v5/market/funding/history?category=linear&symbol=BTCUSDT&startTime=${START}`);
    expect(half.retCode).toBe(10001);
  });
});

describe("OKX", () => {
  const candles = "okx/api/v5/market/candles?instId=BTC-USDT-SWAP&bar=1m";
  test("candles: newest first, at most 300, the open one unconfirmed, paged by after", async () => {
    const { data } = await get(`${candles}&limit=1000`);
    expect(data.length).toBe(300);
    expect([data[0][0], data[0][8], data[1][8]]).toEqual([String(OPEN_CANDLE), "0", "1"]);
    const next = (await get(`${candles}&after=${data.at(-1)[0]}&limit=2`)).data;
    expect(Number(next[0][0])).toBe(Number(data.at(-1)[0]) - MINUTE_MS);
  });
  test("candles reach 1,440 rows back, history-candles further", async () => {
    const old = START + 10 * MINUTE_MS;
    expect((await get(`${candles}&after=${old}`)).data).toEqual([]);
    const history = (await get(`okx/api/v5/market/history-candles?instId=BTC-USDT-SWAP&bar=1m&after=${old}`)).data;
    expect(history.length).toBe(10);
  });
  test("open interest history: at most 100 rows in contracts, coins and USD", async () => {
    const { data } = await get("okx/api/v5/rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP&limit=500");
    expect(data.length).toBe(100);
    expect(Number(data[0][1]) * 0.01).toBeCloseTo(Number(data[0][2]), 6);
  });
  test("refusals: unknown instrument, missing family, unknown path", async () => {
    expect(await get("okx/api/v5/market/candles?instId=NONE-USDT-SWAP")).toMatchObject({ code: "51001", data: [] });
    const orders = await simulator.get("okx/api/v5/public/liquidation-orders?instType=SWAP&state=filled");
    expect(orders.json()).toMatchObject({ code: "50015" });
    const nowhere = await simulator.get("okx/api/v5/nowhere");
    expect([nowhere.status, (nowhere.json() as Answer).code]).toEqual([404, 404]);
  });
});

describe("Hyperliquid", () => {
  test("candles: the latest 5,000 only, oldest first", async () => {
    const rows: Answer = await simulator.info({
      type: "candleSnapshot",
      req: { coin: "BTC", interval: "1m", startTime: 0 },
    });
    expect(rows.length).toBe(5000);
    expect(rows.at(-1).t).toBe(OPEN_CANDLE);
    expect(rows[0].T - rows[0].t).toBe(MINUTE_MS - 1);
  });
  test("an unreadable question is refused in plain text, an unknown coin with null", async () => {
    const response = await fetch(`${simulator.base("hyperliquid").rest}/info`, { method: "POST", body: "{" });
    expect([response.status, response.headers.get("content-type")]).toEqual([422, "text/plain; charset=utf-8"]);
    await response.text();
    expect(await simulator.info({ type: "l2Book", coin: "NONE" })).toBeNull();
    expect(await simulator.info({ type: "meta", dex: "other" })).toBeNull();
  });
  test("the book has twenty levels a side, and fewer digits reach further", async () => {
    const book: Answer = await simulator.info({ type: "l2Book", coin: "BTC" });
    const coarse: Answer = await simulator.info({ type: "l2Book", coin: "BTC", nSigFigs: 4 });
    expect(book.levels.map((side: unknown[]) => side.length)).toEqual([20, 20]);
    expect(Number(coarse.levels[0].at(-1).px)).toBeLessThan(Number(book.levels[0].at(-1).px));
  });
  test("it has no stream", () => {
    expect(simulator.base("hyperliquid").stream).toBeNull();
  });
});

test("the control page counts requests and names the markets", async () => {
  await simulator.get("okx/api/v5/public/time");
  const control = await get("control");
  expect(control.now).toBe(NOW);
  expect(control.requests.okx["/api/v5/public/time"]).toBeGreaterThan(0);
  expect(control.markets.map((market: Answer) => market.exchange)).toEqual([...VENUES]);
  expect(NOW - control.markets[0].startMs).toBeGreaterThan(90 * HOUR_MS);
});
