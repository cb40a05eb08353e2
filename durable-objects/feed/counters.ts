// What happened since the object started: shown in reports, so that a change at a venue is seen before it hurts.
import type { Reject } from "../../src/shared/market/observation.ts";
import { reasonOf } from "../actor/time-limit.ts";

export interface RejectCount {
  count: number;
  last: Reject;
}

export interface CounterReport {
  requests: number;
  /** By outcome: `ok`, the venue's verdicts, `failed`. */
  outcomes: Record<string, number>;
  /** The last refusal of each outcome. */
  lastReasons: Record<string, string>;
  /** Requests not sent because the budget was spent. */
  deferred: number;
  rejects: Record<string, RejectCount>;
  batches: number;
  hubFailures: number;
  lastHubFailure: string | null;
  historySlices: number;
  duplicateLiquidations: number;
  /** Observations given up: overtaken by newer ones while a hub was away, or beyond what is kept for it. */
  overtaken: number;
  lost: number;
  /** Errors of our own. */
  bugs: number;
  lastBug: string | null;
}

export function newCounters(): CounterReport {
  return {
    requests: 0,
    outcomes: {},
    lastReasons: {},
    deferred: 0,
    rejects: {},
    batches: 0,
    hubFailures: 0,
    lastHubFailure: null,
    historySlices: 0,
    duplicateLiquidations: 0,
    overtaken: 0,
    lost: 0,
    bugs: 0,
    lastBug: null,
  };
}

export function countOutcome(counters: CounterReport, outcome: { type: string; reason?: string }): void {
  counters.requests += 1;
  counters.outcomes[outcome.type] = (counters.outcomes[outcome.type] ?? 0) + 1;
  if (outcome.reason !== undefined) counters.lastReasons[outcome.type] = outcome.reason;
}

export function countRejects(counters: CounterReport, rejects: readonly Reject[]): void {
  for (const reject of rejects) {
    const entry = counters.rejects[reject.kind];
    counters.rejects[reject.kind] = { count: (entry?.count ?? 0) + 1, last: reject };
  }
}

export function countBug(counters: CounterReport, error: unknown): void {
  counters.bugs += 1;
  counters.lastBug = reasonOf(error).slice(0, 300);
}
