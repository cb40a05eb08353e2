// The Model Context Protocol over HTTP as its specification has it (modelcontextprotocol.io/specification): revisions,
// lists, error codes, notifications, batches, and what a stateless server refuses.
import { beforeAll, describe, expect, test, vi } from "vitest";
import { request, startMarket } from "./market.ts";
import { call, message, post, REVISION, rpc } from "./mcp-client.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

interface Tool {
  name: string;
  title: string;
  description: string;
  annotations: Record<string, boolean>;
  inputSchema: { type: string; properties: Record<string, unknown>; additionalProperties?: boolean };
  outputSchema: { type: string; properties: Record<string, unknown> };
}

const hello = (protocolVersion: string) => ({
  protocolVersion,
  capabilities: {},
  clientInfo: { name: "test", version: "1" },
});

describe("initialize", () => {
  test.each([
    ["2024-11-05", "2024-11-05"],
    ["2025-03-26", "2025-03-26"],
    ["2025-06-18", "2025-06-18"],
    ["2025-11-25", "2025-11-25"],
    // what is not known is answered with the newest of this form, and the client decides
    ["1999-01-01", "2025-11-25"],
    ["2099-01-01", "2025-11-25"],
  ])("revision %s is answered with %s", async (asked, expected) => {
    const answer = await rpc<{ protocolVersion: string; capabilities: object; serverInfo: object }>(
      "initialize",
      hello(asked),
    );
    expect(answer).toMatchObject({ protocolVersion: expected, serverInfo: { name: "faultline" } });
    expect(answer.capabilities).toEqual({ tools: { listChanged: false } });
  });

  test("a client of the stateless revision needs no handshake: its requests say who asks", async () => {
    const revision = "2026-07-28";
    const params = {
      name: "explain_model",
      arguments: {},
      _meta: {
        "io.modelcontextprotocol/protocolVersion": revision,
        "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    };
    const { status, messages } = await post<{ structuredContent: { explanation: string[] } }>(
      message("tools/call", params),
      { "mcp-protocol-version": revision, "mcp-method": "tools/call", "mcp-name": "explain_model" },
    );
    expect([status, messages[0]?.error]).toEqual([200, undefined]);
    expect(messages[0]?.result?.structuredContent.explanation.length).toBeGreaterThan(3);
  });
});

describe("tools/list", () => {
  test("every tool says what it takes, what it gives, that it only reads, and refuses what it does not know", async () => {
    const { tools } = await rpc<{ tools: Tool[] }>("tools/list");
    expect(tools.map((tool) => tool.name).sort()).toEqual([
      "explain_model",
      "get_delta",
      "get_heatmap_summary",
      "get_levels_near_price",
      "get_recent_liquidations",
      "list_markets",
    ]);
    for (const tool of tools) {
      expect([tool.name, tool.title.length > 3, tool.description.length > 20]).toEqual([tool.name, true, true]);
      expect(tool.annotations).toEqual({
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      });
      expect(tool.inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(tool.outputSchema.type).toBe("object");
    }
  });

  test("no tool promises a field of both kinds", async () => {
    const { tools } = await rpc<{ tools: Tool[] }>("tools/list");
    const names = (schema: unknown): string[] =>
      typeof schema === "object" && schema !== null
        ? Object.entries(schema).flatMap(([name, inner]) => [name, ...names(inner)])
        : [];
    const sizes = tools.flatMap((tool) => names(tool.outputSchema)).filter((name) => /Usd$/.test(name));
    expect(sizes.length).toBeGreaterThan(8);
    expect(sizes.filter((name) => !/^(estimated|observed|openInterest)/.test(name))).toEqual([]);
  });
});

describe("what is wrong is said in the protocol's own codes", () => {
  test.each([
    ["not JSON", "{nope", 400, -32_700],
    ["no JSON-RPC", { id: 1, method: "ping" }, 400, -32_600],
    ["an unknown method", message("resources/list"), 200, -32_601],
    ["an unknown tool", message("tools/call", { name: "nope", arguments: {} }), 200, -32_602],
    ["an empty batch", [], 400, -32_600],
  ])("%s", async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, answer.messages[0]?.error?.code]).toEqual([status, code]);
  });

  test("a revision in the header that nobody knows", async () => {
    const { status, messages } = await post(message("tools/list"), { "mcp-protocol-version": "1999-01-01" });
    expect(status).toBe(400);
    expect(messages[0]?.error?.message).toContain(REVISION);
  });

  test.each([
    [{ symbol: "BTC", period: "2h" }, "period"],
    [{}, "symbol"],
    [{ symbol: "BTC", colour: "red" }, "colour"],
    [{ symbol: "NOPE" }, "served: BTC, ETH"],
    [{ symbol: "OKX:BTC", exchange: "binance" }, "exchange"],
    [{ symbol: "BTC", exchange: "nope" }, "nope"],
  ])("arguments %j: the tool answers that it could not, so that the assistant can mend them", async (input, named) => {
    const { isError, content } = await call("get_delta", input);
    expect(isError).toBe(true);
    expect(content[0]?.text).toContain(named);
  });
});

describe("messages", () => {
  test("a notification gets no answer, and a ping an empty one under its own id", async () => {
    const { status, messages } = await post({ jsonrpc: "2.0", method: "notifications/initialized" });
    expect([status, messages]).toEqual([202, []]);
    const ping = await post(message("ping", {}, "a-word"));
    expect(ping.messages).toEqual([{ jsonrpc: "2.0", id: "a-word", result: {} }]);
  });

  test("a batch, as 2025-03-26 has it: one answer per request, none per notification", async () => {
    const { status, messages } = await post([
      message("ping", {}, 7),
      { jsonrpc: "2.0", method: "notifications/initialized" },
      message("tools/call", { name: "nope", arguments: {} }, 8),
    ]);
    expect(status).toBe(200);
    expect(messages.map(({ id, error }) => [id, error?.code]).sort()).toEqual([
      [7, undefined],
      [8, -32_602],
    ]);
  });
});

describe("HTTP", () => {
  test("there is no session to open or close", async () => {
    for (const method of ["GET", "DELETE"]) {
      const response = await request("/mcp", { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    }
    const response = await request("/mcp", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
      body: JSON.stringify(message("initialize", hello(REVISION))),
    });
    expect(response.headers.get("mcp-session-id")).toBeNull();
  });

  test.each([
    ["a body of another type", { "content-type": "text/plain" }, 415],
    ["a client that takes one kind of answer only", { accept: "application/json" }, 406],
  ])("%s is refused", async (_, headers, status) => {
    expect((await post(message("ping"), headers)).status).toBe(status);
  });

  test("a body that no question needs is not read", async () => {
    const body = message("tools/call", { name: "explain_model", arguments: { text: "x".repeat(70_000) } });
    expect((await post(body)).status).toBe(413);
  });
});
