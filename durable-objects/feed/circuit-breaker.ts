// Whether a venue may be asked at all. Closed: ask freely. Open: ask nothing until a time. Half-open: that time has
// come, one request decides. All times here are wall times: a faster replay does not shorten a venue's patience.
import { type EpochMs, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { type BackOff, backOffMs } from "./back-off.ts";
import type { Outcome } from "./outcome.ts";
import { LONGEST_BAN_MS } from "./retry-after.ts";

export type Cause = "blocked" | "rate-limited" | "banned" | "maintenance" | "failing";

export type Breaker =
  | { state: "closed"; sinceMs: EpochMs; failures: number; trips: number; cause: Cause | null }
  | { state: "open"; cause: Cause; reason: string; sinceMs: EpochMs; untilMs: EpochMs; trips: number };

/** Answers in a row that were no use, after which the venue is left alone for a while. */
const FAILURES_TO_OPEN = 5;
/** A refusal for this place does not end by asking: one probe an hour. */
const BLOCKED_PROBE_MS = HOUR_MS;
/** A venue that has answered this long starts again with short waits. */
const CALM_MS = 5 * MINUTE_MS;

const WAITS: Record<Exclude<Cause, "blocked">, BackOff> = {
  "rate-limited": { baseMs: 2_000, capMs: 2 * MINUTE_MS },
  // a ban without a stated end to come: Bybit documents ten minutes
  banned: { baseMs: 20 * MINUTE_MS, capMs: 3 * HOUR_MS },
  maintenance: { baseMs: 10_000, capMs: 5 * MINUTE_MS },
  failing: { baseMs: 2_000, capMs: MINUTE_MS },
};

/** The shortest ban that is documented, Binance's; one that is renewed at its stated end doubles from here. */
const RENEWED_BAN: BackOff = { baseMs: 2 * MINUTE_MS, capMs: 3 * HOUR_MS };
/** Maintenance is announced in hours and often ends early. */
const LONGEST_MAINTENANCE_MS = HOUR_MS;

/** A breaker that was stored: one from a version that believed any `Retry-After` is cut to what can be. */
export function restoredBreaker(stored: Breaker, wallMs: EpochMs): Breaker {
  if (stored.state === "closed") return stored;
  return { ...stored, untilMs: Math.min(stored.untilMs, wallMs + LONGEST_BAN_MS) };
}

export function newBreaker(wallMs: EpochMs): Breaker {
  return { state: "closed", sinceMs: wallMs, failures: 0, trips: 0, cause: null };
}

export function phaseOf(breaker: Breaker, wallMs: EpochMs): "closed" | "open" | "half-open" {
  if (breaker.state === "closed") return "closed";
  return wallMs < breaker.untilMs ? "open" : "half-open";
}

/** The breaker after an outcome. `untilMs` of a ban must be wall time here. */
export function afterOutcome(
  breaker: Breaker,
  outcome: Outcome,
  wallMs: EpochMs,
  random: () => number,
  blockedProbeMs = BLOCKED_PROBE_MS,
): Breaker {
  const open = (cause: Cause, trips: number, sinceMs: EpochMs) =>
    opened(cause, outcome, trips, sinceMs, wallMs + waitMs(cause, outcome, trips, wallMs, random, blockedProbeMs));
  const cause = causeOf(outcome);
  if (breaker.state === "closed") {
    if (cause === null) {
      const trips = wallMs - breaker.sinceMs > CALM_MS ? 0 : breaker.trips;
      return { ...breaker, failures: 0, trips };
    }
    const failures = breaker.failures + 1;
    if (cause === "failing" && failures < FAILURES_TO_OPEN) return { ...breaker, failures };
    return open(cause, nextTrip(breaker, cause), wallMs);
  }
  if (phaseOf(breaker, wallMs) === "half-open") {
    if (cause === null)
      return { state: "closed", sinceMs: wallMs, failures: 0, trips: breaker.trips, cause: breaker.cause };
    // a probe that got no answer says nothing new about a refusal
    const kept = cause === "failing" && breaker.cause === "blocked" ? "blocked" : cause;
    return open(kept, nextTrip(breaker, kept), breaker.sinceMs);
  }
  // answers to requests that were under way when it opened: only a stronger refusal counts
  if (cause === null || cause === "failing") return breaker;
  const other = open(cause, breaker.trips, breaker.sinceMs);
  return other.untilMs > breaker.untilMs ? other : breaker;
}

/** Waits grow while the same thing keeps happening; another trouble starts with its own short wait. */
function nextTrip(breaker: Breaker, cause: Cause): number {
  return breaker.cause === cause ? breaker.trips + 1 : 1;
}

function causeOf(outcome: Outcome): Cause | null {
  switch (outcome.type) {
    case "ok":
    case "bad-symbol":
      return null;
    case "malformed":
    case "failed":
      return "failing";
    case "blocked":
    case "rate-limited":
    case "banned":
    case "maintenance":
      return outcome.type;
  }
}

function opened(
  cause: Cause,
  outcome: Outcome,
  trips: number,
  sinceMs: EpochMs,
  untilMs: EpochMs,
): Extract<Breaker, { state: "open" }> {
  const reason = "reason" in outcome ? outcome.reason : "";
  return { state: "open", cause, reason, sinceMs, untilMs, trips };
}

function waitMs(
  cause: Cause,
  outcome: Outcome,
  trips: number,
  wallMs: EpochMs,
  random: () => number,
  blockedProbeMs: number,
): number {
  if (outcome.type === "banned") return banMs(outcome, trips, wallMs, random);
  if (cause === "blocked") return blockedProbeMs;
  return backOffMs(WAITS[cause], trips, random, askedMs(outcome));
}

/** What the answer itself asks for, ms; 0 when it says nothing. */
function askedMs(outcome: Outcome): number {
  if (outcome.type === "rate-limited") return Math.min(LONGEST_BAN_MS, outcome.retryAfterMs ?? 0);
  if (outcome.type === "maintenance") return Math.min(LONGEST_MAINTENANCE_MS, outcome.retryAfterMs ?? 0);
  return 0;
}

function banMs(
  { untilMs, forMs = 0 }: Extract<Outcome, { type: "banned" }>,
  trips: number,
  wallMs: EpochMs,
  random: () => number,
): number {
  const leftMs = untilMs === null ? 0 : untilMs - wallMs;
  // an end that is over says nothing about the ban that has just been told of
  const statedMs = Math.min(LONGEST_BAN_MS, leftMs > 0 ? leftMs : forMs);
  if (!(statedMs > 0)) return backOffMs(WAITS.banned, trips, random);
  // a stated end is exact, neither earlier nor much later; only being banned again at once makes it doubtful
  const exact = statedMs + Math.ceil(2_000 * random());
  return Math.max(exact, backOffMs(RENEWED_BAN, trips, random));
}
