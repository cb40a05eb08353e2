// Bars: what exchanges reported, page by page.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { closedMinute, DAY0 } from "../support/batches.ts";
import { type Bars, refused } from "./answers.ts";
import { answer, MINUTES, NOW, request, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

describe("bars", () => {
  test("minutes are what was observed, oldest first, for each exchange", async () => {
    const { bars } = await answer<Bars>("/v1/bars/BTC?interval=1m&limit=10&exchange=okx");
    const sent = closedMinute("okx", DAY0 + (MINUTES - 2) * MINUTE_MS).observations[0];
    const bar = bars.find((one) => one.startMs === DAY0 + (MINUTES - 2) * MINUTE_MS);
    expect(bar).toMatchObject({ exchange: "okx", volumeBase: 40, close: sent?.kind === "candle" ? sent.close : 0 });
    expect(bars.map((one) => one.startMs)).toEqual(bars.map((one) => one.startMs).sort((a, b) => a - b));
    expect(new Set(bars.map((one) => one.exchange))).toEqual(new Set(["okx"]));
  });

  test("half hours are the sums and extremes of their minutes", async () => {
    const span = `from=${DAY0}&to=${DAY0 + 60 * MINUTE_MS}&exchange=bybit`;
    const { bars } = await answer<Bars>(`/v1/bars/BTC?interval=30m&${span}`);
    const minutes = await answer<Bars>(`/v1/bars/BTC?interval=1m&${span}`);
    expect(bars.map((bar) => bar.startMs)).toEqual([DAY0, DAY0 + 30 * MINUTE_MS]);
    expect(minutes.bars).toHaveLength(60);
    expect(bars[1]).toMatchObject({ close: minutes.bars[59]?.close, volumeBase: 30 * 40 });
  });

  test("more than one answer holds is read page by page, without gap or overlap", async () => {
    let path: string | null = `/v1/bars/BTC?exchange=okx&from=${DAY0}&to=${DAY0 + 60 * MINUTE_MS}&limit=25`;
    const starts: number[] = [];
    const sizes: number[] = [];
    while (path !== null) {
      const response: Response = await request(path);
      const { bars } = (await response.json()) as Bars;
      starts.push(...bars.map(({ startMs }) => startMs));
      sizes.push(bars.length);
      path = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(sizes).toEqual([25, 25, 10]);
    expect(starts).toEqual(Array.from({ length: 60 }, (_, i) => DAY0 + i * MINUTE_MS));
  });

  test("seconds are refused with the milliseconds they probably mean", async () => {
    const problem = await refused(`/v1/bars/BTC?from=${DAY0 / 1_000}`);
    expect(problem).toMatchObject({ status: 400, code: "invalid-parameter", parameter: "from" });
    expect(problem.detail).toContain(`take ${DAY0}`);
  });

  test.each([
    [`from=${NOW + MINUTE_MS}&to=${NOW + 9 * MINUTE_MS}`, "from", "future"],
    [`from=${DAY0 + 9}&to=${DAY0}`, "from", "before to"],
    ["limit=0", "limit", "1 to 1500"],
    ["limit=9999", "limit", "1 to 1500"],
    ["from=yesterday", "from", "milliseconds"],
  ])("%s is refused by name", async (query, parameter, words) => {
    const problem = await refused(`/v1/bars/BTC?${query}`);
    expect(problem).toMatchObject({ status: 400, code: "invalid-parameter", parameter });
    expect(problem.detail).toContain(words);
  });
});
