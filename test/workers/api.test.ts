// What every answer of the API has in common, and the routes about the deployment itself.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import type { FeedFacts } from "../../workers/api/schema/feed-facts.ts";
import { type Bars, type Envelope, type Heatmap, refused } from "./answers.ts";
import { answer, NOW, request, startMarket, THREE } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

describe("every answer", () => {
  test.each(["/v1/status", "/v1/symbols", "/v1/exchanges", "/v1/heatmap/BTC", "/v1/map/BTC", "/v1/bars/BTC"])(
    "%s says when, by which model, from what, and how much of the market it covers",
    async (path) => {
      const body = await answer<Envelope>(path);
      expect(body).toMatchObject({
        asOf: expect.any(Number),
        modelVersion: expect.stringMatching(/./),
        dataSource: "simulated",
      });
      expect(body.coverage.exchanges.map(({ id, state }) => [id, state])).toEqual(THREE.map((id) => [id, "live"]));
      for (const exchange of body.coverage.exchanges) {
        expect(exchange.ageMs).toBeLessThan(10_000);
        expect(exchange.openInterestUsd).toBeGreaterThan(1e8);
      }
      expect(body.coverage.ratio).toBeCloseTo(1, 6);
    },
  );

  test("may be read from any page and carries the request's id", async () => {
    for (const path of ["/v1/status", "/v1/heatmap/NOPE", "/v1/nope"]) {
      const response = await request(path, { headers: { origin: "https://example.org" } });
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(response.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test("a preflight is answered with the methods that are taken", async () => {
    const response = await request("/v1/heatmap/BTC", {
      method: "OPTIONS",
      headers: { origin: "https://example.org", "access-control-request-method": "GET" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-methods")).toContain("GET");
  });

  test.each(["BTC", "btc", "BTCUSDT", "BINANCE:BTCUSDT", "BTC-USDT-SWAP", "BTC-PERP"])(
    "a symbol written as %s is the coin",
    async (text) => {
      const body = await answer<{ symbol: string }>(`/v1/heatmap/${encodeURIComponent(text)}`);
      expect(body.symbol).toBe("BTC");
    },
  );
});

describe("a symbol with an exchange in front", () => {
  test("means that exchange only", async () => {
    const own = await answer<Heatmap>("/v1/heatmap/OKX%3ABTC-USDT-SWAP");
    expect(own).toMatchObject({ symbol: "BTC", filter: { exchange: ["okx"] } });
    expect(own.coverage.exchanges.map(({ id }) => id)).toEqual(["okx"]);
    const { bars } = await answer<Bars>("/v1/bars/OKX%3ABTCUSDT?limit=5");
    expect(new Set(bars.map(({ exchange }) => exchange))).toEqual(new Set(["okx"]));
  });

  test("may repeat it in the filter, and not contradict it", async () => {
    expect((await request("/v1/map/okx%3ABTC?exchange=okx")).status).toBe(200);
    const problem = await refused("/v1/map/okx%3ABTC?exchange=okx,bybit");
    expect(problem).toMatchObject({ status: 400, parameter: "exchange", accepted: ["okx"] });
    expect(await refused("/v1/map/HYPERLIQUID%3ABTC")).toMatchObject({ parameter: "exchange", accepted: THREE });
    expect(await refused("/v1/map/NYSE%3ABTC")).toMatchObject({ status: 404, code: "unknown-symbol" });
  });
});

describe("status, symbols and exchanges", () => {
  test("the status shows conservation of every exchange and that nothing waits", async () => {
    const body = await answer<{
      conservation: { ok: boolean; worst: number };
      symbols: { symbol: string; waitingForD1: number; exchanges: { conservationError: number }[] }[];
    }>("/v1/status");
    expect(body.conservation.ok).toBe(true);
    expect(body.conservation.worst).toBeLessThanOrEqual(1e-6);
    expect(body.symbols.map((one) => one.symbol)).toEqual(["BTC", "ETH"]);
    expect(body.symbols[0]).toMatchObject({ waitingForD1: 0, historyProgress: 1 });
    expect(body.symbols[0]?.exchanges).toHaveLength(3);
  });

  test("a symbol that has no data yet is listed without a price, not invented", async () => {
    const { symbols } = await answer<{ symbols: object[] }>("/v1/symbols");
    expect(symbols[0]).toMatchObject({ symbol: "BTC", thin: false, exchanges: THREE });
    expect(symbols[1]).toMatchObject({ symbol: "ETH", price: null, openInterestUsd: null, exchanges: [] });
    const map = await answer<Heatmap>("/v1/heatmap/ETH");
    expect(map).toMatchObject({ price: null, columns: [], cells: [], candles: [] });
  });

  test.each([
    "/v1/heatmap/BTC",
    `/v1/heatmap/BTC?asOf=${NOW - 60 * MINUTE_MS}`,
    "/v1/map/BTC",
    `/v1/map/BTC?asOf=${NOW - 60 * MINUTE_MS}`,
    "/v1/bars/BTC",
    "/v1/liquidations/BTC",
    "/v1/depth/BTC",
  ])("%s says whether its market is thin", async (path) => {
    expect((await answer<Envelope>(path)).coverage).toMatchObject({ thin: false });
  });

  test("each exchange says what it does not offer", async () => {
    const { exchanges } = await answer<{ exchanges: { id: string; name: string; lacks: unknown[] }[] }>(
      "/v1/exchanges",
    );
    expect(exchanges.map((one) => one.id)).toEqual(THREE);
    expect(exchanges.every((one) => one.name !== "" && Array.isArray(one.lacks))).toBe(true);
  });

  test("each exchange shows its feed's budget, refusals, stream and what was not believed", async () => {
    const { exchanges } = await answer<{ exchanges: { id: string; feed: FeedFacts }[] }>("/v1/exchanges");
    for (const { feed } of exchanges) {
      expect(feed).toMatchObject({
        skewMs: null,
        breaker: { state: "closed", cause: null, reason: null, untilMs: null, waits: 0 },
        deferred: 0,
        lastReasons: {},
        budget: { used: 0, windowMs: expect.any(Number) },
        rejects: {},
        quarantined: { count: 0, last: null },
      });
      if (feed?.stream === undefined || feed.stream === null) continue;
      expect(feed.stream).toMatchObject({ state: "idle", reason: null, reconnects: 0, lastGap: null });
      expect(feed.stream.rules).toMatchObject({
        silenceMs: expect.any(Number),
        source: expect.stringMatching("https:"),
      });
    }
    // the rules that each exchange documents, as they are kept
    const rules = exchanges.map(({ id, feed }) => [id, feed?.stream?.rules.pingMs, feed?.stream?.rules.heardWithinMs]);
    expect(rules).toContainEqual(["bybit", 15_000, 20_000]);
    const { clockSkewMs } = await answer<{ clockSkewMs: object }>("/v1/status");
    expect(Object.keys(clockSkewMs)).toEqual(THREE);
  });
});

describe("openapi.json", () => {
  test("lists every route of the API", async () => {
    const { paths } = await answer<{ paths: Record<string, unknown> }>("/openapi.json");
    const routes = app.routes
      .filter(({ method, path }) => method === "GET" && path.startsWith("/v1/"))
      .map(({ path }) => path.replace(/:(\w+)/g, "{$1}"));
    for (const { method, path } of app.routes.filter((one) => ["POST", "DELETE"].includes(one.method)))
      expect(paths[path.replace(/:(\w+)/g, "{$1}")]).toHaveProperty(method.toLowerCase());
    expect(routes.length).toBeGreaterThan(5);
    for (const path of routes) expect(paths[path]).toHaveProperty("get");
  });
});
