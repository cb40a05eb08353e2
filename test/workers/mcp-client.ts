// A client of /mcp: one message per request, answers as JSON or as an event stream.
import { expect } from "vitest";
import { request } from "./market.ts";

/** The revision of the 2025 form that tests speak unless they say otherwise. */
export const REVISION = "2025-11-25";

export interface RpcAnswer<T = Record<string, unknown>> {
  id: number | string | null;
  result?: T;
  error?: { code: number; message: string };
}

/** Posts a body and gives the status and the messages that came back, in order. */
export async function post<T>(
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; messages: RpcAnswer<T>[] }> {
  const response = await request("/mcp", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": REVISION,
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const parts = text.startsWith("{") ? [text] : [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => data ?? "");
  return { status: response.status, messages: parts.map((part) => JSON.parse(part) as RpcAnswer<T>) };
}

export function message(method: string, params: object = {}, id: number | string = 1) {
  return { jsonrpc: "2.0", id, method, params };
}

/** The result of one request that must succeed. */
export async function rpc<T>(method: string, params: object = {}): Promise<T> {
  const { status, messages } = await post<T>(message(method, params));
  expect([status, messages.length]).toEqual([200, 1]);
  const result = messages[0]?.result;
  if (result === undefined) throw new Error(`${method}: ${JSON.stringify(messages[0]?.error)}`);
  return result;
}

export function call<T>(name: string, input: object = {}) {
  return rpc<{ structuredContent: T; isError?: boolean; content: { text: string }[] }>("tools/call", {
    name,
    arguments: input,
  });
}
