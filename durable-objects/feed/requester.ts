// The one way to ask a venue: within its budget, past its breaker, counted, judged and parsed.
import type { Clock, EpochMs } from "../../src/shared/time/clock.ts";
import type { ParseResult, PayloadKind, RequestArgs, VenueAdapter } from "../../src/shared/venue/venue.ts";
import { reasonOf } from "../actor/time-limit.ts";
import { afterOutcome, type Breaker, phaseOf, restoredBreaker } from "./circuit-breaker.ts";
import { type CounterReport, countBug, countOutcome, countRejects } from "./counters.ts";
import type { Send } from "./exchange-http.ts";
import type { InstrumentBook } from "./instrument-book.ts";
import { judgeResult, type Outcome, type Refusal } from "./outcome.ts";
import type { RequestBudget } from "./request-budget.ts";
import { LONGEST_BAN_MS } from "./retry-after.ts";
import { MAX_AT_ONCE, Slots } from "./slots.ts";

export type Asked =
  | { type: "ok"; parsed: ParseResult; receivedAt: EpochMs }
  | Refusal
  | { type: "failed"; reason: string }
  /** Not sent: the budget is spent, or the venue is being left alone. */
  | { type: "held"; by: "budget" | "breaker" };

export interface RequesterOptions {
  adapter: VenueAdapter;
  send: Send;
  budget: RequestBudget;
  instruments: InstrumentBook;
  counters: CounterReport;
  market: Clock;
  wall: () => EpochMs;
  /** Market seconds per wall second. */
  speed: number;
  random: () => number;
  /** The exchange's clock minus ours, ms; null while it is not measured. */
  skewMs: () => number | null;
  /** Wall time between two probes of a venue that refuses this place. */
  blockedProbeMs?: number | undefined;
}

export class Requester {
  readonly #options: RequesterOptions;
  #breaker: Breaker;
  readonly #slots = new Slots(MAX_AT_ONCE);
  #probing = false;

  constructor(options: RequesterOptions, breaker: Breaker) {
    this.#options = options;
    this.#breaker = restoredBreaker(breaker, options.wall());
  }

  get breaker(): Breaker {
    return this.#breaker;
  }

  get phase(): "closed" | "open" | "half-open" {
    return phaseOf(this.#breaker, this.#options.wall());
  }

  /** Never rejects. */
  ask(kind: PayloadKind, args: RequestArgs, share: "live" | "history"): Promise<Asked> {
    // judged when a place is free: a refusal meanwhile also holds back what was queued behind it
    return this.#slots.run(async () => {
      try {
        return await this.#askNow(kind, args, share);
      } catch (error) {
        // an adapter that throws is a bug of ours: it costs this request, not the venue
        countBug(this.#options.counters, error);
        return { type: "failed", reason: `internal error: ${reasonOf(error)}` };
      }
    });
  }

  async #askNow(kind: PayloadKind, args: RequestArgs, share: "live" | "history"): Promise<Asked> {
    const { adapter, budget, counters, send, wall, market, instruments, skewMs } = this.#options;
    if (!this.#mayAsk()) return { type: "held", by: "breaker" };
    const request = adapter.request(kind, args);
    if (!budget.take(request.weight, share, wall())) {
      if (share === "live") counters.deferred += 1;
      return { type: "held", by: "budget" };
    }
    const probe = this.phase === "half-open";
    if (probe) this.#probing = true;
    try {
      const outcome = this.#inWallTime(judgeResult(adapter, await send(request)));
      const { random, blockedProbeMs } = this.#options;
      this.#breaker = afterOutcome(this.#breaker, outcome, wall(), random, blockedProbeMs);
      countOutcome(counters, outcome);
      if (outcome.type !== "ok") return outcome;
      const receivedAt = market.now();
      const { venueSymbol } = request;
      const context = { receivedAt, skewMs: skewMs(), venueSymbol, instruments: instruments.byVenueSymbol };
      const parsed = adapter.parse(kind, outcome.payload, context);
      countRejects(counters, parsed.rejects);
      return { type: "ok", parsed, receivedAt };
    } finally {
      if (probe) this.#probing = false;
    }
  }

  /** Half-open lets one request through at a time. */
  #mayAsk(): boolean {
    const { phase } = this;
    return phase === "closed" || (phase === "half-open" && !this.#probing);
  }

  /** A ban's end is stated in the venue's time, which is market time; the breaker counts wall time. */
  #inWallTime(outcome: Outcome): Outcome {
    if (outcome.type !== "banned" || outcome.untilMs === null) return outcome;
    const { market, wall, speed } = this.#options;
    const waitMs = Math.min(LONGEST_BAN_MS, Math.max(0, (outcome.untilMs - market.now()) / speed));
    return { ...outcome, untilMs: wall() + waitMs };
  }
}
