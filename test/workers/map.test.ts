// The liquidation map over nine hours of a constructed market; map and heatmap in euros and as of an earlier moment.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { DAY0 } from "../support/batches.ts";
import { type Heatmap, heatmap, type LiquidationMap, refused, type Sizes } from "./answers.ts";
import { answer, NOW, request, startMarket, THREE } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

describe("map", () => {
  test("splits each level by leverage and by exchange, without anything lost", async () => {
    const map = await answer<LiquidationMap>("/v1/map/BTC");
    expect(map.levels.length).toBeGreaterThan(50);
    const total = (sizes: Sizes) => Object.values(sizes).reduce((a, b) => a + b, 0);
    for (const level of map.levels) {
      const whole = level.longUsd + level.shortUsd;
      expect(Math.abs(total(level.byLeverage) - whole)).toBeLessThanOrEqual(6);
      expect(Math.abs(total(level.byExchange) - whole)).toBeLessThanOrEqual(6);
    }
    expect(map.totals.longUsd).toBe(map.levels.reduce((sum, level) => sum + level.longUsd, 0));
    expect(map.totals.shortUsd).toBe(map.levels.reduce((sum, level) => sum + level.shortUsd, 0));
  });

  test("has an estimated band around most levels near the price, and none for a change", async () => {
    type Band = { p10Usd: number; p50Usd: number; p90Usd: number };
    type Banded = { price: number; longUsd: number; estimatedBand: { long: Band; short: Band } | null };
    const [map, change] = await Promise.all([
      answer<{ price: number; levels: Banded[] }>("/v1/map/BTC?bucket=0.005"),
      answer<{ levels: Banded[] }>("/v1/map/BTC?bucket=0.005&delta=1h"),
    ]);
    expect(change.levels.every(({ estimatedBand }) => estimatedBand === null)).toBe(true);
    let held = 0;
    const near = map.levels.filter(({ price, longUsd }) => price > 0.9 * map.price && longUsd > 0);
    expect(near.length).toBeGreaterThan(10);
    for (const { longUsd, estimatedBand } of near) {
      const { p10Usd, p50Usd, p90Usd } = estimatedBand!.long;
      expect(p10Usd).toBeLessThanOrEqual(p50Usd);
      expect(p50Usd).toBeLessThanOrEqual(p90Usd);
      if (p10Usd <= longUsd && longUsd <= p90Usd) held += 1;
    }
    expect(held / near.length).toBeGreaterThan(0.7);
  });

  test("cumulates outward from the price: longs downward, shorts upward, never falling", async () => {
    const map = await answer<LiquidationMap>("/v1/map/BTC");
    const below = map.cumulative.filter((row) => row.price < map.price && row.longUsd > 0).reverse();
    const above = map.cumulative.filter((row) => row.price >= map.price && row.shortUsd > 0);
    expect(below.length).toBeGreaterThan(10);
    expect(above.length).toBeGreaterThan(10);
    for (const rows of [below.map((row) => row.longUsd), above.map((row) => row.shortUsd)]) {
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
    }
    expect(Math.abs((above.at(-1)?.shortUsd ?? 0) / map.totals.shortUsd - 1)).toBeLessThan(0.05);
  });

  test("is not larger than open interest, side by side", async () => {
    const map = await answer<LiquidationMap>("/v1/map/BTC");
    const known = map.coverage.exchanges.reduce((sum, exchange) => sum + (exchange.openInterestUsd ?? 0), 0);
    expect(map.totals.longUsd).toBeGreaterThan(0.05 * known);
    // a level is valued at its own price, a tenth or so from the market's
    expect(map.totals.longUsd).toBeLessThan(known);
    expect(map.totals.shortUsd).toBeLessThan(1.3 * known);
  });
});

