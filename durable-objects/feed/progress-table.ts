// What became of each request of the plan: when it last succeeded, and how long to leave it alone after failing.
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { PlanEntry } from "../../src/shared/venue/venue.ts";
import { type BackOff, backOffMs } from "./back-off.ts";
import { NO_PROGRESS, type PlannedRequest, type Progress, requestKey } from "./poll-plan.ts";
import type { Asked } from "./requester.ts";

/** The first failure costs no poll; a kind that keeps failing is asked once a minute. */
const RETRY: BackOff = { baseMs: 2_000, capMs: 60_000 };

export class ProgressTable {
  readonly #rows = new Map<string, Progress>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  readonly of = (key: string): Progress => this.#rows.get(key) ?? NO_PROGRESS;

  record(request: PlannedRequest, asked: Asked, wallMs: EpochMs): void {
    const before = this.of(request.key);
    this.#rows.set(request.key, this.#next(before, asked, wallMs));
  }

  #next(before: Progress, asked: Asked, wallMs: EpochMs): Progress {
    if (asked.type === "ok") return { ...NO_PROGRESS, doneAt: asked.receivedAt };
    if (asked.type === "held") return asked.by === "budget" ? { ...before, deferred: before.deferred + 1 } : before;
    const failures = before.failures + 1;
    const notBeforeMs = wallMs + backOffMs(RETRY, failures, this.#random);
    return { ...before, failures, lastFailure: asked.reason, notBeforeMs, deferred: 0 };
  }

  /** The failing requests that concern a symbol, in words. */
  failing(plan: readonly PlanEntry[], symbol: SymbolId): string[] {
    const words: string[] = [];
    for (const entry of plan) {
      const { failures, lastFailure } = this.of(requestKey(entry, entry.scope === "venue" ? null : symbol));
      if (failures > 0) words.push(`${entry.kind}: ${lastFailure}`);
    }
    return words;
  }
}
