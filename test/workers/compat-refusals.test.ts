// The compatible surface's limits and errors: a true status, its number as a string, the parameter by name.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { DAY_MS } from "../../src/shared/time/clock.ts";
import { DAY0 } from "../support/batches.ts";
import { NOW, request, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
const BASE = "/api/futures/liquidation";

beforeAll(startMarket, 60_000);

describe("limits", () => {
  const used = async (path: string, address = "203.0.113.77") => {
    const { headers } = await request(path, { headers: { "cf-connecting-ip": address } });
    return [headers.get("api-key-max-limit"), headers.get("api-key-use-limit")];
  };

  test("every answer says what the limiter counted, refusals too", async () => {
    expect(await used("/api/futures/supported-coins")).toEqual(["300", "1"]);
    expect(await used(`${BASE}/max-pain?range=never`)).toEqual(["300", "2"]);
    expect(await used("//api/futures/supported-coins")).toEqual(["300", "3"]);
    expect(await used("/api/futures/supported-coins", "203.0.113.78")).toEqual(["300", "1"]);
  });
});

describe("errors", () => {
  test.each([
    ["heatmap/model1?exchange=Binance&symbol=BTCUSDT&range=2h", 400, "range"],
    ["heatmap/model1?exchange=Binance&symbol=BTCUSDT", 400, "range"],
    ["heatmap/model4?exchange=Binance&symbol=BTCUSDT&range=24h", 400, "model"],
    ["heatmap/model1?symbol=BTCUSDT&range=24h", 400, "exchange"],
    ["heatmap/model1?exchange=Nope&symbol=BTCUSDT&range=24h", 400, "exchange"],
    ["heatmap/model1?exchange=Hyperliquid&symbol=BTC&range=24h", 400, "exchange"],
    ["heatmap/model3?exchange=Binance&symbol=BTCUSDT&range=30d", 400, "range"],
    ["aggregated-heatmap/model1?symbol=DOGE&range=24h", 404, "symbol"],
    ["heatmap/model1?exchange=Binance&symbol=OKX:BTCUSDT&range=24h", 400, "symbol"],
    ["map?exchange=Binance&symbol=OKX:BTCUSDT&range=1d", 400, "symbol"],
    ["order?exchange=Binance&symbol=OKX:BTCUSDT", 400, "symbol"],
    ["history?exchange=Binance&symbol=OKX:BTC&interval=1h", 400, "symbol"],
    ["aggregated-heatmap/model1?symbol=OKX:BTCUSDT&range=24h", 400, "symbol"],
    ["aggregated-map?symbol=OKX:BTCUSDT&range=1d", 400, "symbol"],
    ["aggregated-history?exchange_list=Binance,OKX&symbol=OKX:BTC&interval=1h", 400, "symbol"],
    ["exchange-list?range=1h&symbol=OKX:BTCUSDT", 400, "symbol"],
    ["map?exchange=Binance&symbol=BTCUSD_PERP&range=1d", 404, "symbol"],
    ["map?exchange=Bybit&symbol=BTCUSD&range=1d", 404, "symbol"],
    ["map?exchange=OKX&symbol=BTC-USD-SWAP&range=1d", 404, "symbol"],
    ["aggregated-heatmap/model1?symbol=BTCUSD_PERP&range=24h", 404, "symbol"],
    ["aggregated-heatmap/model1?symbol=BTC&range=24h&colour=red", 400, "colour"],
    ["history?exchange=Binance&symbol=BTC&interval=7m", 400, "interval"],
    ["history?exchange=Binance&symbol=BTC&interval=1h&limit=1001", 400, "limit"],
    [`history?exchange=Binance&symbol=BTC&interval=1h&start_time=${DAY0 / 1_000}`, 400, "start_time"],
    [`order?exchange=Binance&symbol=BTC&start_time=${NOW - 1}&end_time=${NOW - 2}`, 400, "start_time"],
    [`order?exchange=Binance&symbol=BTC&start_time=${NOW - 9 * DAY_MS}&end_time=${NOW - 8 * DAY_MS}`, 400, "end_time"],
    [`history?exchange=Binance&symbol=BTC&interval=1h&start_time=${NOW - 1}&end_time=${NOW - 2}`, 400, "start_time"],
    ["order?exchange=Binance&symbol=BTC&min_liquidation_amount=lots", 400, "min_liquidation_amount"],
    ["exchange-list?range=9h", 400, "range"],
    ["nope", 404, undefined],
    [`max-pain?range=${"x".repeat(10_000)}`, 400, undefined],
  ])("%s: a true status, and its code as a string", async (path, status, parameter) => {
    const response = await request(`${BASE}/${path}`);
    const body = (await response.json()) as { code: string; msg: string; error: { parameter?: string } };
    expect([response.status, body.code, body.error.parameter]).toEqual([status, String(status), parameter]);
    expect(body.msg).not.toBe("");
    expect(body).not.toHaveProperty("data");
    expect(JSON.stringify(body).length).toBeLessThan(1_500);
  });

  test.each([
    ["heatmap/model1?symbol=BTCUSDT&range=24h", "parameter exchange is required: one of Binance, Bybit, OKX"],
    ["heatmap/model1?exchange=Nope&symbol=BTC&range=24h", "exchange was Nope, expected one of Binance, Bybit, OKX"],
    ["coin-list", "parameter exchange is required: one of Binance, Bybit, OKX"],
    ["aggregated-history?symbol=BTC&interval=1h", "parameter exchange_list is required: one of Binance, Bybit, OKX"],
  ])("%s: the exchanges are named", async (path, msg) => {
    const body = (await (await request(`${BASE}/${path}`)).json()) as { msg: string; error: { accepted: string[] } };
    expect([body.msg, body.error.accepted]).toEqual([msg, ["Binance", "Bybit", "OKX"]]);
  });

  test("an exchange in front that agrees is taken", async () => {
    for (const path of [
      "heatmap/model1?exchange=OKX&symbol=OKX:BTCUSDT&range=24h",
      "aggregated-history?exchange_list=OKX&symbol=OKX:BTC&interval=1h",
    ])
      expect((await request(`${BASE}/${path}`)).status).toBe(200);
  });

  test("a preflight allows the key's header", async () => {
    const response = await request(`${BASE}/max-pain`, {
      method: "OPTIONS",
      headers: {
        origin: "https://example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "cg-api-key",
      },
    });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("cg-api-key");
  });
});