describe("in euros", () => {
  const store = (at: number) =>
    env.TILES.put("rate/EUR", JSON.stringify({ currency: "EUR", value: 0.9, source: "test EURUSDT", at }));

  test("without a fresh rate nothing is converted: a 503 that says so", async () => {
    expect(await refused("/v1/heatmap/BTC?currency=EUR")).toMatchObject({ status: 503, parameter: "currency" });
    await store(NOW - 7_200_000);
    expect(await refused("/v1/map/BTC?currency=EUR")).toMatchObject({ status: 503, accepted: ["USD"] });
  });

  test("prices and sizes are multiplied by the rate that the answer states", async () => {
    await store(NOW - 30_000);
    const [usd, eur] = await Promise.all([heatmap("bucket=0.002"), heatmap("bucket=0.002&currency=EUR")]);
    expect(usd).toMatchObject({ currency: "USD", rate: null });
    expect(eur).toMatchObject({
      currency: "EUR",
      rate: { value: 0.9, source: "test EURUSDT", timeMs: NOW - 30_000 },
    });
    expect(eur.price / usd.price).toBeCloseTo(0.9, 6);
    expect(eur.cells.length).toBe(usd.cells.length);
    const [first, firstEur] = [usd.cells[0], eur.cells[0]];
    expect(firstEur?.[2]).toBe(Math.round((first?.[2] ?? 0) * 0.9));
    expect((eur.candles[5]?.[2] ?? 0) / (usd.candles[5]?.[2] ?? 1)).toBeCloseTo(0.9, 6);
    expect(eur.candles[5]?.[5]).toBe(usd.candles[5]?.[5]);
    const [map, inEuros] = await Promise.all([
      answer<LiquidationMap>("/v1/map/BTC"),
      answer<LiquidationMap>("/v1/map/BTC?currency=EUR"),
    ]);
    expect(inEuros.totals.longUsd / map.totals.longUsd).toBeCloseTo(0.9, 4);
    expect((inEuros.cumulative[0]?.longUsd ?? 0) / (map.cumulative[0]?.longUsd ?? 1)).toBeCloseTo(0.9, 4);
  });

  test("another currency is refused with those there are", async () => {
    expect(await refused("/v1/heatmap/BTC?currency=GBP")).toMatchObject({ status: 400, accepted: ["USD", "EUR"] });
  });
});

