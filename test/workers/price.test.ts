// The price of an answer is that of the exchange it is about, now and at an earlier moment: two exchanges that differ.
import { runDurableObjectAlarm } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { batch, candle, DAY0, markPrice, openInterest, priceAt } from "../support/batches.ts";
import { heatmap, type LiquidationMap } from "./answers.ts";
import { answer, endOf, startMarketOf } from "./market.ts";
import { call } from "./mcp-client.ts";

vi.setConfig({ testTimeout: 30_000 });

const MINUTES = 90;
const APART = 30;
/** OKX is this much dearer, as a fraction: more than a level of the map. */
const DEARER = 0.004;
const LAST = MINUTES + APART - 1;
/** End of the last column of every width up to 30 minutes, as combined filters have them. */
const THEN = DAY0 + (MINUTES + APART) * MINUTE_MS;

const factorOf = (venue: VenueId) => (venue === "okx" ? 1 + DEARER : 1);
const closeOf = (venue: VenueId) => priceAt(DAY0 + (LAST + 1) * MINUTE_MS) * factorOf(venue);

/** A minute as `closedMinute` has it, at the exchange's own price. */
function minuteOf(venue: VenueId, minuteMs: number) {
  const endMs = minuteMs + MINUTE_MS;
  const own = candle(venue, minuteMs);
  const factor = factorOf(venue);
  const prices = { open: own.open * factor, high: own.high * factor, low: own.low * factor, close: own.close * factor };
  const observations = [
    { ...own, ...prices },
    openInterest(venue, endMs - 2_000),
    markPrice(venue, endMs + 4_000, closeOf(venue)),
  ];
  return batch(venue, endMs + 5_000, observations);
}

beforeAll(async () => {
  const clock = String(endOf(MINUTES + APART));
  const vars = { CLOCK_MARKET_ORIGIN_MS: clock, CLOCK_END_MS: clock, VENUES: "binance,bybit,okx" };
  await startMarketOf({ minutes: MINUTES, venues: ["binance", "okx"], vars });
  const hub = env.SYMBOL_HUB.getByName("BTC");
  for (let i = MINUTES; i <= LAST; i++) {
    for (const venue of ["binance", "okx"] as const) await hub.ingest(minuteOf(venue, DAY0 + i * MINUTE_MS));
  }
  while ((await hub.report()).waitingForD1 > 0) await runDurableObjectAlarm(hub);
}, 60_000);

const CASES: [query: string, of: VenueId][] = [
  ["", "binance"],
  ["exchange=binance", "binance"],
  ["exchange=okx", "okx"],
  // the first of those chosen that is in the map
  ["exchange=bybit,okx", "okx"],
];

describe.each(CASES)("with %j", (query, of) => {
  const filter = query === "" ? {} : { exchange: query.split("=")[1] ?? "" };

  test("heatmap and map, now", async () => {
    const grid = await heatmap(query);
    expect(grid.price).toBeCloseTo(closeOf(of), 2);
    expect(grid.candles.at(-1)?.[4]).toBeCloseTo(grid.price, 2);
    expect((await answer<LiquidationMap>(`/v1/map/BTC?${query}`)).price).toBe(grid.price);
  });

  test("heatmap and map, as of an earlier moment", async () => {
    const grid = await heatmap(`${query}&asOf=${THEN}`);
    expect(grid.asOf).toBe(THEN);
    expect(grid.price).toBeCloseTo(closeOf(of), 2);
    expect(grid.candles.at(-1)?.[4]).toBeCloseTo(grid.price, 2);
    expect((await answer<LiquidationMap>(`/v1/map/BTC?${query}&asOf=${THEN}`)).price).toBeCloseTo(grid.price, 2);
  });

  test("an assistant's distances", async () => {
    const { structuredContent } = await call<{
      price: number;
      levels: { price: number; distancePercent: number }[];
    }>("get_levels_near_price", { symbol: "BTC", ...filter });
    const { price, levels } = structuredContent;
    expect(price).toBeCloseTo(closeOf(of), 2);
    expect(levels.length).toBeGreaterThan(0);
    for (const level of levels) expect(level.distancePercent).toBeCloseTo((level.price / price - 1) * 100, 1);
  });

  test("a stream's first message", async () => {
    const { webSocket } = await exports.default.fetch(`http://faultline/v1/stream?symbol=BTC&format=json&${query}`, {
      headers: { upgrade: "websocket" },
    });
    const told = new Promise<string>((resolve) => {
      webSocket?.addEventListener("message", (event) => resolve(String(event.data)), { once: true });
    });
    webSocket?.accept();
    const { price, candle: running } = JSON.parse(await told) as { price: number; candle: { close: number } | null };
    webSocket?.close();
    expect(price).toBeCloseTo(closeOf(of), 2);
    if (running !== null) expect(running.close).toBe(price);
  });
});

test("the compatible map tells it in meta", async () => {
  const of = async (exchange: string) =>
    (
      await answer<{ meta: { price: number } }>(
        `/api/futures/liquidation/map?exchange=${exchange}&symbol=BTC&range=24h`,
      )
    ).meta.price;
  expect(await of("OKX")).toBeCloseTo(closeOf("okx"), 2);
  expect(await of("Binance")).toBeCloseTo(closeOf("binance"), 2);
});

test("an exchange that is not in the map has none", async () => {
  for (const query of ["exchange=bybit", `exchange=bybit&asOf=${THEN}`]) {
    expect(await heatmap(query)).toMatchObject({ price: null, cells: [] });
    expect(await answer(`/v1/map/BTC?${query}`)).toMatchObject({ price: null, levels: [], cumulative: [] });
  }
});
