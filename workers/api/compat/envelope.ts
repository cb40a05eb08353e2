// The envelope of the compatible surface: `code` is a string, "0" is success; errors carry a true HTTP status as well.
import type { Context } from "hono";
import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
import { ApiError, statusOf } from "../../../src/shared/error/api-error.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { awayHeaders } from "../heatmap/while-away.ts";

/** What the vendor's shape lacks; clients that read `data` alone never see it. snake_case, as all of this surface. */
export interface Meta {
  /** True for sizes of the model, false for what exchanges reported. Never both in one answer. */
  estimated: boolean;
  as_of: EpochMs;
  model_version?: string;
  coverage?: Coverage;
  [detail: string]: unknown;
}

/** `awayMs`: age of what was made without the hub; null = made of its state. */
export function success(context: Context<ApiEnv>, data: unknown, meta: Meta, awayMs: number | null = null): Response {
  const { dataSource } = configOf(context.env);
  const body = { code: "0", msg: "success", data, meta: { ...meta, data_source: dataSource } };
  return context.body(JSON.stringify(body), 200, {
    "content-type": "application/json",
    ...(awayMs === null ? { "cache-control": "public, max-age=2, stale-while-revalidate=30" } : awayHeaders(awayMs)),
  });
}

/** The envelope of an error; what we did not expect is logged and not told. */
export function failure(context: Context<ApiEnv>, thrown: unknown): Response {
  const known = thrown instanceof ApiError;
  if (!known) console.error(`request ${context.get("requestId")} failed`, thrown);
  const error = known ? thrown : new ApiError("internal", "the request failed; its id helps us find out why");
  const status = statusOf(error.code);
  const body = {
    code: String(status),
    msg: error.message,
    error: {
      code: error.code,
      ...(error.parameter === null ? {} : { parameter: error.parameter }),
      ...(error.accepted === null ? {} : { accepted: error.accepted }),
      request_id: context.get("requestId"),
    },
  };
  const headers: Record<string, string> = { "content-type": "application/json", "cache-control": "no-store" };
  const retryAfter = error.retryAfterSeconds ?? (status === 503 ? 2 : null);
  if (retryAfter !== null) headers["retry-after"] = String(retryAfter);
  return context.body(JSON.stringify(body), status, headers);
}
