import { describe, expect, test } from "vitest";
import { backOffMs } from "../../../durable-objects/feed/back-off.ts";
import {
  afterOutcome,
  type Breaker,
  newBreaker,
  phaseOf,
  restoredBreaker,
} from "../../../durable-objects/feed/circuit-breaker.ts";
import type { Outcome } from "../../../durable-objects/feed/outcome.ts";
import { RequestBudget } from "../../../durable-objects/feed/request-budget.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";

const OK: Outcome = { type: "ok", payload: null };
const FAILED: Outcome = { type: "failed", reason: "timed-out" };
const noJitter = () => 1;

const waitAfter = (outcome: Outcome, breaker: Breaker = newBreaker(0), wall = 0): number => {
  const next = afterOutcome(breaker, outcome, wall, noJitter);
  return next.state === "open" ? next.untilMs - wall : 0;
};

describe("how long a venue is left alone", () => {
  test.each<[string, Outcome, number]>([
    ["blocked", { type: "blocked", reason: "451" }, HOUR_MS],
    ["rate-limited with Retry-After", { type: "rate-limited", reason: "429", retryAfterMs: 30_000 }, 31_000],
    ["rate-limited with Retry-After 0", { type: "rate-limited", reason: "429", retryAfterMs: 0 }, 2_000],
    ["rate-limited without", { type: "rate-limited", reason: "429", retryAfterMs: null }, 2_000],
    ["banned until", { type: "banned", reason: "418", untilMs: 5 * MINUTE_MS }, 5 * MINUTE_MS + 2_000],
    ["banned for", { type: "banned", reason: "403", untilMs: null, forMs: 10 * MINUTE_MS }, 10 * MINUTE_MS + 2_000],
    ["banned without an end", { type: "banned", reason: "403", untilMs: null }, 20 * MINUTE_MS],
    ["banned for no time at all", { type: "banned", reason: "418", untilMs: null, forMs: 0 }, 20 * MINUTE_MS],
    ["banned until a moment that is over", { type: "banned", reason: "418", untilMs: -5 }, 20 * MINUTE_MS],
    ["banned until then, but for", { type: "banned", reason: "418", untilMs: -5, forMs: HOUR_MS }, HOUR_MS + 2_000],
    ["banned for a second", { type: "banned", reason: "418", untilMs: null, forMs: 1_000 }, 2 * MINUTE_MS],
    ["banned for ever", { type: "banned", reason: "418", untilMs: 1e15 }, 3 * DAY_MS + 2_000],
    ["maintenance", { type: "maintenance", reason: "503", retryAfterMs: null }, 10_000],
    ["maintenance with Retry-After", { type: "maintenance", reason: "503", retryAfterMs: 1_800_000 }, 1_801_000],
    ["maintenance for days", { type: "maintenance", reason: "503", retryAfterMs: 3 * DAY_MS }, HOUR_MS + 1_000],
    ["one time-out", FAILED, 0],
    ["an unknown symbol", { type: "bad-symbol", reason: "x" }, 0],
  ])("%s", (_, outcome, expected) => {
    expect(waitAfter(outcome)).toBe(expected);
  });

  test("a deployment may probe a venue that refuses it sooner than every hour", () => {
    const blocked: Outcome = { type: "blocked", reason: "451" };
    const open = afterOutcome(newBreaker(0), blocked, 0, noJitter, 10_000);
    expect(open).toMatchObject({ state: "open", untilMs: 10_000 });
    expect(afterOutcome(open, blocked, 10_000, noJitter, 10_000)).toMatchObject({ untilMs: 20_000, sinceMs: 0 });
  });

  test("waits grow while the probe fails and are capped", () => {
    let breaker = newBreaker(0);
    let wall = 0;
    const waits: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      breaker = afterOutcome(breaker, { type: "rate-limited", reason: "429", retryAfterMs: null }, wall, noJitter);
      if (breaker.state !== "open") throw new Error("breaker was closed, expected open");
      waits.push(breaker.untilMs - wall);
      wall = breaker.untilMs;
    }
    expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(waits.at(-1)).toBe(2 * MINUTE_MS);
  });
});

