// The tools of /mcp on a constructed market: small summaries, observed beside estimated, never in one field.

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { emptyContext } from "../../durable-objects/hub/context-state.ts";
import type { ContextColumn } from "../../src/shared/market/context.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { HOUR_MS, intervalStart, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { saveContext } from "../../workers/store/context.ts";
import { NOW, saveObserved, saveReported, startMarket } from "./market.ts";
import { call } from "./mcp-client.ts";

vi.setConfig({ testTimeout: 30_000 });

/** From the first column that begins within four hours to the newest closed one. */
const CLOSED_MINUTES =
  (intervalStart(NOW, 5 * MINUTE_MS) - Math.ceil((NOW - 4 * HOUR_MS) / (5 * MINUTE_MS)) * 5 * MINUTE_MS) / MINUTE_MS;
const HALF_AN_HOUR_AGO = NOW - 30 * MINUTE_MS;

/** The last `count` closed five-minute columns of context, with nothing in them but who was listened to. */
function listenedColumns(symbol: string, count: number, minutes: Partial<Record<VenueId, number>>): ContextColumn[] {
  const intervalMs = 5 * MINUTE_MS;
  const venues = Object.fromEntries(
    Object.entries(minutes).map(([venue, listenedMinutes]) => [venue, { ...emptyContext(), listenedMinutes }]),
  );
  const endMs = intervalStart(NOW, intervalMs);
  return Array.from({ length: count }, (_, i) => ({
    ...{ symbol, intervalMs, venues },
    startMs: endMs - (count - i) * intervalMs,
  }));
}

beforeAll(async () => {
  await startMarket();
  await saveReported("binance", [
    [HALF_AN_HOUR_AGO, "long", 40_000.4],
    [HALF_AN_HOUR_AGO + 5, "short", 9_000],
    [NOW - 3 * HOUR_MS, "long", 1_000],
    [NOW - 6 * HOUR_MS, "long", 500_000],
  ]);
  await saveReported("okx", [[NOW, "short", 70_000]]);
  // sums of minutes are another source, and are not what the tools speak of
  await saveObserved("binance", [[NOW - 6_000 - 20 * MINUTE_MS, 123_456, 0]]);
  // Binance was listened to all the time, OKX for a minute of each column, Bybit not once
  await saveContext(env.DB, listenedColumns("ETH", 30, { binance: 5, okx: 1 }));
}, 60_000);

describe("tools", () => {
  test("markets", async () => {
    const { structuredContent } = await call<{ markets: { symbol: string; price: number | null }[] }>("list_markets");
    expect(structuredContent.markets.map((market) => market.symbol)).toEqual(["BTC", "ETH"]);
    expect(structuredContent.markets[0]?.price).toBeGreaterThan(0);
    expect(structuredContent).toMatchObject({ dataSource: "simulated" });
  });

  test("a summary is small, its largest levels on the right sides, observed beside estimated", async () => {
    const { structuredContent, content } = await call<{
      estimatedLongUsd: number;
      largestBelow: { distancePercent: number; estimatedUsd: number; side: string }[];
      largestAbove: { distancePercent: number }[];
    }>("get_heatmap_summary", { symbol: "BTC" });
    expect(content[0]?.text.length).toBeLessThan(3_000);
    expect(structuredContent.estimatedLongUsd).toBeGreaterThan(1e6);
    expect(structuredContent.largestBelow).toHaveLength(5);
    expect(structuredContent.largestBelow.every((level) => level.distancePercent < 0)).toBe(true);
    expect(structuredContent.largestAbove.every((level) => level.distancePercent > 0)).toBe(true);
    const eth = await call("get_heatmap_summary", { symbol: "ETH" });
    expect(eth.structuredContent).toMatchObject({
      price: null,
      largestBelow: [],
      observedLast24h: { observedLongUsd: 541_000, observedShortUsd: 79_000, observedCount: 5 },
    });
  });

  test("levels near a price are near, and as many as asked for", async () => {
    const { structuredContent } = await call<{ levels: { distancePercent: number }[] }>("get_levels_near_price", {
      symbol: "btcusdt",
      withinPercent: 3,
      limit: 4,
    });
    expect(structuredContent.levels).toHaveLength(4);
    expect(structuredContent.levels.every((level) => Math.abs(level.distancePercent) <= 3)).toBe(true);
  });

  test("the change is signed", async () => {
    const { structuredContent } = await call<{ grew: { estimatedUsd: number }[]; shrank: { estimatedUsd: number }[] }>(
      "get_delta",
      { symbol: "BTC", period: "1h" },
    );
    expect(structuredContent.grew.every((level) => level.estimatedUsd > 0)).toBe(true);
    expect(structuredContent.shrank.every((level) => level.estimatedUsd < 0)).toBe(true);
    expect(structuredContent.grew.length + structuredContent.shrank.length).toBeGreaterThan(0);
  });

  test("recent liquidations are single reports, summed per hour and exchange, and what each feed can show", async () => {
    const { structuredContent, content } = await call<Record<string, unknown>>("get_recent_liquidations", {
      symbol: "ETH",
    });
    expect(structuredContent).toMatchObject({
      asOf: NOW,
      dataSource: "simulated",
      fromMs: NOW - 4 * HOUR_MS,
      closedMinutes: CLOSED_MINUTES,
      observedLongUsd: 41_000,
      observedShortUsd: 79_000,
      observedCount: 4,
      largest: [
        { exchange: "okx", timeMs: NOW, side: "short", price: 3_005, observedUsd: 70_000 },
        { exchange: "binance", timeMs: HALF_AN_HOUR_AGO, side: "long", observedUsd: 40_000 },
        { observedUsd: 9_000 },
        { observedUsd: 1_000 },
      ],
      feeds: [
        { exchange: "binance", completeness: "sampled", listenedMinutes: 150, observedCount: 3 },
        { exchange: "bybit", completeness: "all", listenedMinutes: 0, observedCount: 0 },
        { exchange: "okx", completeness: "sampled", listenedMinutes: 30, observedShortUsd: 70_000 },
      ],
    });
    expect(JSON.stringify(structuredContent)).not.toContain("estimated");
    expect(content[0]?.text.length).toBeLessThan(2_000);
    const hours = structuredContent["hours"] as { startMs: number; observedCount: number }[];
    expect(hours.every(({ startMs }) => startMs % HOUR_MS === 0)).toBe(true);
    expect(hours.reduce((sum, hour) => sum + hour.observedCount, 0)).toBe(4);
  });

  test("an exchange, more hours and fewer rows can be asked for, the exchange in the symbol too", async () => {
    const { structuredContent } = await call("get_recent_liquidations", {
      symbol: "BINANCE:ETHUSDT",
      hours: 8,
      limit: 1,
    });
    expect(structuredContent).toMatchObject({
      observedLongUsd: 541_000,
      largest: [{ observedUsd: 500_000 }],
      feeds: [{ exchange: "binance" }],
    });
  });

  test("the model explains itself", async () => {
    const { structuredContent } = await call<{ explanation: string[] }>("explain_model");
    expect(structuredContent.explanation.join(" ")).toContain("no exact prices");
  });
});
