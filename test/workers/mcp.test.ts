// The protocol inside workerd: handshake, list of tools, calls, refusals.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { NOW, request, saveObserved, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });

interface Tool {
  name: string;
  description: string;
  annotations: { readOnlyHint: boolean };
  outputSchema: object;
}

/** One exchange of the 2025 form; answers may come as an event stream. */
async function rpc<T>(method: string, params: object): Promise<T> {
  const response = await request("/mcp", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const text = await response.text();
  expect([response.status, text.slice(0, 200)]).toEqual([200, expect.any(String)]);
  const data = text.startsWith("{") ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? "");
  return (JSON.parse(data) as { result: T }).result;
}

async function call<T>(name: string, input: object = {}) {
  const result = await rpc<{ structuredContent: T; isError?: boolean; content: { text: string }[] }>("tools/call", {
    name,
    arguments: input,
  });
  return result;
}

beforeAll(async () => {
  await startMarket();
  await saveObserved("binance", [[NOW - 6_000 - 30 * MINUTE_MS, 40_000, 9_000]]);
}, 60_000);

describe("the protocol", () => {
  test("a client introduces itself and lists the tools, all read only and with a schema of their answer", async () => {
    const hello = await rpc<{ serverInfo: { name: string }; instructions: string }>("initialize", {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "test", version: "1" },
    });
    expect(hello.serverInfo.name).toBe("faultline");
    expect(hello.instructions).toContain("never present the first as the second");
    const { tools } = await rpc<{ tools: Tool[] }>("tools/list", {});
    expect(tools.map((tool) => tool.name).sort()).toEqual([
      "explain_model",
      "get_delta",
      "get_heatmap_summary",
      "get_levels_near_price",
      "get_recent_liquidations",
      "list_markets",
    ]);
    expect(tools.every((tool) => tool.annotations.readOnlyHint && tool.outputSchema !== undefined)).toBe(true);
  });

  test("a wrong call says what was wrong", async () => {
    const unknown = await call("get_heatmap_summary", { symbol: "NOPE" });
    expect(unknown.isError).toBe(true);
    expect(unknown.content[0]?.text).toContain("served: BTC, ETH");
    expect((await call("get_delta", { symbol: "BTC", period: "2h" })).isError).toBe(true);
  });

  test("there is no session to open or close", async () => {
    for (const method of ["GET", "DELETE"]) expect((await request("/mcp", { method })).status).toBe(405);
  });
});

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
      observedLast24h: { observedLongUsd: 40_000, observedShortUsd: 9_000 },
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

  test("recent liquidations are observed ones, and the model explains itself", async () => {
    const { structuredContent } = await call<{ largestMinutes: object[] }>("get_recent_liquidations", {
      symbol: "ETH",
    });
    expect(structuredContent.largestMinutes).toEqual([
      {
        exchange: "binance",
        minuteMs: NOW - 6_000 - 30 * MINUTE_MS,
        observedLongUsd: 40_000,
        observedShortUsd: 9_000,
      },
    ]);
    expect(JSON.stringify(structuredContent)).not.toContain("estimated");
    const model = await call<{ explanation: string[] }>("explain_model");
    expect(model.structuredContent.explanation.join(" ")).toContain("no exact prices");
  });
});
