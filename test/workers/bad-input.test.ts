// Everything wrong that can be said to any route of the OpenAPI document: always a 4xx problem that helps, never a 5xx.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { app } from "../../workers/api/app.ts";
import { badValues, type Parameter } from "../support/bad-values.ts";
import { endOf, startMarketOf } from "./market.ts";

vi.setConfig({ testTimeout: 60_000 });

const NOW = endOf(60);

interface Operation {
  path: string;
  method: string;
  parameters: Parameter[];
  /** The address with every path parameter at its example. */
  example: string;
  isSocket: boolean;
}

async function operations(): Promise<Operation[]> {
  const document = (await (await app.request("/openapi.json", {}, env)).json()) as {
    paths: Record<string, Record<string, { parameters?: Parameter[]; responses: object }>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], responses }]) => ({
      path,
      method: method.toUpperCase(),
      parameters,
      example: path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(String(parameters.find((one) => one.name === name)?.example ?? "BTC")),
      ),
      isSocket: "101" in responses,
    })),
  );
}

let all: Operation[] = [];

beforeAll(async () => {
  await startMarketOf({ minutes: 60, venues: ["okx"] });
  all = await operations();
}, 60_000);

/** What is wrong with an answer; null when it is as promised. */
async function fault(operation: Operation, address: string, init: RequestInit, given: string): Promise<string | null> {
  const response = await app.request(address, { method: operation.method, ...init }, env);
  const { status } = response;
  response.webSocket?.accept();
  response.webSocket?.close(1000);
  if (status >= 500) return `${status}`;
  // a value may happen to be good here: what matters is that it is not half understood
  if (status < 400) {
    // a stream of events would stay open
    await response.body?.cancel();
    return null;
  }
  const text = await response.text();
  if (response.headers.get("content-type") !== "application/problem+json") return `no problem but ${text.slice(0, 80)}`;
  const problem = JSON.parse(text) as Record<string, unknown>;
  if (problem["status"] !== status) return "status and body differ";
  if (typeof problem["detail"] !== "string" || problem["detail"] === "") return "no detail";
  if (problem["type"] !== `/docs/errors#${String(problem["code"])}`) return "no type";
  if (given.length > 1_000 && text.includes(given.slice(0, 1_000))) return "repeats what was sent";
  if (text.length > 4_000) return `${text.length} bytes`;
  return null;
}

async function faults(
  wrong: (operation: Operation) => { address: string; init?: RequestInit; what: string; given: string }[],
) {
  const found: string[] = [];
  let tried = 0;
  for (const operation of all) {
    for (const { address, init = {}, what, given } of wrong(operation)) {
      const is = await fault(operation, address, init, given);
      tried += 1;
      if (is !== null) found.push(`${operation.method} ${operation.path}, ${what}: ${is}`);
    }
  }
  return { tried, found };
}

/** The operation's address with some parameters, and those that it cannot do without. */
function withQuery(operation: Operation, given: readonly (readonly [string, string])[]): string {
  const required = operation.parameters
    .filter((one) => one.in === "query" && one.required === true && !given.some(([name]) => name === one.name))
    .map(({ name, example }) => [name, String(example ?? "BTC")] as const);
  return `${operation.example}?${new URLSearchParams([...required, ...given].map(([name, value]) => [name, value]))}`;
}

const query = (operation: Operation) => operation.parameters.filter((one) => one.in === "query");

describe("no wrong request gets more than a 4xx problem", () => {
  test("each query parameter, with each wrong value", async () => {
    const { tried, found } = await faults((operation) =>
      query(operation).flatMap((parameter) =>
        badValues(parameter).map(({ what, value }) => ({
          address: withQuery(operation, [[parameter.name, value]]),
          what: `${parameter.name} is ${what}`,
          given: value,
        })),
      ),
    );
    expect(found).toEqual([]);
    expect(tried).toBeGreaterThan(400);
  });

  test("each path parameter, with each wrong value", async () => {
    const { tried, found } = await faults((operation) =>
      operation.parameters
        .filter((one) => one.in === "path")
        .flatMap((parameter) =>
          badValues(parameter).map(({ what, value }) => ({
            address: operation.path.replace(`{${parameter.name}}`, encodeURIComponent(value)).replace(/\{\w+\}/g, "x"),
            what: `${parameter.name} is ${what}`,
            given: value,
          })),
        ),
    );
    expect(found).toEqual([]);
    expect(tried).toBeGreaterThan(40);
  });

  test("each parameter twice, and one that nobody knows", async () => {
    const refusals: string[] = [];
    const { found } = await faults((operation) => {
      const names = [...query(operation).map((one) => one.name), "nobodyKnows"];
      refusals.push(...names);
      return names.map((name) => ({
        address: withQuery(operation, [
          [name, "a"],
          [name, "b"],
        ]),
        what: `${name} twice`,
        given: "",
      }));
    });
    expect(found).toEqual([]);
    expect(refusals.length).toBeGreaterThan(25);
  });

  test("a parameter that nobody knows is refused by name, on every route", async () => {
    for (const operation of all) {
      if (operation.path.startsWith("/v1/admin/")) continue;
      const response = await app.request(
        withQuery(operation, [["nobodyKnows", "1"]]),
        { method: operation.method },
        env,
      );
      expect([operation.path, response.status]).toEqual([operation.path, 400]);
      expect(await response.json()).toMatchObject({ code: "unknown-parameter", parameter: "nobodyKnows" });
    }
  });

  test("enumerated parameters refuse what is not among them, and say what is", async () => {
    for (const operation of all) {
      for (const { name, schema } of query(operation)) {
        if (schema.enum === undefined) continue;
        const response = await app.request(
          withQuery(operation, [[name, "certainly-not"]]),
          { method: operation.method },
          env,
        );
        const problem = (await response.json()) as { detail: string };
        expect([operation.path, name, response.status]).toEqual([operation.path, name, 400]);
        expect(problem).toMatchObject({ code: "invalid-parameter", parameter: name, accepted: schema.enum });
        expect(problem.detail).toContain('was "certainly-not"');
      }
    }
  });

  test("forged keys, bodies of a megabyte, and methods that are not taken", async () => {
    const forged = [
      "",
      "x",
      "Bearer",
      "Bearer ",
      "Bearer fl_live_x",
      `Bearer fl_live_${"a".repeat(36)}`,
      `Bearer ${"k".repeat(9_000)}`,
      "Basic eDp5",
    ];
    const { found } = await faults((operation) => [
      ...forged.map((authorization) => ({
        address: withQuery(operation, []),
        init: { headers: { authorization } },
        what: `key ${authorization.slice(0, 20)}`,
        given: authorization,
      })),
      ...["POST", "PUT", "PATCH", "DELETE", "QUERY"].map((method) => ({
        address: withQuery(operation, []),
        init: { method, body: "x".repeat(1_000_000) },
        what: `${method} of a megabyte`,
        given: "x".repeat(2_000),
      })),
    ]);
    expect(found).toEqual([]);
  });

  test.each([
    ["from=1768092600", "from", "looks like seconds"],
    [`from=${NOW + MINUTE_MS}`, "from", ""],
    ["from=1768092600000000", "from", "take 1768092600000;"],
  ])("bars with %s are refused with the reason", async (text, parameter, words) => {
    const problem = (await (await app.request(`/v1/bars/BTC?${text}`, {}, env)).json()) as { detail: string };
    expect(problem).toMatchObject({ code: "invalid-parameter", parameter });
    expect(problem.detail).toContain(words);
  });
});
