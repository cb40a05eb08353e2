import type { Context } from "hono";
import type { ApiEnv } from "../env.ts";

/** Whether the client takes gzip. The edge asks a Worker for gzip in everybody's name and tells apart what the client said. */
export function acceptsGzip(context: Context<ApiEnv>): boolean {
  const { cf } = context.req.raw as { cf?: { clientAcceptEncoding?: string } };
  const accepted = cf?.clientAcceptEncoding ?? context.req.header("accept-encoding") ?? "";
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted);
}
