// An error in the form that the clients of an address read: a problem, or the envelope of a surface of others.
import type { Context } from "hono";
import { ApiError } from "../../src/shared/error/api-error.ts";
import { failure } from "./compat/envelope.ts";
import type { ApiEnv } from "./env.ts";
import { problemOf } from "./http/problem.ts";
import { udfFailure } from "./udf/failure.ts";

export function failureOf(context: Context<ApiEnv>, error: unknown): Response {
  // a deployment that is set up wrongly says so in the same words everywhere: its operator reads them
  if (error instanceof ApiError && error.code === "misconfigured") return problemOf(context, error);
  if (context.req.path.startsWith("/api/")) return failure(context, error);
  if (context.req.path.startsWith("/udf/")) return udfFailure(context, error);
  return problemOf(context, error);
}
