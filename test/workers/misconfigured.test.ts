// A variable that cannot be used: every address names it, in the same words, and tells nothing of what it held.
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { app } from "../../workers/api/app.ts";

const PATHS = [
  ...["/v1/status", "/v1/symbols", "/v1/exchanges", "/v1/models", "/v1/heatmap/BTC", "/v1/heatmap/BTC.csv"],
  ...[
    "/v1/map/BTC",
    "/v1/bars/BTC",
    "/v1/liquidations/BTC",
    "/v1/depth/BTC",
    "/v1/usage",
    "/v1/admin/keys",
    "/v1/nope",
  ],
  ...["/metrics", "/mcp", "/udf/config", "/api/futures/supported-coins", "/api/futures/liquidation/coin-list"],
  ...["/oembed?url=x", "/embed/BTC", "/llms.txt"],
];

afterEach(() => vi.restoreAllMocks());

interface Problem {
  code: string;
  status: number;
  detail: string;
}

test.each([
  ["SYMBOLS", "btc", "did you mean BTC?"],
  ["SYMBOLS", "BTCUSDT", "did you mean BTC?"],
  ["TAIL_POLL_MS", "5s", "a whole number of ms from 1000 to 60000"],
  ["BUSY_POLL_MS", "30000", "a whole number of ms from 1000 to 15000"],
  ["VENUES", "binance,ftx", "some of binance, bybit"],
  ["BLOCKED_PROBE_MS", "0", "a whole number of ms from 1000"],
  ["THIN_OPEN_INTEREST_USD", "30M", "a number of USD"],
  ["HISTORY_MS", "14d", "a whole number of ms"],
  ["MODEL_PARAMS", '{"churn":2}', "parameter churn was 2"],
  ["MODEL_PARAMS", "{}", "no parameter was set"],
  ["ADMIN_TOKEN", "s3cret", "a secret of at least 24 characters"],
])("%s=%s is named at every address, and logged once", async (name, value, accepted) => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const wrong = { ...env, [name]: value };
  const details = new Set<string>();
  for (const path of PATHS) {
    const response = await app.request(path, {}, wrong);
    const body = (await response.json()) as Problem;
    expect({ path, status: response.status, code: body.code }).toEqual({ path, status: 503, code: "misconfigured" });
    expect(response.headers.get("retry-after")).toBe("60");
    details.add(body.detail);
  }
  expect([...details]).toEqual([expect.stringContaining(`variable ${name}: expected `)]);
  expect([...details][0]).toContain(accepted);
  expect(log).toHaveBeenCalledTimes(1);
});

describe("what is wrong stays inside", () => {
  test.each([
    ["OKX_REST", "operator:s3cret@relay.example"],
    ["GATE_STREAM", "s3cret"],
    ["EURO_RATE_REST", "key=s3cret"],
    ["MODEL_PARAMS", "s3cret"],
    ["ADMIN_TOKEN", "s3cret"],
    ["DATA_SOURCE", "s3cret"],
  ])("%s", async (name, value) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const text = await (await app.request("/v1/status", {}, { ...env, [name]: value })).text();
    expect(text).toContain(`variable ${name}`);
    expect(text).not.toContain("s3cret");
    if (name !== "DATA_SOURCE") expect(String(log.mock.calls[0]?.[0])).not.toContain("s3cret");
  });
});

test("the description of the API and its errors are there all the same", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  for (const path of ["/openapi.json", "/asyncapi.json", "/docs", "/docs/errors"]) {
    expect((await app.request(path, {}, { ...env, SYMBOLS: "btc" })).status).toBe(200);
  }
});