test.each<[string, Extract<Outcome, { type: "banned" }>]>([
  ["without an end", { type: "banned", reason: "418", untilMs: null }],
  ["for no time", { type: "banned", reason: "418", untilMs: null, forMs: 0 }],
  ["until a moment that is over", { type: "banned", reason: "418", untilMs: -1 }],
  ["for a second", { type: "banned", reason: "418", untilMs: null, forMs: 1_000 }],
])("a ban %s, renewed at every probe, is asked about less and less", (_, outcome) => {
  let breaker = newBreaker(0);
  let wall = 0;
  const waits: number[] = [];
  for (let i = 0; i < 12; i += 1) {
    breaker = afterOutcome(breaker, outcome, wall, () => 0);
    if (breaker.state !== "open") throw new Error("breaker was closed, expected open");
    waits.push(breaker.untilMs - wall);
    wall = breaker.untilMs;
  }
  expect(waits[0]).toBeGreaterThanOrEqual(MINUTE_MS);
  for (const [i, wait] of waits.slice(1).entries()) expect(wait).toBeGreaterThanOrEqual(waits[i]!);
  expect(waits.at(-1)).toBe(1.5 * HOUR_MS);
});

test("a wait that an earlier version stored is cut to the longest ban there is", () => {
  const stored: Breaker = { state: "open", cause: "rate-limited", reason: "429", sinceMs: 0, untilMs: 1e23, trips: 1 };
  expect(restoredBreaker(stored, 1_000)).toMatchObject({ untilMs: 1_000 + 3 * DAY_MS });
  expect(restoredBreaker({ ...stored, untilMs: 5_000 }, 1_000)).toMatchObject({ untilMs: 5_000 });
  expect(restoredBreaker(newBreaker(7), 1_000)).toEqual(newBreaker(7));
});

describe("states", () => {
  test("five useless answers in a row open it, one good one in between does not", () => {
    let breaker = newBreaker(0);
    for (const outcome of [FAILED, FAILED, FAILED, FAILED, OK, FAILED, FAILED, FAILED, FAILED]) {
      breaker = afterOutcome(breaker, outcome, 0, noJitter);
    }
    expect(breaker.state).toBe("closed");
    expect(afterOutcome(breaker, FAILED, 0, noJitter)).toMatchObject({ state: "open", cause: "failing" });
  });

  test("open until its time, then half-open; a good probe closes it", () => {
    const open = afterOutcome(newBreaker(0), { type: "blocked", reason: "451" }, 0, noJitter);
    expect(phaseOf(open, HOUR_MS - 1)).toBe("open");
    expect(phaseOf(open, HOUR_MS)).toBe("half-open");
    expect(afterOutcome(open, OK, HOUR_MS, noJitter).state).toBe("closed");
  });

  test("good answers that were under way when it opened do not close it", () => {
    const open = afterOutcome(newBreaker(0), { type: "rate-limited", reason: "429", retryAfterMs: null }, 0, noJitter);
    expect(afterOutcome(open, OK, 1, noJitter)).toBe(open);
  });

  test("a refusal under way counts when it asks for a longer wait", () => {
    const open = afterOutcome(newBreaker(0), { type: "rate-limited", reason: "429", retryAfterMs: null }, 0, noJitter);
    expect(afterOutcome(open, { type: "blocked", reason: "451" }, 1, noJitter)).toMatchObject({ cause: "blocked" });
    expect(afterOutcome(open, FAILED, 1, noJitter)).toBe(open);
  });

  test("a probe that finds no connection leaves a blocked venue blocked for another hour", () => {
    const open = afterOutcome(newBreaker(0), { type: "blocked", reason: "451" }, 0, noJitter);
    const again = afterOutcome(open, FAILED, HOUR_MS, noJitter);
    expect(again).toMatchObject({ cause: "blocked", sinceMs: 0, untilMs: 2 * HOUR_MS });
  });
});

test.each([
  [1, 0, 500],
  [1, 1, 1_000],
  [3, 1, 4_000],
  [50, 1, 60_000],
])("back-off after %i failures with chance %d is %i ms", (failures, chance, expected) => {
  expect(backOffMs({ baseMs: 1_000, capMs: 60_000 }, failures, () => chance)).toBe(expected);
});

describe("budget", () => {
  test("a tenth stays unused, history gets half at most, a new window starts afresh", () => {
    const budget = new RequestBudget(100, 1_000);
    expect(budget.take(40, "history", 0)).toBe(true);
    expect(budget.take(11, "history", 0)).toBe(false);
    expect(budget.take(50, "live", 0)).toBe(true);
    expect(budget.take(1, "live", 999)).toBe(false);
    expect(budget.used(999)).toBe(90);
    expect(budget.take(1, "live", 1_000)).toBe(true);
  });

  test("a single request above the limit is not held for ever", () => {
    const budget = new RequestBudget(10, 1_000);
    expect(budget.take(20, "history", 0)).toBe(true);
    expect(budget.take(1, "live", 0)).toBe(false);
  });
});
