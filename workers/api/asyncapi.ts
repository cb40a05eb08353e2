// The stream's AsyncAPI 3 document, from the same schemas that its messages and its parameters have.
import { z } from "@hono/zod-openapi";
import { CLOSE_CODES } from "../../src/shared/protocol/messages.ts";
import { eventsQuery } from "./routes/events.ts";
import { streamQuery } from "./routes/stream.ts";
import { STREAM_EXAMPLES } from "./schema/stream-examples.ts";
import { deltaSchema, gapSchema, resyncSchema, snapshotSchema } from "./schema/stream-messages.ts";

const SUMMARIES = {
  snapshot: "The whole open column under the subscription's filter: first, and after every gap",
  delta: "What changed since the message before",
  gap: "Minutes of an exchange are missing; a resync follows if its history brings them",
  resync: "Older columns have changed: fetch the heatmap again",
};

export function asyncapiDocument(host: string) {
  const message = (name: keyof typeof SUMMARIES, schema: z.ZodType) => ({
    name,
    title: name,
    summary: SUMMARIES[name],
    contentType: "application/json",
    payload: jsonSchema(schema),
    examples: [{ name, summary: SUMMARIES[name], payload: STREAM_EXAMPLES[name] }],
  });
  const names = Object.keys(SUMMARIES);
  const isLocal = host.startsWith("127.0.0.1") || host.startsWith("localhost");
  const closes = Object.entries(CLOSE_CODES).map(([name, code]) => `${code} ${name}`);
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Faultline stream",
      version: "1",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      description: `Live columns of the heatmap. Send the text \`ping\` for \`pong\`; send nothing else. With \`format=bin\` snapshot and delta are binary messages (docs/reference/frame-format.md). Close codes: ${closes.join(", ")}.`,
    },
    defaultContentType: "application/json",
    servers: {
      here: { host, protocol: isLocal ? "ws" : "wss" },
      events: { host, protocol: isLocal ? "http" : "https" },
    },
    channels: {
      stream: {
        address: "/v1/stream",
        servers: [{ $ref: "#/servers/here" }],
        description: "One connection is one subscription: a symbol and a filter.",
        bindings: { ws: { method: "GET", query: jsonSchema(streamQuery), bindingVersion: "0.1.0" } },
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      },
      events: {
        address: "/v1/events",
        servers: [{ $ref: "#/servers/events" }],
        description:
          "The same messages as server-sent events: `event` is the type, `id` the seq, `data` the message; Last-Event-ID resumes.",
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    operations: {
      receive: {
        action: "send",
        summary: "What the server sends",
        channel: { $ref: "#/channels/stream" },
        messages: names.map((name) => ({ $ref: `#/channels/stream/messages/${name}` })),
      },
      receiveEvents: {
        action: "send",
        summary: "What the server sends to who has no WebSocket",
        channel: { $ref: "#/channels/events" },
        bindings: { http: { method: "GET", query: jsonSchema(eventsQuery), bindingVersion: "0.3.0" } },
        messages: names.map((name) => ({ $ref: `#/channels/events/messages/${name}` })),
      },
    },
    components: {
      messages: {
        snapshot: message("snapshot", snapshotSchema),
        delta: message("delta", deltaSchema),
        gap: message("gap", gapSchema),
        resync: message("resync", resyncSchema),
      },
    },
  };
}

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: "input" });
  return own;
}
