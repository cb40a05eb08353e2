// The OpenAPI document, generated from the routes' own schemas; examples are answers of a simulated market, shortened.
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { ApiEnv } from "./env.ts";
import { errorExamples, type Parameter } from "./schema/error-examples.ts";
import answerExamples from "./schema/examples.json";
import { describeForms } from "./schema/heatmap-forms.ts";
import { describeUnrouted } from "./schema/unrouted.ts";

interface Media {
  schema?: unknown;
  example?: unknown;
  examples?: Record<string, unknown>;
}
interface Operation {
  operationId?: string;
  tags?: string[];
  security?: object[];
  parameters?: Parameter[];
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
}
const PROBLEM = "application/problem+json";

type Paths = Record<string, Record<string, Operation>>;

export function openapiDocument(app: OpenAPIHono<ApiEnv>) {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Faultline",
      version: "1",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      description:
        "Estimated liquidation levels of leveraged crypto positions, conserved to open interest. JSON, camelCase, times in ms UTC, USD. Estimates are isolated-equivalent: never exact prices. Everything public is readable without a key at a modest rate; a key raises it. Errors are RFC 9457 problems, listed at /docs/errors; the stream's messages are described in /asyncapi.json. The same data in shapes of others: /api/futures/liquidation/… for clients of the v4 liquidation API, /udf for charting libraries, /mcp for language models, /embed/{symbol}, /widget/v1.js and /oembed for pages.",
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "maps", description: "Estimated liquidation levels" },
      { name: "markets", description: "What the exchanges reported, and how well they are heard" },
      { name: "stream", description: "Live updates over WebSocket" },
      { name: "keys", description: "Keys, plans and usage" },
    ],
  });
  describeUnrouted(document);
  describeForms(document);
  complete(document.paths as unknown as Paths);
  document.components = {
    ...document.components,
    securitySchemes: {
      key: { type: "http", scheme: "bearer", description: "`fl_live_…` or `fl_pub_…`; X-API-Key is read too." },
      operator: { type: "http", scheme: "bearer", description: "The deployment's secret ADMIN_TOKEN." },
    },
  };
  return document;
}

/** Fills in what every operation has and no route should have to repeat. */
function complete(paths: Paths): void {
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operation.operationId ??= operationId(method, path);
      operation.tags ??= [tagOf(path)];
      // a key may be sent everywhere and is needed nowhere but where the route says so
      operation.security ??= [{}, { key: [] }];
      operation.responses = responsesOf(path, method, operation);
    }
  }
}

/** Responses with examples of the route's own; an error that it cannot give is left out. */
function responsesOf(path: string, method: string, operation: Operation): Operation["responses"] {
  const route = { path, method, parameters: operation.parameters ?? [] };
  const found: Operation["responses"] = {};
  for (const [status, response] of Object.entries(operation.responses)) {
    const answer = response.content?.["application/json"];
    const example = (answerExamples as Record<string, unknown>)[path.replace(/\.json$/, "")];
    if (answer !== undefined && answer.example === undefined && example !== undefined) answer.example = example;
    const problem = response.content?.[PROBLEM];
    if (problem === undefined) {
      found[status] = response;
      continue;
    }
    const examples = errorExamples(route, Number(status));
    if (Object.keys(examples).length === 0) continue;
    // routes share what describes an error: each gets its own
    found[status] = { ...response, content: { ...response.content, [PROBLEM]: { ...problem, examples } } };
  }
  return found;
}

function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/(v1\/)?/, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  return [method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
}

function tagOf(path: string): string {
  if (path.startsWith("/v1/stream")) return "stream";
  if (path.startsWith("/v1/usage") || path.startsWith("/v1/admin")) return "keys";
  return /^\/v1\/(status|symbols|exchanges|bars|liquidations|depth)/.test(path) ? "markets" : "maps";
}
