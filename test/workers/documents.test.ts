// The documents about the API say what it does: every error has its anchor, every answer its example.
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "../../src/shared/error/api-error.ts";
import { app } from "../../workers/api/app.ts";
import { deltaSchema, gapSchema, resyncSchema, snapshotSchema } from "../../workers/api/schema/stream-messages.ts";

const request = (path: string) => app.request(path, {}, env);
const json = async <T>(path: string) => (await (await request(path)).json()) as T;

interface Media {
  schema: { $ref?: string };
  example?: unknown;
  examples?: Record<string, { value: { code: string; status: number; type: string } }>;
}
type Paths = Record<
  string,
  Record<string, { operationId: string; responses: Record<string, { content?: Record<string, Media> }> }>
>;

test("every answer has an example, every error one for each of its codes", async () => {
  const { paths } = await json<{ paths: Paths }>("/openapi.json");
  const without: string[] = [];
  const codes = new Set<string>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      for (const [status, { content = {} }] of Object.entries(responses)) {
        const answer = content["application/json"];
        if (answer !== undefined && answer.example === undefined) without.push(`${method} ${path} ${status}`);
        const problems = Object.values(content["application/problem+json"]?.examples ?? {});
        if (Number(status) >= 400 && problems.length === 0) without.push(`${method} ${path} ${status}`);
        for (const { value } of problems) {
          codes.add(value.code);
          expect(value).toMatchObject({ status: Number(status), type: `/docs/errors#${value.code}` });
        }
      }
    }
  }
  expect(without).toEqual([]);
  // a mistake of ours is no part of any route's contract, and a wrong method is none of a route
  expect(ERROR_CODES.filter((code) => !codes.has(code))).toEqual(["method-not-allowed", "internal"]);
});

test("operations have names of their own", async () => {
  const { paths } = await json<{ paths: Paths }>("/openapi.json");
  const names = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("getHeatmapSymbol");
});

test("the type of every problem is an address that exists", async () => {
  const response = await request("/docs/errors");
  const text = await response.text();
  for (const code of ERROR_CODES) expect(text).toContain(`<section id="${code}">`);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
});

describe("/asyncapi.json", () => {
  test("points to nothing that is not there", async () => {
    const document = await json<Record<string, unknown>>("/asyncapi.json");
    expect(document["asyncapi"]).toBe("3.0.0");
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) {
      const target = reference
        .split("/")
        .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
      expect([reference, typeof target]).toEqual([reference, "object"]);
    }
  });

  test("shows each message once, as its schema has it", async () => {
    const { components } = await json<{
      components: { messages: Record<string, { examples: { payload: { type: string } }[] }> };
    }>("/asyncapi.json");
    const schemas = { snapshot: snapshotSchema, delta: deltaSchema, gap: gapSchema, resync: resyncSchema };
    expect(Object.keys(components.messages)).toEqual(Object.keys(schemas));
    for (const [name, schema] of Object.entries(schemas)) {
      const payloads = components.messages[name]?.examples.map((example) => example.payload) ?? [];
      expect(payloads.map((payload) => [payload.type, schema.safeParse(payload).error])).toEqual([[name, undefined]]);
    }
  });

  test("has the parts that AsyncAPI 3.0 asks for", async () => {
    const document = await json<{
      info: object;
      servers: Record<string, { host: string; protocol: string }>;
      channels: Record<string, { address: string; messages: object }>;
      operations: Record<string, { action: string; channel: { $ref: string }; messages: { $ref: string }[] }>;
    }>("/asyncapi.json");
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    for (const { host, protocol } of Object.values(document.servers)) {
      expect(host).not.toMatch(/[/\s]/);
      expect(["ws", "wss", "http", "https"]).toContain(protocol);
    }
    expect(Object.values(document.channels).map(({ address }) => address)).toEqual(["/v1/stream", "/v1/events"]);
    for (const { action, channel, messages } of Object.values(document.operations)) {
      expect(["send", "receive"]).toContain(action);
      // an operation names messages of its own channel, not the components behind them
      for (const { $ref } of messages) expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true);
    }
  });

  test("describes the messages as the protocol has them", () => {
    const envelope = {
      v: 1,
      seq: 7,
      asOf: 1,
      modelVersion: "m",
      dataSource: "live",
      coverage: { ratio: null, exchanges: [{ id: "okx", state: "live", ageMs: null, openInterestUsd: 1 }] },
      symbol: "BTC",
      price: null,
      intervalMs: 300_000,
      columnStartMs: 0,
      candle: null,
    };
    const levels = { longs: [[22_000, 5]], shorts: [] };
    const snapshot = { ...envelope, ...levels, type: "snapshot", bucketRatio: 0.0005 };
    expect(snapshotSchema.safeParse(snapshot).success).toBe(true);
    expect(snapshotSchema.safeParse({ ...snapshot, seq: "7" }).success).toBe(false);
    expect(deltaSchema.safeParse({ ...envelope, ...levels, type: "delta", closedColumnStartMs: null }).success).toBe(
      true,
    );
    const gap = { v: 1, type: "gap", seq: 7, exchange: "okx", fromMs: 1_767_225_600_000, reason: "not served" };
    expect(gapSchema.safeParse(gap).success).toBe(true);
    expect(resyncSchema.safeParse({ v: 1, type: "resync", seq: 7, reason: "backfilled" }).success).toBe(true);
  });
});

test("/metrics is OpenMetrics text", async () => {
  const response = await request("/metrics");
  expect(response.headers.get("content-type")).toContain("application/openmetrics-text");
  const lines = (await response.text()).split("\n");
  expect(lines.slice(-2)).toEqual(["# EOF", ""]);
  const sample = /^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[\d.e+-]+$/;
  for (const line of lines.slice(0, -2))
    expect(line).toMatch(line.startsWith("#") ? /^# (TYPE|HELP) faultline_/ : sample);
});

test("/llms.txt names symbols, exchanges and where the data comes from", async () => {
  const text = await (await request("/llms.txt")).text();
  expect(text).toMatch(/^# Faultline\n\n> /);
  expect(text).toContain("BTC");
  // every address it names answers; without a hub that is a 503 at worst
  const addresses = [...text.matchAll(/\]\((\/[^)]+)\)/g)].map((match) => match[1] ?? "");
  expect(addresses.length).toBeGreaterThan(15);
  const statuses = await Promise.all(addresses.map(async (path) => [path, (await request(path)).status] as const));
  expect(statuses.filter(([, status]) => status >= 400 && status !== 503)).toEqual([]);
});

test("/docs asks no other host and runs no script of the page", async () => {
  const response = await request("/docs");
  const text = await response.text();
  expect(text).not.toMatch(/https?:\/\//);
  expect(text).not.toMatch(/<script(?! src="\/)/);
  expect(response.headers.get("content-security-policy")).toContain("script-src 'self';");
});
