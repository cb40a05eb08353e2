// What the OpenAPI document says of routes that are not made from a schema: the stream's upgrade and the operator's keys.
import { z } from "@hono/zod-openapi";
import { bodySchema } from "../routes/admin-keys.ts";
import { eventsQuery } from "../routes/events.ts";
import { streamQuery } from "../routes/stream.ts";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});
const keyExample = {
  id: "3f0c2b7a9d1e4c58",
  kind: "live",
  name: "my dashboard",
  plan: "free",
  origins: [] as string[],
  createdMs: 1768092600000,
  revokedMs: null,
  masked: "fl_live_0123…",
};
const keySchema = {
  type: "object",
  required: ["id", "kind", "name", "plan", "origins", "createdMs", "revokedMs", "masked"],
  properties: {
    id: { type: "string" },
    kind: { type: "string", enum: ["live", "pub"] },
    name: { type: "string" },
    plan: { type: "string" },
    origins: { type: "array", items: { type: "string" } },
    createdMs: { type: "integer" },
    revokedMs: { type: ["integer", "null"] },
    masked: {
      type: ["string", "null"],
      description: "First characters of the key, to recognise it by; null for keys of before these were kept.",
    },
  },
};
const json = (description: string, schema: object, example: object) => ({
  description,
  content: { "application/json": { schema, example } },
});
const EVENTS_EXAMPLE = [
  "retry: 3120",
  "",
  "event: resync",
  "id: 4711",
  'data: {"v":1,"type":"resync","seq":4711,"reason":"what was missing has been filled from history"}',
  "",
  ": ping",
  "",
  "",
].join("\n");
const METRICS_EXAMPLE = [
  "# TYPE faultline_map_age_seconds gauge",
  "# HELP faultline_map_age_seconds Market time since the newest state of a map.",
  'faultline_map_age_seconds{symbol="BTC"} 0.9',
  "# EOF",
  "",
].join("\n");
const operator = { security: [{ operator: [] }], tags: ["keys"] };
const refused = {
  400: problem("The body is not acceptable"),
  401: problem("Not the operator's token"),
  404: problem("No such key, or no operator's token set"),
  429: problem("Too many requests"),
};

/** Adds the paths; their parameters come from the routes' own schemas. */
export function describeUnrouted(document: { paths?: object }): void {
  Object.assign(document.paths ?? {}, {
    "/v1/stream": {
      get: {
        summary: "Live updates: a WebSocket of snapshot and delta messages",
        description:
          "Messages are described in /asyncapi.json: `snapshot`, then `delta` with a sequence number; `since=` resumes; the text `ping` is answered `pong`. With `format=bin` these two are binary messages in a tenth of the bytes (docs/reference/frame-format.md).",
        parameters: queryParameters(streamQuery),
        responses: {
          101: { description: "The stream" },
          400: problem("A parameter is not acceptable"),
          401: problem("The ticket is not good any more"),
          404: problem("Unknown symbol"),
          426: problem("Asked without an upgrade"),
          429: problem("Too many requests; Retry-After says when to ask again"),
        },
      },
    },
    "/v1/events": {
      get: {
        summary: "Live updates as server-sent events",
        description:
          "The messages of `/v1/stream` for clients that have no WebSocket: `event` is the message's type, `id` its `seq`, `data` the message as JSON (/asyncapi.json). `Last-Event-ID`, or `since=`, resumes. A comment comes every 15 s; `retry` says when to come back after the end. A stream counts against the plan like a socket.",
        tags: ["stream"],
        parameters: [
          ...queryParameters(eventsQuery),
          {
            name: "Last-Event-ID",
            in: "header",
            required: false,
            description: "`id` of the last event the client has; goes before `since`.",
            schema: { type: "string", pattern: "^\\d{1,15}$" },
          },
        ],
        responses: {
          200: {
            description: "The stream, until either side ends it",
            content: { "text/event-stream": { schema: { type: "string" }, example: EVENTS_EXAMPLE } },
          },
          400: problem("A parameter is not acceptable"),
          401: problem("The ticket or the key is not good"),
          404: problem("Unknown symbol"),
          429: problem("Too many requests, or as many open streams as the plan allows"),
          503: problem("The stream cannot be opened right now"),
        },
      },
    },
    "/metrics": {
      get: {
        summary: "Health figures of every symbol and exchange, for scrapers",
        description: "OpenMetrics text: reachable hubs, age, coverage, conservation, pending writes, exchanges heard.",
        tags: ["markets"],
        responses: {
          200: {
            description: "The figures",
            content: {
              "application/openmetrics-text; version=1.0.0; charset=utf-8": {
                schema: { type: "string" },
                example: METRICS_EXAMPLE,
              },
            },
          },
          400: problem("A parameter is not acceptable"),
          429: problem("Too many requests; Retry-After says when to ask again"),
        },
      },
    },
    "/v1/admin/keys": {
      get: {
        summary: "All keys, without the keys themselves",
        ...operator,
        responses: {
          200: json(
            "The keys, newest first",
            { type: "object", required: ["keys"], properties: { keys: { type: "array", items: keySchema } } },
            { keys: [keyExample] },
          ),
          ...refused,
        },
      },
      post: {
        summary: "Makes a key and shows it, this once",
        ...operator,
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: jsonSchema(bodySchema),
              example: { name: "my dashboard", plan: "free" },
            },
          },
        },
        responses: {
          201: json(
            "The key",
            {
              ...keySchema,
              properties: { ...keySchema.properties, key: { type: "string" } },
            },
            { ...keyExample, key: "fl_live_0123456789ABCDEFGHIJKLMNOPQRST3Qizth" },
          ),
          ...refused,
          413: problem("The body is too large"),
        },
      },
    },
    "/v1/admin/keys/{id}": {
      delete: {
        summary: "Revokes a key, everywhere within a minute",
        ...operator,
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" }, example: "3f0c2b7a9d1e4c58" },
        ],
        responses: {
          200: json(
            "It is revoked",
            { type: "object", properties: { id: { type: "string" }, revoked: { type: "boolean" } } },
            { id: "3f0c2b7a9d1e4c58", revoked: true },
          ),
          ...refused,
        },
      },
    },
  });
}

function queryParameters(schema: z.ZodObject) {
  const { properties = {}, required = [] } = jsonSchema(schema) as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, own]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema: own,
  }));
}

/** The schema without its dialect, which the document states once. */
function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: "input" });
  return own;
}
