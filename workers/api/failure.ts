// An error in the form that the clients of an address read: a problem, or the envelope of a surface of others.
import type { Context } from "hono";
import { failure } from "./compat/envelope.ts";
import type { ApiEnv } from "./env.ts";
import { problemOf } from "./http/problem.ts";
import { udfFailure } from "./udf/failure.ts";

export function failureOf(context: Context<ApiEnv>, error: unknown): Response {
  if (context.req.path.startsWith("/api/")) return failure(context, error);
  if (context.req.path.startsWith("/udf/")) return udfFailure(context, error);
  return problemOf(context, error);
}