describe("as of an earlier moment", () => {
  const THEN = DAY0 + 400 * MINUTE_MS;

  test("the heatmap is the one of now up to the last column that had ended, cell by cell", async () => {
    const [now, then] = await Promise.all([heatmap("bucket=0.002"), heatmap(`bucket=0.002&asOf=${THEN + 60_000}`)]);
    expect(then.asOf).toBe(THEN);
    expect(then.columns.at(-1)).toBe(THEN - then.intervalMs);
    const usdAt = (map: Heatmap) =>
      new Map(map.cells.map(([column, level, usd]) => [`${map.columns[column]}|${map.prices[level]}`, usd]));
    const published = usdAt(now);
    const shared = [...usdAt(then)].filter(([key]) => published.has(key));
    expect(shared.length).toBeGreaterThan(1_000);
    for (const [key, usd] of shared) expect([key, usd]).toEqual([key, published.get(key)]);
    expect(then.candles.at(-1)).toEqual(now.candles[now.columns.indexOf(then.columns.at(-1) ?? 0)]);
  });

  test("the map's change up to then is what stood less what had stood, by level and by exchange", async () => {
    const [change, later, earlier] = await Promise.all([
      answer<LiquidationMap & { deltaSplitReason: string }>(`/v1/map/BTC?delta=4h&asOf=${THEN}`),
      answer<LiquidationMap>(`/v1/map/BTC?asOf=${THEN}`),
      answer<LiquidationMap>(`/v1/map/BTC?asOf=${THEN - 240 * MINUTE_MS}`),
    ]);
    expect([change.asOf, change.price]).toEqual([later.asOf, later.price]);
    expect(change.deltaSplitReason).toContain("the heatmap also splits earlier ones");
    const at = (map: LiquidationMap) => new Map(map.levels.map((level) => [level.price, level]));
    const [now, before] = [at(later), at(earlier)];
    expect(change.levels.length).toBeGreaterThan(10);
    for (const { price, longUsd, shortUsd, byExchange } of change.levels) {
      const [is, was] = [now.get(price), before.get(price)];
      expect(Math.abs(longUsd - ((is?.longUsd ?? 0) - (was?.longUsd ?? 0)))).toBeLessThanOrEqual(2);
      expect(Math.abs(shortUsd - ((is?.shortUsd ?? 0) - (was?.shortUsd ?? 0)))).toBeLessThanOrEqual(2);
      const binance = (is?.byExchange["binance"] ?? 0) - (was?.byExchange["binance"] ?? 0);
      expect(Math.abs((byExchange["binance"] ?? 0) - binance)).toBeLessThanOrEqual(4);
    }
  });

  test("a change that would begin before the data is refused with how far they reach", async () => {
    expect(await refused(`/v1/map/BTC?delta=24h&asOf=${THEN}`)).toMatchObject({ code: "not-enough-history" });
  });

  test.each([
    ["after the data begins", DAY0 + 42 * MINUTE_MS + 123],
    ["before the data begins", DAY0 - 24 * 60 * MINUTE_MS],
  ])("asked for %s, it names what was asked, and the moment from which it is answered", async (_, asOf) => {
    const { accepted = [] } = await refused(`/v1/map/BTC?asOf=${DAY0 - 1}`);
    const reachMs = Number(accepted[0]);
    const earliestMs = reachMs + 60 * MINUTE_MS;
    const written = (ms: number) => `${new Date(ms).toISOString()} (${ms})`;
    expect(await refused(`/v1/map/BTC?delta=1h&asOf=${asOf}`)).toMatchObject({
      status: 400,
      parameter: "asOf",
      detail: `the data reaches back to ${written(reachMs)}, so with delta=1h the earliest asOf is ${written(earliestMs)}; asOf was ${asOf}`,
      accepted: [`${earliestMs}`],
    });
    expect((await request(`/v1/map/BTC?delta=1h&asOf=${earliestMs - 1}`)).status).toBe(400);
    expect((await request(`/v1/map/BTC?delta=1h&asOf=${earliestMs}`)).status).toBe(200);
  });

  test("where columns are missing behind the reach, no earliest moment is promised", async () => {
    const [{ first }] = (
      await env.DB.prepare("SELECT min(start_ms + interval_ms) AS first FROM columns WHERE symbol = 'BTC'").all<{
        first: number;
      }>()
    ).results as [{ first: number }];
    const missing = "FROM columns WHERE symbol = 'BTC' AND start_ms + interval_ms > ?1 AND start_ms <= ?2";
    const bounds = [first, first + 60 * MINUTE_MS] as const;
    await env.DB.prepare(`CREATE TABLE set_aside AS SELECT * ${missing}`)
      .bind(...bounds)
      .run();
    await env.DB.prepare(`DELETE ${missing}`)
      .bind(...bounds)
      .run();
    // an address of its own: another's answer may be kept
    const asOf = bounds[1] + 1;
    const problem = await refused(`/v1/map/BTC?delta=1h&asOf=${asOf}`);
    await env.DB.batch([
      env.DB.prepare("INSERT INTO columns SELECT * FROM set_aside"),
      env.DB.prepare("DROP TABLE set_aside"),
    ]);
    expect(problem.detail).toBe(`no column is stored that a change with delta=1h could begin with; asOf was ${asOf}`);
    expect(problem.accepted).toBeUndefined();
    expect((await request(`/v1/map/BTC?delta=1h&asOf=${asOf}`)).status).toBe(200);
  });

  test("the map adds up to the heatmap's column of that moment, and its parts to the whole", async () => {
    const map = await answer<LiquidationMap>(`/v1/map/BTC?asOf=${THEN}`);
    const grid = await heatmap(`bucket=0.002&asOf=${THEN}`);
    expect([map.asOf, map.price]).toEqual([grid.asOf, grid.price]);
    const last = grid.columns.length - 1;
    const drawn = grid.cells.filter(([column]) => column === last).reduce((sum, [, , usd]) => sum + usd, 0);
    expect(map.totals.longUsd + map.totals.shortUsd).toBeGreaterThanOrEqual(drawn - 1_000);
    const parts = map.levels.flatMap((level) => Object.values(level.byExchange)).reduce((a, b) => a + b, 0);
    expect(Math.abs(parts / (map.totals.longUsd + map.totals.shortUsd) - 1)).toBeLessThan(0.03);
    expect(map.coverage.exchanges.map(({ id, modelled }) => [id, modelled])).toEqual(THREE.map((id) => [id, true]));
  });

  test.each([
    ["seconds", String(Math.floor(THEN / 1000)), /looks like seconds/],
    ["the future", String(NOW + DAY0), /future/],
    ["no number", "yesterday", /milliseconds/],
    ["before the first column", String(DAY0 - 86_400_000), /^the data reaches back to .*, asOf was/],
  ])("%s is refused by name", async (_, asOf, detail) => {
    for (const path of ["/v1/heatmap/BTC", "/v1/map/BTC"]) {
      expect(await refused(`${path}?asOf=${asOf}`)).toMatchObject({
        status: 400,
        parameter: "asOf",
        detail: expect.stringMatching(detail),
      });
    }
  });
});
