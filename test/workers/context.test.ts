// Market context from batch to answer: hub, D1 and the three routes, over a constructed quarter of an hour.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Observation } from "../../src/shared/market/observation.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { DAY_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { saveLiquidations } from "../../workers/store/context.ts";
import { pruneContext } from "../../workers/store/prune-context.ts";
import { candle, closedMinute, DAY0, fundingRate, liquidation, markPrice } from "../support/batches.ts";

vi.setConfig({ testTimeout: 30_000 });

const MINUTES = 18;
const TWO: VenueId[] = ["binance", "okx"];
const at = (minutes: number) => DAY0 + minutes * MINUTE_MS;
const NOW = at(MINUTES) + 6_000;

function depth(venue: VenueId, time: number): Observation {
  const stamps = { venue, symbol: "BTC", exchangeTime: time, receivedAt: time + 40 };
  return {
    ...stamps,
    kind: "depth",
    bids: [
      [59_990, 2],
      [59_500, 10],
    ],
    asks: [[60_010, 1]],
  };
}

async function answer<T>(path: string): Promise<T> {
  const response = await app.request(path, {}, env);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as T;
}

beforeAll(async () => {
  const vars = {
    CLOCK_MARKET_ORIGIN_MS: String(NOW),
    CLOCK_WALL_ORIGIN_MS: "0",
    CLOCK_END_MS: String(NOW),
    HISTORY_MS: String(MINUTE_MS),
    VENUES: TWO.join(","),
    SYMBOLS: "BTC",
    DATA_SOURCE: "simulated",
  };
  for (const [name, value] of Object.entries(vars)) Reflect.set(env, name, value);
  const stub = env.SYMBOL_HUB.getByName("BTC");
  for (let minute = 0; minute < MINUTES; minute++) {
    for (const venue of TWO) {
      const closed = closedMinute(venue, at(minute));
      const heard = { fromMs: at(minute < 9 ? 0 : 8.5), toMs: closed.sentAt };
      const observations: Observation[] = [
        ...closed.observations,
        depth(venue, at(minute) + 50_000),
        markPrice(venue, at(minute) + 55_000, 60_000 + minute),
        fundingRate(venue, at(minute) + 50_000, at(480), venue === "okx" ? 0.0001 : 0.0003),
        ...(venue === "okx" ? [candle(venue, at(minute), { takerBuyBase: null })] : []),
      ];
      if (minute === 3) observations.push(liquidation(venue, at(3) + 5_000), liquidation(venue, at(3) + 5_000));
      if (minute === 4 && venue === "okx") {
        observations.push(liquidation(venue, at(4) + 9_000, { side: "short", notionalUsd: 250_000 }));
      }
      const sent = { ...closed, observations };
      await stub.ingest(venue === "okx" ? sent : { ...sent, listening: minute === 8 ? null : heard });
    }
  }
  // the same reports again, hours of polls later: nothing new
  const again = closedMinute("okx", at(MINUTES - 1));
  await stub.ingest({ ...again, observations: [liquidation("okx", at(3) + 5_000), liquidation("okx", at(3) + 5_000)] });
  do await runDurableObjectAlarm(stub);
  while ((await stub.report()).waitingForD1 > 0);
}, 60_000);

interface Liquidations {
  feeds: { exchange: string; completeness: string; listening: boolean; listenedFromMs: number | null }[];
  gaps: { exchange: string; fromMs: number; toMs: number }[];
  events: { exchange: string; timeMs: number; side: string; priceKind: string; observedUsd: number }[];
  nextCursor: string | null;
  bars: {
    startMs: number;
    observedLongUsd: number | null;
    observedShortUsd: number | null;
    byExchange: Record<string, { observedLongUsd: number | null; listenedMinutes: number }>;
  }[];
}

