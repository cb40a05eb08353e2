// How much of its plan a caller has used: two fixed windows per caller, in this isolate's memory.
import type { Plan } from "../../../src/shared/key/plans.ts";

const WINDOWS = [
  { name: "minute", seconds: 60, quota: (plan: Plan) => plan.perMinute },
  { name: "burst", seconds: 10, quota: (plan: Plan) => plan.perTenSeconds },
] as const;

/** Callers remembered at once; a forgotten one begins anew, and the location's own counter still knows it. */
const MAX_CALLERS = 20_000;

interface Count {
  windowStart: number;
  used: number;
}

export interface Verdict {
  allowed: boolean;
  /** Seconds until a refused caller may ask again; 0 when allowed. */
  retryAfter: number;
  /** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers). */
  policy: string;
  state: string;
  /** Requests of the running minute, this one included. */
  usedInMinute: number;
}

export class RateWindows {
  readonly #counts = new Map<string, Count[]>();

  /** Counts one request of a caller. */
  take(caller: string, plan: Plan, nowMs: number): Verdict {
    const counts = this.#counts.get(caller) ?? WINDOWS.map(() => ({ windowStart: 0, used: 0 }));
    this.#counts.delete(caller);
    this.#counts.set(caller, counts);
    const oldest = this.#counts.keys().next();
    if (this.#counts.size > MAX_CALLERS && oldest.done !== true) this.#counts.delete(oldest.value);

    const now = Math.floor(nowMs / 1_000);
    let retryAfter = 0;
    const policy: string[] = [];
    const state: string[] = [];
    for (const [i, { name, seconds, quota }] of WINDOWS.entries()) {
      const count = counts[i] as Count;
      const windowStart = now - (now % seconds);
      if (count.windowStart !== windowStart) Object.assign(count, { windowStart, used: 0 });
      count.used += 1;
      const left = quota(plan) - count.used;
      const reset = windowStart + seconds - now;
      if (left < 0) retryAfter = Math.max(retryAfter, reset);
      policy.push(`"${plan.id}-${name}";q=${quota(plan)};w=${seconds}`);
      state.push(`"${plan.id}-${name}";r=${Math.max(0, left)};t=${reset}`);
    }
    const usedInMinute = counts[0]?.used ?? 0;
    return { allowed: retryAfter === 0, retryAfter, policy: policy.join(", "), state: state.join(", "), usedInMinute };
  }
}
