// A client that follows the published data feed protocol step by step, as a charting library does.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
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

  test.each([
    "/udf/symbols?symbol=NOPE",
    "/udf/symbols",
    "/udf/history?symbol=BTC&resolution=7&from=1&to=2",
    "/udf/history?symbol=BTC&resolution=5&from=x&to=2",
    `/udf/history?symbol=BTC&resolution=5&from=${DAY0}&to=${NOW}`,
    "/udf/nope",
  ])("%s is an error in the protocol's own form", async (path) => {
    expect(await answer(path)).toMatchObject({ s: "error", errmsg: expect.stringMatching(/./) });
  });
});
