// Every error that the OpenAPI document shows of a route is what that route really answers, where it can be provoked.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { answer, request, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 60_000 });

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  example?: unknown;
}
interface Shown {
  code: string;
  detail: string;
  instance: string;
  parameter?: string;
  requestId: string;
}
interface Operation {
  parameters?: Parameter[];
  responses: Record<string, { content?: Record<string, { examples?: Record<string, { value: Shown }> }> }>;
}
type Paths = Record<string, Record<string, Operation>>;

const TOKEN = "operator-token-of-the-tests";
const UNKNOWN_SYMBOL = "NOPE";

/** What is added to a good address of the route so that it answers an error of this code; null = not from outside. */
function wrongQuery({ code, detail, parameter }: Shown, isInPath: boolean): string[][] | null {
  switch (code) {
    case "invalid-parameter":
      return detail.includes("given twice")
        ? [
            [parameter ?? "", "1"],
            [parameter ?? "", "1"],
          ]
        : [[parameter ?? "", "nonsense"]];
    case "unknown-parameter":
      return [["nonsense", "1"]];
    case "unknown-symbol":
      return isInPath ? [] : [["symbol", UNKNOWN_SYMBOL]];
    case "invalid-ticket":
      return [["ticket", "nonsense"]];
    case "upgrade-required":
    case "key-required":
    case "not-found":
      return [];
    default:
      return null;
  }
}

const shownOf = (operation: Operation) =>
  Object.values(operation.responses).flatMap(({ content = {} }) =>
    Object.values(content["application/problem+json"]?.examples ?? {}).map(({ value }) => value),
  );

let paths: Paths = {};
beforeAll(async () => {
  await startMarket();
  Reflect.set(env, "ADMIN_TOKEN", TOKEN);
  ({ paths } = await answer<{ paths: Paths }>("/openapi.json"));
}, 60_000);

test("what can be provoked is answered as it is shown", async () => {
  const tried: Record<string, number> = {};
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const { parameters = [] } = operation;
      for (const shown of shownOf(operation)) {
        const isInPath = parameters.some((one) => one.name === "symbol" && one.in === "path");
        const wrong = wrongQuery(shown, isInPath);
        // without a token the operator's routes are not there at all
        if (wrong === null || (shown.code === "not-found" && path === "/v1/admin/keys")) continue;
        const needed = parameters
          .filter((one) => one.in === "query" && one.required === true && !wrong.some(([name]) => name === one.name))
          .map(({ name, example = "BTC" }) => [name, String(example)]);
        const query = new URLSearchParams([...needed, ...wrong]);
        const response = await request(`${shown.instance}?${query}`, {
          method: method.toUpperCase(),
          headers: path.startsWith("/v1/admin/") ? { authorization: `Bearer ${TOKEN}` } : {},
        });
        const given = (await response.json()) as Shown;
        expect({ ...given, requestId: "" }, `${method} ${path}: ${shown.code}`).toEqual({ ...shown, requestId: "" });
        tried[shown.code] = (tried[shown.code] ?? 0) + 1;
      }
    }
  }
  expect(Object.keys(tried).sort()).toEqual([
    "invalid-parameter",
    "invalid-ticket",
    "key-required",
    "not-found",
    "unknown-parameter",
    "unknown-symbol",
    "upgrade-required",
  ]);
  expect(tried["invalid-parameter"]).toBeGreaterThan(20);
  expect(tried["unknown-symbol"]).toBeGreaterThan(10);
});

describe("a route shows", () => {
  test("its own address, and only what it can answer", () => {
    for (const [path, methods] of Object.entries(paths)) {
      const pattern = new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/{}]+")}$`);
      for (const operation of Object.values(methods)) {
        for (const { instance } of shownOf(operation)) expect(instance).toMatch(pattern);
      }
    }
    const codes = (path: string) => shownOf(paths[path]?.["get"] as Operation).map(({ code }) => code);
    expect(codes("/v1/status")).toEqual(["invalid-parameter", "unknown-parameter", "rate-limited", "misconfigured"]);
    expect(codes("/v1/bars/{symbol}")).toEqual([
      ...["invalid-parameter", "unknown-parameter", "not-enough-history", "unknown-symbol"],
      ...["rate-limited", "unavailable", "misconfigured"],
    ]);
  });

  test("of the scraper's figures, what they are", async () => {
    const shown = paths["/metrics"]?.["get"];
    const type = Object.keys(shown?.responses["200"]?.content ?? {})[0];
    expect((await request("/metrics")).headers.get("content-type")).toBe(type);
  });
});
