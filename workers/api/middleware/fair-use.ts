// Who asks, and whether it is not too much: the isolate's own count, then the location's.
import type { Context, MiddlewareHandler } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { ApiEnv } from "../env.ts";
import { failureOf } from "../failure.ts";
import { setHeader } from "../http/set-header.ts";
import { type Caller, callerOf, visitor } from "../keys/caller.ts";
import { RateWindows } from "../keys/rate-windows.ts";
import { countUsage } from "../keys/usage.ts";
import { keepAlive } from "./keep-alive.ts";

const windows = new RateWindows();

export const fairUse: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const isAdmin = context.req.path.startsWith("/v1/admin/");
  const address = context.req.header("cf-connecting-ip");
  const { caller, fault } = isAdmin ? { caller: visitor(address), fault: null } : await knownCaller(context, address);
  context.set("caller", caller);
  const verdict = windows.take(caller.holder, caller.plan, Date.now());
  const allowed = verdict.allowed && (await locationAllows(context.env, caller));
  if (caller.key !== null) {
    const written = countUsage(context.env.DB, caller.key.id, !allowed, Date.now());
    if (written !== null) keepAlive(context, written);
  }
  const refusal = allowed ? fault : refused(caller, Math.max(1, verdict.retryAfter));
  if (refusal === null) await next();
  else context.res = failureOf(context, refusal);
  if (context.res.status === 101) return;
  setHeader(context, "ratelimit-policy", verdict.policy);
  setHeader(context, "ratelimit", verdict.state);
  // the same in the words of the compatible surface, where clients look for it
  if (!context.req.path.startsWith("/api/")) return;
  setHeader(context, "api-key-max-limit", String(caller.plan.perMinute));
  setHeader(context, "api-key-use-limit", String(verdict.usedInMinute));
};

/** A wrong key is counted against its address, so that guessing is as slow as anything else. */
async function knownCaller(
  context: Context<ApiEnv>,
  address: string | undefined,
): Promise<{ caller: Caller; fault: ApiError | null }> {
  try {
    return { caller: await callerOf(context.req, context.env.DB), fault: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { caller: visitor(address), fault: error };
  }
}

async function locationAllows(env: Cloudflare.Env, { holder, plan }: Caller): Promise<boolean> {
  if (plan.binding === null || env[plan.binding] === undefined) return true;
  return (await env[plan.binding].limit({ key: holder })).success;
}

function refused({ key }: Caller, retryAfterSeconds: number): ApiError {
  const more = key === null ? "a key" : "another plan";
  const detail = `too many requests: ask again in ${retryAfterSeconds} s; ${more} has a higher rate`;
  return new ApiError("rate-limited", detail, { retryAfterSeconds });
}
