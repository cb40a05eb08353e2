// Every error leaves as an RFC 9457 problem: a stable code, the parameter at fault and what is accepted.
import type { Context } from "hono";
import { ApiError, statusOf, titleOf } from "../../../src/shared/error/api-error.ts";
import type { ApiEnv } from "../env.ts";

export function problem(context: Context<ApiEnv>, error: ApiError): Response {
  const status = statusOf(error.code);
  const body = {
    type: `/docs/errors#${error.code}`,
    title: titleOf(error.code),
    status,
    detail: error.message,
    instance: new URL(context.req.url).pathname.slice(0, 200),
    code: error.code,
    ...(error.parameter === null ? {} : { parameter: error.parameter }),
    ...(error.accepted === null ? {} : { accepted: error.accepted }),
    requestId: context.get("requestId"),
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json", "cache-control": "no-store" };
  const retryAfter = error.retryAfterSeconds ?? (status === 503 ? 2 : null);
  if (retryAfter !== null) headers["retry-after"] = String(retryAfter);
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="faultline"';
  return context.body(JSON.stringify(body), status, headers);
}

/** The problem for anything that was thrown; what we did not expect is logged and not told. */
export function problemOf(context: Context<ApiEnv>, error: unknown): Response {
  if (error instanceof ApiError) return problem(context, error);
  console.error(`request ${context.get("requestId")} failed`, error);
  return problem(context, new ApiError("internal", "the request failed; its id helps us find out why"));
}
