// End to end: the cron starts a feed, the feed asks an exchange of our own making, the hub models, D1 and KV are filled.
import {
  createExecutionContext,
  createScheduledController,
  runDurableObjectAlarm,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { decodeColumns } from "../../src/shared/tile/column-codec.ts";
import { decodeHot } from "../../src/shared/tile/hot-columns.ts";
import { LAYERS } from "../../src/shared/tile/layer.ts";
import { decodeTile } from "../../src/shared/tile/tile-codec.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { scheduled } from "../../workers/ingest/scheduled.ts";

vi.setConfig({ testTimeout: 30_000 });

const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });

const priceAt = (time: number) => 90_000 + 600 * Math.sin(time / 2_500_000);

function kline(open: number): unknown[] {
  const [first, last] = [priceAt(open), priceAt(open + MINUTE_MS)];
  const [high, low] = [Math.max(first, last) + 20, Math.min(first, last) - 20];
  const numbers = [first, high, low, last, 12].map(String);
  return [open, ...numbers, open + MINUTE_MS - 1, "1080000", 9, "6", "540000", "0"];
}

/** A Binance with one coin and minutes for as far back as anybody asks. */
function binance(url: string): Response {
  const { pathname, searchParams } = new URL(url);
  const now = Date.now();
  const symbol = searchParams.get("symbol") ?? "BTCUSDT";
  if (pathname.endsWith("/openInterest")) return json({ symbol, openInterest: "81000.5", time: now });
  if (pathname.endsWith("/premiumIndex")) {
    const row = { symbol: "BTCUSDT", markPrice: String(priceAt(now)), indexPrice: "90001", lastFundingRate: "0.0001" };
    return json([{ ...row, nextFundingTime: now + 60 * MINUTE_MS, time: now }]);
  }
  if (pathname.endsWith("/klines")) {
    const limit = Number(searchParams.get("limit") ?? 500);
    const end = Math.min(Number(searchParams.get("endTime") ?? now), now);
    const from = Number(searchParams.get("startTime") ?? end - limit * MINUTE_MS);
    const rows: unknown[] = [];
    for (let open = Math.ceil(from / MINUTE_MS) * MINUTE_MS; open <= end && rows.length < limit; open += MINUTE_MS) {
      rows.push(kline(open));
    }
    return json(rows);
  }
  if (pathname.includes("/futures/data/openInterestHist")) {
    const from = Number(searchParams.get("startTime") ?? now - 30 * MINUTE_MS);
    const rows: unknown[] = [];
    const step = 5 * MINUTE_MS;
    for (let at = Math.ceil(from / step) * step; at <= now && rows.length < 500; at += step) {
      rows.push({ symbol: "BTCUSDT", sumOpenInterest: "80500.25", sumOpenInterestValue: "7245000000", timestamp: at });
    }
    return json(rows);
  }
  if (pathname.endsWith("/depth")) {
    const [bid, ask] = [priceAt(now) - 10, priceAt(now) + 10];
    const asks = [[String(ask), "1"]];
    return json({
      lastUpdateId: 1,
      E: now,
      T: now,
      bids: [
        [String(bid), "2"],
        [String(bid * 0.97), "5"],
      ],
      asks,
    });
  }
  if (pathname.includes("/futures/data/") || pathname.endsWith("/fundingRate")) return json([]);
  const contract = { contractType: "PERPETUAL", status: "TRADING", quoteAsset: "USDT", marginAsset: "USDT" };
  return json({ symbols: [{ ...contract, symbol: "BTCUSDT", pair: "BTCUSDT", baseAsset: "BTC" }] });
}

afterEach(() => {
  vi.restoreAllMocks();
});

