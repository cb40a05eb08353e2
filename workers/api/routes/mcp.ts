// /mcp: the Model Context Protocol over HTTP, stateless: every request gets a server of its own and leaves nothing.
import { createMcpHandler } from "@modelcontextprotocol/server";
import { Hono } from "hono";
import { type ApiEnv, configOf } from "../env.ts";
import { newMcpServer } from "../mcp/tools.ts";

/** Questions are small; nothing larger is read. */
const MAX_BODY_BYTES = 64 * 1024;

export const mcpRoute = new Hono<ApiEnv>();

mcpRoute.all("/mcp", (context) => {
  const handler = createMcpHandler(() => newMcpServer(context.env, configOf(context.env)), {
    maxRequestBodySize: MAX_BODY_BYTES,
    keepAliveMs: 0,
  });
  return handler.fetch(context.req.raw);
});
