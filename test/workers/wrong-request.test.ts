// What a wrong request is told: a problem with a code, the parameter and what is accepted.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { refused } from "./answers.ts";
import { startMarket, THREE } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

describe("a wrong request", () => {
  test.each([
    ["/v1/heatmap/BTC?rnage=24h", "unknown-parameter", "rnage"],
    ["/v1/status?x=1", "unknown-parameter", "x"],
    ["/v1/map/BTC?range=24h", "unknown-parameter", "range"],
    ["/v1/heatmap/BTC?bucket=0.0001", "invalid-parameter", "bucket"],
    ["/v1/heatmap/BTC?range=24h&range=3d", "invalid-parameter", "range"],
    ["/v1/heatmap/BTC?range=2h", "invalid-parameter", "range"],
    ["/v1/heatmap/BTC?exchange=nyse", "invalid-parameter", "exchange"],
    ["/v1/heatmap/BTC?exchange=", "invalid-parameter", "exchange"],
    ["/v1/heatmap/BTC?exchange=hyperliquid", "invalid-parameter", "exchange"],
    ["/v1/heatmap/BTC?leverage=50,7", "invalid-parameter", "leverage"],
    ["/v1/heatmap/BTC?age=2h", "invalid-parameter", "age"],
    ["/v1/heatmap/BTC?side=up", "invalid-parameter", "side"],
    ["/v1/heatmap/BTC?mode=EXPOSED", "invalid-parameter", "mode"],
    ["/v1/heatmap/BTC?delta=2h", "invalid-parameter", "delta"],
    ["/v1/heatmap/BTC?bucket=5", "invalid-parameter", "bucket"],
    ["/v1/heatmap/BTC?range=1y&bucket=0.0005", "invalid-parameter", "bucket"],
    ["/v1/bars/BTC?interval=7m", "invalid-parameter", "interval"],
    ["/v1/heatmap/BTC?side=%F0%9F%8C%8B", "invalid-parameter", "side"],
    ["/v1/heatmap/BTC?%F0%9F%8C%8B=1", "unknown-parameter", "🌋"],
    ["/v1/stream?symbol=BTC&since=-1", "invalid-parameter", "since"],
    ["/v1/stream?symbol=BTC&format=xml", "invalid-parameter", "format"],
    ["/v1/stream", "invalid-parameter", "symbol"],
  ])("%s is refused: %s, %s", async (path, code, parameter) => {
    const problem = await refused(path);
    expect(problem).toMatchObject({ status: 400, code, parameter });
  });

  test("a wrong value comes with those that are accepted", async () => {
    expect((await refused("/v1/heatmap/BTC?side=up")).accepted).toEqual(["both", "long", "short"]);
    expect((await refused("/v1/heatmap/BTC?leverage=7")).accepted).toEqual(["5", "10", "25", "50", "100"]);
    expect((await refused("/v1/heatmap/BTC?exchange=hyperliquid")).accepted).toEqual(THREE);
  });

  test.each(["/v1/heatmap/NOPE", "/v1/map/BTCBTC", "/v1/bars/%E2%82%BF", "/v1/stream?symbol=DOGE"])(
    "%s: an unknown symbol is told with those that are served",
    async (path) => {
      const problem = await refused(path);
      expect(problem).toMatchObject({
        status: 404,
        code: "unknown-symbol",
        parameter: "symbol",
        accepted: ["BTC", "ETH"],
      });
    },
  );

  test.each([
    "/v1/map/BTCUSD_PERP",
    "/v1/heatmap/btc-usd-swap",
    "/v1/heatmap/BYBIT:BTCUSD",
    "/v1/bars/BTCUSD.P",
    "/v1/stream?symbol=BINANCE:BTCUSD_PERP",
  ])("%s: a coin-margined contract is no coin's map, and what is one is named", async (path) => {
    expect(await refused(path)).toMatchObject({
      status: 404,
      code: "unknown-symbol",
      parameter: "symbol",
      accepted: ["BTC", "BTCUSDT"],
      detail: expect.stringContaining("is a coin-margined contract, and those are not counted; take BTC or BTCUSDT"),
    });
  });

  test.each([
    ["range", "x".repeat(10_000)],
    ["exchange", "okx,".repeat(2_500)],
    ["y".repeat(10_000), "1"],
  ])("a query of ten kilobytes is refused and not repeated back", async (name, value) => {
    const problem = await refused(`/v1/heatmap/BTC?${name}=${value}`);
    expect(problem.status).toBe(400);
    expect(JSON.stringify(problem).length).toBeLessThan(1_500);
  });

  test("other methods are refused on every address of the API", async () => {
    for (const path of ["/v1/heatmap/BTC", "/v1/status", "/v1/stream?symbol=BTC"]) {
      const problem = await refused(path, { method: "POST", body: "{}" });
      expect(problem).toMatchObject({ status: 405, code: "method-not-allowed" });
    }
  });

  test("an address that is none is a 404 that says where the list is", async () => {
    const problem = await refused("/v1/nope");
    expect(problem).toMatchObject({ status: 404, code: "not-found" });
    expect(problem.detail).toContain("/openapi.json");
  });

  test("a stream without an upgrade is told to upgrade", async () => {
    expect(await refused("/v1/stream?symbol=BTC")).toMatchObject({ status: 426, code: "upgrade-required" });
  });
});
