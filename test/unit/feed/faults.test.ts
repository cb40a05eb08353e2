// Market hours with random faults: whatever a venue and the hubs do, nothing acknowledged is sent twice and no event is lost.
import { describe, expect, test } from "vitest";
import type { Observation } from "../../../src/shared/market/observation.ts";
import type { PlanEntry } from "../../../src/shared/venue/venue.ts";
import { type Answering, bench, fakeAdapter, healthy, json, liquidation, START } from "./fake-venue.ts";

/** A small generator (mulberry32): the same seed, the same faults. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FAULTS: Answering[] = [
  () => json({}, 429, { "retry-after": "3" }),
  (_, now) => new Response(String(now + 20_000), { status: 418 }),
  () => json({}, 503),
  () => new Response("<html>busy</html>", { headers: { "content-type": "text/html" } }),
  () => new Response('[{"kind":', { headers: { "content-type": "application/json" } }),
  () => json([{ renamed: 1 }, { renamed: 2 }]),
  () => json(null),
  () => Promise.reject(new Error("connection lost")),
  () => new Response(null, { status: 302 }),
];

const plan: PlanEntry[] = [...fakeAdapter.plan, { kind: "liquidation-orders", scope: "venue", cadence: "poll" }];

describe.each([1, 2, 3, 4])("seed %i", (seed) => {
  test("every liquidation arrives exactly once, and the feed recovers by itself", async () => {
    const random = seeded(seed);
    const { tick, world, feed, batches } = bench({ adapter: { plan }, random });
    const events: Observation[] = [];
    let isCalm = false;
    world.answer = (call, now) => {
      if (!isCalm && random() < 0.3) return FAULTS[Math.floor(random() * FAULTS.length)]!(call, now);
      return call.kind === "liquidation-orders" ? json(events) : healthy(call, now);
    };
    world.reply = () => {
      if (!isCalm && random() < 0.3) throw new Error("overloaded");
      return { nextMinuteMs: null, needs: null };
    };
    for (let i = 0; i < 700; i += 1) {
      if (!isCalm && random() < 0.5) events.push(liquidation(random() < 0.5 ? "BTC" : "ETH", world.wallMs, i + 1));
      isCalm = i > 500;
      await tick();
    }
    const sizes = batches.flatMap(({ observations }) =>
      observations.flatMap((one) => (one.kind === "liquidation" ? [one.sizeBase] : [])),
    );
    expect(sizes.toSorted((a, b) => a - b)).toEqual(
      events.map((one) => (one.kind === "liquidation" ? one.sizeBase : 0)),
    );
    const { symbols, counters, breaker } = feed.report();
    expect(symbols.map(({ status }) => status?.state)).toEqual(["live", "live"]);
    expect(breaker.state).toBe("closed");
    expect(counters.lost).toBe(0);
    expect(Object.keys(counters.outcomes).sort()).toEqual([
      "banned",
      "failed",
      "maintenance",
      "malformed",
      "ok",
      "rate-limited",
    ]);
    expect(START).toBeLessThan(world.wallMs);
  });
});
