// A client that follows the published data feed protocol step by step, as a charting library does.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { priceScale } from "../../workers/api/udf/symbols.ts";
import { DAY0 } from "../support/batches.ts";
import { answer, NOW, request, saveReported, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

interface Config {
  supported_resolutions: string[];
  supports_marks: boolean;
}
interface Info {
  ticker: string;
  supported_resolutions: string[];
  pricescale: number;
  session: string;
}
interface History {
  s: "ok" | "no_data" | "error";
  t: number[];
  o: number[];
  h: number[];
  l: number[];
  c: number[];
  v: number[];
  nextTime?: number;
}
interface Marks {
  id: string[];
  time: number[];
  color: string[];
  text: string[];
  label: string[];
}

/** Everything a chart does to show a symbol: configuration, search, symbol, bars until there are enough, marks. */
async function showChart(search: string, resolution: string, wanted: number) {
  const config = await answer<Config>("/udf/config");
  expect(config.supported_resolutions).toContain(resolution);
  const [found] = await answer<{ ticker: string }[]>(`/udf/search?query=${search}&type=&exchange=&limit=30`);
  const info = await answer<Info>(`/udf/symbols?symbol=${encodeURIComponent(found?.ticker ?? "")}`);
  const time = Number(await (await request("/udf/time")).text());
  const bars = await answer<History>(
    `/udf/history?symbol=${info.ticker}&resolution=${resolution}&from=${time - 86_400}&to=${time}&countback=${wanted}`,
  );
  const marks = await answer<Marks>(
    `/udf/marks?symbol=${info.ticker}&from=${time - 86_400}&to=${time}&resolution=${resolution}`,
  );
  return { info, time, bars, marks };
}

const gone = () => Promise.reject(new Error("unreachable"));

beforeAll(async () => {
  await startMarket();
  await saveReported("binance", [
    [DAY0 + 60 * MINUTE_MS + 700, "long", 250_000],
    [DAY0 + 90 * MINUTE_MS, "short", 50_000],
  ]);
}, 60_000);

describe("a chart", () => {
  test("finds BTC and gets its bars: seconds, ascending, columns of equal length", async () => {
    const { info, time, bars } = await showChart("btc", "5", 60);
    expect(info).toMatchObject({ ticker: "BTC", session: "24x7", timezone: "Etc/UTC" });
    expect(time).toBe(Math.floor(NOW / 1_000));
    expect(bars.s).toBe("ok");
    expect(bars.t.length).toBeGreaterThan(50);
    expect(bars.t.length).toBeLessThanOrEqual(61);
    for (const list of [bars.o, bars.h, bars.l, bars.c, bars.v]) expect(list).toHaveLength(bars.t.length);
    expect(bars.t.every((at, i) => i === 0 || at - (bars.t[i - 1] ?? 0) === 300)).toBe(true);
    expect(bars.h.every((high, i) => high >= (bars.l[i] ?? Number.NaN))).toBe(true);
  });

  test("the newest bar is the running one, and it ends where the map's price is", async () => {
    const { bars, time } = await showChart("btc", "15", 3);
    expect(bars.t).toHaveLength(3);
    expect(bars.t.at(-1)).toBe(time - (time % 900));
    const { price } = await answer<{ price: number }>("/v1/map/BTC");
    expect(bars.c.at(-1)).toBeCloseTo(price, 2);
  });

  test.each([
    ["60", "30", 2],
    ["240", "120", 2],
  ])("a bar of %s minutes is made of those of %s", async (wide, narrow, parts) => {
    const span = `symbol=BTC&from=${DAY0 / 1_000}&to=${DAY0 / 1_000 + 8 * 3_600}`;
    const whole = await answer<History>(`/udf/history?${span}&resolution=${wide}`);
    const made = await answer<History>(`/udf/history?${span}&resolution=${narrow}`);
    expect(whole.t).toEqual(made.t.filter((_, i) => i % parts === 0));
    const at = (i: number) => [i * parts, i * parts + parts];
    expect(whole.t.length).toBeGreaterThan(1);
    for (const i of whole.t.keys()) {
      const [from, to] = at(i);
      expect(whole.o[i]).toBe(made.o[from ?? 0]);
      expect(whole.h[i]).toBe(Math.max(...made.h.slice(from, to)));
      expect(whole.l[i]).toBe(Math.min(...made.l.slice(from, to)));
      expect(whole.c[i]).toBe(made.c[(to ?? 1) - 1]);
      expect(whole.v[i]).toBeCloseTo(made.v.slice(from, to).reduce((a, b) => a + b));
    }
  });

  test("as many bars as it wants, though to lies in the future and some are missing", async () => {
    const gap = [DAY0 + 4 * HOUR_MS, DAY0 + 6 * HOUR_MS];
    // `from` is outweighed; another one is another address, which no cache has
    const history = (to: number, from = to - 600) =>
      answer<History>(`/udf/history?symbol=OKX:BTC&resolution=5&from=${from}&to=${to}&countback=80`);
    const before = await history(NOW / 1_000 + 90_000);
    expect(before.t).toHaveLength(80);
    await env.DB.prepare("DELETE FROM columns WHERE interval_ms = 300000 AND start_ms >= ?1 AND start_ms < ?2")
      .bind(...gap)
      .run();
    const after = await history(NOW / 1_000 + 90_000, 0);
    expect(after.t).toHaveLength(80);
    expect(after.t[0]).toBe((before.t[0] ?? 0) - 2 * 3_600);
    expect(after.t.filter((at) => at * 1_000 >= (gap[0] ?? 0) && at * 1_000 < (gap[1] ?? 0))).toEqual([]);
  });

  test("minutes of one exchange are that exchange's", async () => {
    const query = `resolution=1&from=${DAY0 / 1_000}&to=${DAY0 / 1_000 + 600}`;
    const one = await answer<History>(`/udf/history?symbol=OKX:BTC&${query}`);
    expect(one.v).toEqual(Array(10).fill(40));
    const all = await answer<History>(`/udf/history?symbol=BTC&${query}`);
    expect(all.v).toEqual(Array(10).fill(120));
  });

  test("before the data there is none, and after a gap it says where there is some", async () => {
    const early = await answer<History>(`/udf/history?symbol=BTC&resolution=5&from=1000000000&to=1000003600`);
    expect(early).toEqual({ s: "no_data" });
    const late = NOW / 1_000 + 86_400;
    const after = await answer<History>(`/udf/history?symbol=BTC&resolution=5&from=${late}&to=${late + 3_600}`);
    expect(after.s).toBe("no_data");
    expect(after.nextTime).toBeGreaterThan(NOW / 1_000 - 1_200);
  });

  test("the search narrows by exchange and type, and an exchange's own pair finds its coin", async () => {
    const config = await answer<{ exchanges: { value: string }[]; symbols_types: { value: string }[] }>("/udf/config");
    expect(config.exchanges.map((one) => one.value)).toEqual(["", "Faultline", "Binance", "Bybit", "OKX"]);
    const find = async (query: string) =>
      (await answer<{ ticker: string }[]>(`/udf/search?limit=30&${query}`)).map((one) => one.ticker);
    expect(await find("query=eth&type=crypto&exchange=OKX")).toEqual(["OKX:ETH"]);
    expect(await find("query=&type=&exchange=Faultline")).toEqual(["BTC", "ETH"]);
    expect(await find("query=btcusdt&type=&exchange=")).toEqual(["BTC", "BINANCE:BTC", "BYBIT:BTC", "OKX:BTC"]);
    expect(await find("query=btc&type=stock&exchange=")).toEqual([]);
    expect(await find("query=nothing&type=&exchange=")).toEqual([]);
  });

  test("a symbol's prices have the digits they deserve, whatever the library adds to its question", async () => {
    const info = await answer<Info>("/udf/symbols?symbol=OKX%3ABTC&currencyCode=USD&unitId=");
    expect(info).toMatchObject({ ticker: "OKX:BTC", exchange: "OKX", format: "price", minmov: 1, pricescale: 100 });
    expect([97_000, 3_412.5, 12, 0.142, 0.0000071, null].map(priceScale)).toEqual([100, 100, 1_000, 1e5, 1e8, 100]);
  });

  test("marks tell observed from estimated", async () => {
    const { marks } = await showChart("eth", "5", 10);
    expect(marks.time).toEqual([DAY0 / 1_000 + 3_600]);
    expect(marks.text[0]).toMatch(/^Observed: \$250K of longs liquidated on binance/);
    const btc = (await showChart("btc", "5", 10)).marks;
    expect(btc.text.length).toBeGreaterThan(0);
    expect(btc.text.every((text) => text.startsWith("Estimated: the price swept a level of $"))).toBe(true);
    const below = await answer<{ tooltip: string[]; time: number }[]>(
      `/udf/timescale_marks?symbol=BTC&from=${DAY0 / 1_000}&to=${Math.floor(NOW / 1_000)}&resolution=5`,
    );
    expect(below.map((mark) => mark.tooltip[0])).toEqual(btc.text);
  });

  test("a mark stands at the bar that holds it, ten of a bar at most, the largest", async () => {
    const start = DAY0 + 2 * HOUR_MS;
    await saveReported(
      "okx",
      Array.from({ length: 14 }, (_, i) => [start + i * 1_000 + 250, "short", 200_000 + i]),
    );
    const query = `symbol=OKX:ETH&from=${start / 1_000}&to=${start / 1_000}&resolution=15`;
    const marks = await answer<Marks>(`/udf/marks?${query}`);
    expect(marks.time).toEqual(Array(10).fill(start / 1_000));
    expect(marks.text.at(-1)).toMatch(/shorts liquidated on okx at 3,005.0, 02:00:04 UTC$/);
    expect(new Set(marks.id).size).toBe(10);
    const below = await answer<{ time: number }[]>(`/udf/timescale_marks?${query}`);
    expect(below.map((mark) => mark.time)).toEqual(marks.time);
  });

  test("while the hub is away a chart still has its closed bars and what was observed", async () => {
    const away = { getByName: () => ({ live: gone, history: gone, report: gone }) };
    const ask = async <T>(path: string) =>
      (await (await app.request(path, {}, { ...env, SYMBOL_HUB: away as never })).json()) as T;
    const span = `from=${DAY0 / 1_000}&to=${NOW / 1_000}&resolution=30`;
    const bars = await ask<History>(`/udf/history?symbol=BINANCE:BTC&${span}`);
    expect([bars.s, bars.t.at(-1)]).toEqual(["ok", DAY0 / 1_000 + 8.5 * 3_600]);
    expect(await ask("/udf/symbols?symbol=BINANCE:BTC")).toMatchObject({ ticker: "BINANCE:BTC", pricescale: 100 });
    const marks = await ask<Marks>(`/udf/marks?symbol=BINANCE:ETH&${span}`);
    expect(marks.text.map((text) => text.slice(0, 15))).toEqual(["Observed: $250K"]);
  });

  test.each([
    "/udf/symbols?symbol=NOPE",
    "/udf/symbols",
    "/udf/history?symbol=BTC&resolution=7&from=1&to=2",
    "/udf/history?symbol=BTC&resolution=5&from=x&to=2",
    `/udf/history?symbol=BTC&resolution=5&from=${DAY0}&to=${NOW}`,
    `/udf/history?symbol=BTC&resolution=5&from=${NOW / 1_000}&to=${DAY0 / 1_000}`,
    "/udf/history?symbol=BTC&resolution=5&from=1&to=2&countback=0",
    "/udf/search?query=btc&limit=none",
    "/udf/config?colour=red",
    "/udf/nope",
  ])("%s is an error in the protocol's own form", async (path) => {
    expect(await answer(path)).toMatchObject({ s: "error", errmsg: expect.stringMatching(/./) });
  });
});