async function gunzip(body: ArrayBuffer): Promise<Uint8Array> {
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

test("from the cron to D1, KV and an answer of the API", async () => {
  const vars = { SYMBOLS: "BTC", VENUES: "binance", BINANCE_STREAM: "off", HISTORY_MS: String(60 * MINUTE_MS) };
  for (const [name, value] of Object.entries(vars)) Reflect.set(env, name, value);
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => binance(String(input)));

  const context = createExecutionContext();
  await scheduled(createScheduledController({ scheduledTime: new Date(0), cron: "* * * * *" }), env, context);
  await waitOnExecutionContext(context);
  const feed = env.VENUE_FEED.getByName("binance#1");
  const hub = env.SYMBOL_HUB.getByName("BTC");
  // the alarms fired by hand: polls, answers to the hub's request for history, then the hub's own writing
  for (let i = 0; i < 6 && ((await hub.report()).venues[0]?.modelledToMs ?? 0) < Date.now() - 4 * MINUTE_MS; i++) {
    await runDurableObjectAlarm(feed);
  }
  const report = await hub.report();
  expect((await feed.report()).counters).toMatchObject({ bugs: 0, hubFailures: 0 });
  expect(report.venues[0]?.modelledToMs).toBeGreaterThan(Date.now() - 4 * MINUTE_MS);
  expect(report.worstConservationError).toBeLessThanOrEqual(1e-6);
  expect(await runInDurableObject(hub, (_, state) => state.storage.getAlarm())).not.toBeNull();
  await runDurableObjectAlarm(hub);
  while ((await hub.report()).waitingForD1 > 0) await runDurableObjectAlarm(hub);
  await runDurableObjectAlarm(hub);

  const minutes = await env.DB.prepare(
    "SELECT count(*) AS n, min(close) AS low, max(open_interest_base) AS interest FROM minute_bars WHERE symbol = 'BTC' AND venue = 'binance' AND close IS NOT NULL",
  ).first<{ n: number; low: number; interest: number }>();
  expect(minutes?.n).toBeGreaterThanOrEqual(55);
  expect(minutes?.low).toBeGreaterThan(89_000);
  expect(minutes?.interest).toBeGreaterThan(80_000);
  const widths = await env.DB.prepare("SELECT DISTINCT interval_ms AS width FROM columns ORDER BY 1").all<{
    width: number;
  }>();
  expect(widths.results.map((row) => row.width / MINUTE_MS)).toEqual(expect.arrayContaining([5, 15]));
  const tile = await env.DB.prepare(
    "SELECT body, column_count AS n FROM tiles WHERE layer = 'total' AND interval_ms = 300000 ORDER BY tile_index DESC",
  ).first<{ body: number[]; n: number }>();
  const decoded = decodeTile(await gunzip(Uint8Array.from(tile?.body ?? []).buffer));
  if ("error" in decoded) throw new Error(decoded.error);
  expect(decoded.columns).toHaveLength(tile?.n ?? -1);
  expect(decoded.columns.at(-1)?.long.codes.length).toBeGreaterThan(10);

  const hot = decodeHot(new Uint8Array((await env.TILES.get("hot/BTC", "arrayBuffer")) ?? []));
  if ("error" in hot) throw new Error(hot.error);
  expect(hot.length).toBeGreaterThanOrEqual(5);
  expect(hot.at(-1)?.endMs).toBe((decoded.columns.at(-1)?.startMs ?? 0) + 5 * MINUTE_MS);
  const columns = decodeColumns(hot.at(-1)?.layers ?? new Uint8Array());
  if ("error" in columns) throw new Error(columns.error);
  expect(columns).toHaveLength(LAYERS.length);
  const described = JSON.parse(new TextDecoder().decode(hot.at(-1)?.columns)) as { intervalMs: number }[];
  expect(described.map(({ intervalMs }) => intervalMs)).toContain(5 * MINUTE_MS);

  const response = await app.request("/v1/heatmap/BTC?range=12h", {}, env);
  const map = (await response.json()) as { cells: unknown[]; columns: number[]; dataSource: string; price: number };
  expect([response.status, map.dataSource]).toEqual([200, "live"]);
  expect(map.columns.length).toBeGreaterThanOrEqual(10);
  expect(map.cells.length).toBeGreaterThan(200);
  expect(Math.abs(map.price / priceAt(Date.now()) - 1)).toBeLessThan(0.01);

  const depth = await (await app.request("/v1/depth/BTC?levels=true", {}, env)).json();
  expect(depth).toMatchObject({ exchanges: [{ id: "binance", inLadder: true, bands: [{ band: 0.005 }, {}, {}] }] });
  const { ladder } = depth as { ladder: { bidUsd: number; askUsd: number; estimatedLongLiquidationUsd: number }[] };
  expect(ladder.filter(({ bidUsd }) => bidUsd > 0)).toHaveLength(2);
  expect(ladder.filter(({ askUsd }) => askUsd > 0)).toHaveLength(1);
  expect(ladder.some(({ estimatedLongLiquidationUsd }) => estimatedLongLiquidationUsd > 0)).toBe(true);
});

test("what D1 does not take stays with the hub and is written when D1 is back", async () => {
  const hub = env.SYMBOL_HUB.getByName("BTC");
  await runInDurableObject(hub, (_, { storage }) => {
    storage.sql.exec("INSERT INTO outbox (kind, body) VALUES ('minutes', ?)", JSON.stringify([LATE]));
  });
  vi.spyOn(console, "error").mockImplementation(() => {});
  const broken = vi.spyOn(env.DB, "prepare").mockImplementation(() => {
    throw new Error("D1 is away");
  });
  await runInDurableObject(hub, (instance) => instance.alarm());
  expect((await hub.report()).waitingForD1).toBe(1);
  const stored = () => {
    broken.mockRestore();
    return env.DB.prepare("SELECT missing_reason FROM minute_bars WHERE minute_ms = 60000").first();
  };
  expect(await stored()).toBeNull();
  await runInDurableObject(hub, (instance) => instance.alarm());
  expect((await hub.report()).waitingForD1).toBe(0);
  expect(await stored()).toEqual({ missing_reason: "a test" });
});

const LATE = {
  venue: "binance",
  symbol: "BTC",
  minute: { type: "missing", minuteMs: 60_000, reason: "a test" },
};