describe("liquidations", () => {
  test("as events: each report once, newest first, with the kind of price and what the feed is", async () => {
    const body = await answer<Liquidations>("/v1/liquidations/BTC");
    expect(body.events.map(({ exchange, timeMs, side }) => [exchange, timeMs, side])).toEqual([
      ["okx", at(4) + 9_000, "short"],
      ["okx", at(3) + 5_000, "long"],
      ["okx", at(3) + 5_000, "long"],
      ["binance", at(3) + 5_000, "long"],
      ["binance", at(3) + 5_000, "long"],
    ]);
    expect(body.events[0]).toMatchObject({ priceKind: "bankruptcy", observedUsd: 250_000 });
    expect(body.nextCursor).toBeNull();
    expect(body.feeds).toMatchObject([
      { exchange: "binance", completeness: "sampled", listening: true, listenedFromMs: DAY0 },
      { exchange: "okx", completeness: "sampled", listening: false, listenedFromMs: null },
    ]);
    expect(body.gaps).toEqual([{ exchange: "binance", fromMs: at(8) + 5_000, toMs: at(8.5) }]);
  });

  test("pages follow one another without a repeat or a hole", async () => {
    const all: unknown[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Liquidations = await answer(`/v1/liquidations/BTC?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.events.length).toBeLessThanOrEqual(2);
      all.push(...page.events);
      cursor = page.nextCursor;
    }
    expect(all).toEqual((await answer<Liquidations>("/v1/liquidations/BTC")).events);
  });

  test.each([
    ["side=short", 1],
    ["side=long", 4],
    ["minUsd=100000", 1],
    ["exchange=binance", 2],
    [`from=${at(4)}`, 1],
    [`from=${at(0)}&to=${at(4)}`, 4],
  ])("%s filters", async (query, count) => {
    expect((await answer<Liquidations>(`/v1/liquidations/BTC?${query}`)).events).toHaveLength(count);
  });

  test("as bars: sums per exchange, 0 only where somebody listened", async () => {
    const body = await answer<Liquidations>("/v1/liquidations/BTC?as=bars&interval=1m");
    const bar = (minute: number) => body.bars.find(({ startMs }) => startMs === at(minute));
    expect(bar(3)).toMatchObject({ observedLongUsd: 236_000, byExchange: { okx: { observedLongUsd: 118_000 } } });
    expect(bar(5)).toMatchObject({
      observedLongUsd: 0,
      byExchange: { binance: { observedLongUsd: 0, listenedMinutes: 1 }, okx: { observedLongUsd: null } },
    });
    expect(bar(8)?.byExchange["binance"]).toMatchObject({ observedLongUsd: null, listenedMinutes: 0 });
  });
});

describe("depth", () => {
  interface Depth {
    bands: { band: number; bidUsd: number; askUsd: number; complete: boolean }[];
    exchanges: { id: string; ageMs: number; inLadder: boolean; midPrice: number }[];
    ladder: {
      price: number;
      bidUsd: number;
      askUsd: number;
      byExchange: Record<string, { bidUsd: number }>;
      estimatedLongLiquidationUsd?: number;
    }[];
    history: { startMs: number; bidUsd: number[]; byExchange: Record<string, unknown> }[];
  }

  test("has one ladder of both books, sums of the bands, and says where a book ends", async () => {
    const body = await answer<Depth>("/v1/depth/BTC");
    expect(body.bands[0]).toEqual({ band: 0.005, bidUsd: 239_960, askUsd: 120_020, complete: false });
    expect(body.bands[1]).toMatchObject({ bidUsd: 239_960 + 1_190_000 });
    expect(body.exchanges).toMatchObject(TWO.map((id) => ({ id, inLadder: true, midPrice: 60_000 })));
    expect(body.ladder).toHaveLength(3);
    expect(body.ladder[0]).toMatchObject({ bidUsd: 1_190_000, byExchange: { okx: { bidUsd: 595_000 } } });
    expect(body.ladder[0]).not.toHaveProperty("estimatedLongLiquidationUsd");
  });

  test("lays estimated levels on where asked, in fields of their own", async () => {
    const body = await answer<Depth>("/v1/depth/BTC?levels=true&bucket=0.002");
    const laid = body.ladder.filter(({ estimatedLongLiquidationUsd }) => (estimatedLongLiquidationUsd ?? 0) > 0);
    expect(laid.length).toBeGreaterThan(3);
    expect(body.ladder.reduce((sum, { bidUsd }) => sum + bidUsd, 0)).toBe(239_960 + 1_190_000);
  });

  test("of a symbol with an exchange in front is that exchange's, as liquidations are", async () => {
    const body = await answer<Depth>("/v1/depth/OKX:BTCUSDT");
    expect(body.ladder.reduce((sum, { bidUsd }) => sum + bidUsd, 0)).toBe((239_960 + 1_190_000) / 2);
    const named = await answer<Liquidations>("/v1/liquidations/OKX:BTCUSDT");
    expect(named.events).toEqual((await answer<Liquidations>("/v1/liquidations/BTC?exchange=okx")).events);
    const all = await answer<Liquidations>("/v1/liquidations/BTC");
    expect(named.events.length).toBeLessThan(all.events.length);
    const refused = await app.request("/v1/depth/OKX:BTCUSDT?exchange=binance", {}, env);
    expect([refused.status, await refused.json()]).toMatchObject([400, { parameter: "exchange" }]);
  });

  test("has history per interval", async () => {
    const body = await answer<Depth>("/v1/depth/BTC?interval=5m&exchange=okx");
    expect(body.history.map(({ startMs }) => startMs)).toEqual([at(0), at(5), at(10)]);
    expect(body.history[0]).toMatchObject({ bidUsd: [119_980, 714_980, 714_980] });
    expect(Object.keys(body.history[0]?.byExchange ?? {})).toEqual(["okx"]);
  });
});

describe("bars", () => {
  interface Bars {
    cvdFromMs: number;
    bars: Record<string, number | string | null>[];
    totals: Record<string, number | null>[];
  }
  const bar = (body: Bars, exchange: string, startMs: number) =>
    body.bars.find((one) => one["exchange"] === exchange && one["startMs"] === startMs);

  test.each([
    ["1m", 1],
    ["5m", 5],
  ])(
    "of %s carry prices, running funding, depth, taker flow and its running sum; unknown is null",
    async (interval, n) => {
      const body = await answer<Bars>(`/v1/bars/BTC?interval=${interval}&from=${DAY0}`);
      const start = at(5);
      expect(body.cvdFromMs).toBe(DAY0);
      expect(bar(body, "binance", start)).toMatchObject({
        takerBuyBase: 18 * n,
        takerSellBase: 22 * n,
        cvdBase: -4 * (5 + n),
        runningFundingRate: 0.0003,
        markPrice: 60_004 + n,
        indexPrice: null,
        depth: { bidUsd: [119_980, 714_980, 714_980] },
      });
      expect(bar(body, "okx", start)).toMatchObject({ runningFundingRate: 0.0001, markPrice: 60_004 + n });
      const total = body.totals.find(({ startMs }) => startMs === start);
      expect(total?.["fundingRate8h"]).toBeGreaterThan(0.0002);
      expect(total?.["fundingRate8h"]).toBeLessThan(0.0003);
    },
  );

  test("open interest changes are those of the sizes", async () => {
    const body = await answer<Bars>(`/v1/bars/BTC?exchange=okx&from=${DAY0}`);
    const [a, b] = [bar(body, "okx", at(6)), bar(body, "okx", at(7))];
    const change = Number(b?.["openInterestBase"]) - Number(a?.["openInterestBase"]);
    expect(b).toMatchObject({ longOpenInterestChangeBase: change, shortOpenInterestChangeBase: change });
  });
});

describe("refused, with the parameter named", () => {
  test.each([
    ["/v1/liquidations/BTC?nope=1", "nope"],
    ["/v1/liquidations/BTC?as=candles", "as"],
    ["/v1/liquidations/BTC?as=bars&minUsd=1", "minUsd"],
    ["/v1/liquidations/BTC?as=bars&side=long", "side"],
    ["/v1/liquidations/BTC?interval=5m", "interval"],
    ["/v1/liquidations/BTC?cursor=zzz", "cursor"],
    ["/v1/liquidations/BTC?minUsd=-1", "minUsd"],
    ["/v1/liquidations/BTC?limit=0", "limit"],
    ["/v1/liquidations/BTC?from=1767225600", "from"],
    ["/v1/liquidations/BTC?exchange=bybit", "exchange"],
    ["/v1/liquidations/NOPE", "symbol"],
    ["/v1/depth/NOPE", "symbol"],
    ["/v1/depth/BTC?levels=1", "levels"],
    ["/v1/depth/BTC?bucket=0.0001", "bucket"],
    [`/v1/depth/BTC?from=${DAY0}`, "from"],
    ["/v1/depth/BTC?interval=3m", "interval"],
    ["/v1/depth/BTC?leverage=5", "leverage"],
    ["/v1/bars/BTC?limit=1501", "limit"],
    [`/v1/bars/BTC?from=${DAY0}&to=${DAY0}`, "from"],
  ])("%s", async (path, parameter) => {
    const response = await app.request(path, {}, env);
    expect(await response.json()).toMatchObject({ status: response.status, parameter });
    expect(response.status).toBe(parameter === "symbol" ? 404 : 400);
  });
});

test("events past their keep are pruned, fine columns too, the rest stays", async () => {
  const count = async (table: string) => await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first("n");
  const [event] = [liquidation("okx", at(-2 * 1_440))];
  await saveLiquidations(env.DB, [{ ...event, atMs: event.exchangeTime, receivedMs: event.receivedAt, ordinal: 0 }]);
  expect(await count("liquidation_events")).toBe(6);
  await pruneContext(env.DB, NOW, DAY_MS);
  expect(await count("liquidation_events")).toBe(5);
  const columns = await count("context_columns");
  await pruneContext(env.DB, NOW + 20 * DAY_MS, 365 * DAY_MS);
  expect(await count("context_columns")).toBeLessThan(Number(columns));
  expect(await count("liquidation_events")).toBe(5);
});
