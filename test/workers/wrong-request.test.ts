// What a wrong request is told: a problem with a code, the parameter and what is accepted.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { refused } from "./answers.ts";
import { request, startMarket, THREE } from "./market.ts";

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

  test.each(["/v1/map/BTC", "/v1/heatmap/BTC"])(
    "%s as of a time before the map says how far it reaches",
    async (path) => {
      const problem = await refused(`${path}?asOf=1600000000000`);
      expect(problem).toMatchObject({ status: 400, code: "not-enough-history", parameter: "asOf" });
      expect(problem.detail).toMatch(/^the data reaches back to 20.*Z \(\d{13}\), asOf was 1600000000000$/);
      expect(Number(problem.accepted?.[0])).toBeGreaterThan(1_700_000_000_000);
      const reach = await request(`${path}?asOf=${problem.accepted?.[0]}`);
      expect(reach.status).toBe(200);
    },
  );

  test.each([
    ["asOf=1768092600123456789", "looks like nanoseconds: take 1768092600123;", ["1768092600123"]],
    ["asOf=1768092600123456", "looks like microseconds: take 1768092600123;", ["1768092600123"]],
    ["asOf=1768092600", "looks like seconds: take 1768092600000;", ["1768092600000"]],
    ["asOf=99999999999999999999", "is out of range", undefined],
    ["asOf=1", "is before 1973", undefined],
    ["bucket=0.00075", "take 0.0005 or 0.001", ["0.0005", "0.001"]],
    ["bucket=0.5", "take 0.1", ["0.1"]],
    ["bucket=0.0001", "take 0.0005", ["0.0005"]],
  ])("%s: %s", async (query, words, accepted) => {
    const problem = await refused(`/v1/map/BTC?${query}`);
    expect(problem).toMatchObject({ status: 400, code: "invalid-parameter", parameter: query.split("=")[0] });
    expect(problem.detail).toContain(words);
    expect(problem.accepted).toEqual(accepted);
  });

  test("too fine a bucket is told with the finest that does", async () => {
    const { accepted = [] } = await refused("/v1/heatmap/BTC?range=1y&bucket=0.0005");
    expect((await request(`/v1/heatmap/BTC?range=1y&bucket=${accepted[0]}`)).status).toBe(200);
  });

  test.each([
    ["fl_live_abc", "damaged: it has 11 characters, one has 44"],
    ["fl_live_0123456789ABCDEFGHIJKLMNOPQRST3Qizt0", "damaged: its checksum does not fit"],
    ["sk_live_abc", "no key of ours"],
  ])("the key %s is told what is wrong with it", async (key, words) => {
    const problem = await refused("/v1/status", { headers: { "x-api-key": key } });
    expect(problem).toMatchObject({ status: 401, code: "invalid-key" });
    expect(problem.detail).toContain(words);
  });

  test.each([
    ["GET", "/v1/stream/ticket", "POST, OPTIONS", "use POST"],
    ["PUT", "/v1/admin/keys/x", "DELETE", "use DELETE"],
    ["PUT", "/v1/admin/keys", "GET, HEAD, POST", "use GET or POST"],
    ["POST", "/v1/stream", "GET, HEAD, OPTIONS", "use GET"],
    ["DELETE", "/openapi.json", "GET, HEAD, OPTIONS", "use GET"],
    ["POST", "/embed/BTC", "GET, HEAD, OPTIONS", "use GET"],
    ["POST", "/oembed", "GET, HEAD, OPTIONS", "use GET"],
  ])("%s %s is a 405 with Allow: %s", async (method, path, allow, words) => {
    const token = "operator-token-of-the-tests";
    Reflect.set(env, "ADMIN_TOKEN", token);
    const response = await request(path, { method, headers: { authorization: `Bearer ${token}` } });
    // elsewhere the operator's token is a wrong key
    const again = path.startsWith("/v1/admin/") ? response : await request(path, { method });
    expect([again.status, again.headers.get("allow")]).toEqual([405, allow]);
    expect(((await again.json()) as { detail: string }).detail).toContain(words);
  });

  test.each(["/nope", "//v1/map/BTC", "/V1/map/BTC", "/widget/nope.js", "/embed/BTC/x"])(
    "that there is no %s may be read from any page",
    async (path) => {
      const response = await request(path);
      expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([404, "*"]);
      expect(response.headers.get("access-control-expose-headers")).toContain("Request-Id");
    },
  );

  test("a wrong key at /mcp is refused by HTTP, before any message is read", async () => {
    const response = await request("/mcp", { method: "POST", headers: { authorization: "Bearer x" }, body: "{}" });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="faultline"']);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });

  test("OPTIONS of a stream names its methods", async () => {
    const response = await request("/v1/stream", { method: "OPTIONS" });
    expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
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
