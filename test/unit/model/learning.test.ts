import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  beliefs,
  createLearning,
  type LearnedSide,
  type Learning,
  learn,
  thetas,
} from "../../../src/shared/model/learning.ts";
import { createPrng } from "../../../src/shared/num/prng.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/shared/time/clock.ts";

const QUIET: LearnedSide = { tierUsd: [0, 0, 0, 0, 0], takenShare: [0, 0, 0, 0, 0], floorUsd: 10, reportedUsd: 0 };

/** Synthetic sweeps: at most one tier at a time, reported with a known factor per tier and noise of ±50 %. */
function teach(learning: Learning, truth: readonly number[], minutes: number, seed: number): void {
  const random = createPrng(seed).uniform;
  for (let t = 0; t < minutes; t++) {
    const sides = [0, 1].map((): LearnedSide => {
      const tier = Math.floor(random() * 40);
      if (tier > 4) return QUIET;
      const tierUsd = truth.map((_, k) => (k === tier ? 1_000 + random() * 50_000 : 0));
      const mean = tierUsd.reduce((sum, usd, k) => sum + usd * (truth[k] ?? 1), 10);
      return {
        tierUsd,
        takenShare: tierUsd.map((usd) => (usd > 0 ? 0.1 : 0)),
        floorUsd: 10,
        reportedUsd: mean * (0.5 + random()),
      };
    });
    learn(learning, t * MINUTE_MS, sides);
  }
}

describe("online learning", () => {
  test("knows nothing at first: every tier as assumed", () => {
    expect(thetas(createLearning())).toEqual([1, 1, 1, 1, 1]);
    expect(beliefs(createLearning())[0]).toEqual({ theta: 1, uncertainty: null, source: "assumed", sweeps: 0 });
  });

  test("recovers known factors from synthetic sweeps, shrunk toward 1 by the prior of 300 hours", () => {
    const truth = [1.8, 0.6, 0.5, 2, 1.3];
    const learning = createLearning();
    teach(learning, truth, 60 * 24 * 60, 7);
    const believed = beliefs(learning);
    // the fading window holds 30 d × (1 − e⁻²) of evidence beside 12.5 d of prior
    const minutes = learning.minutes;
    const trust = minutes / (minutes + 18_000);
    for (const [k, belief] of believed.entries()) {
      const expected = trust * (truth[k] ?? 1) + (1 - trust);
      expect(Math.abs(belief.theta / expected - 1)).toBeLessThan(0.06);
      expect(belief.source).toBe("learned");
      expect(belief.uncertainty).toBeLessThan(0.1);
    }
  });

  test("tells which of two tiers swept together is under-reported only by the minutes in which they differ", () => {
    const learning = createLearning();
    for (let t = 0; t < 20_000; t++) {
      const only25 = t % 2 === 0;
      const tierUsd = [0, 0, 1_000, only25 ? 0 : 1_000, 0];
      learn(learning, t * HOUR_MS, [{ ...QUIET, tierUsd, floorUsd: 0.001, reportedUsd: only25 ? 1_000 : 3_000 }]);
    }
    const [, , at25, at50] = thetas(learning);
    expect(at25).toBeLessThan(1.15);
    expect(at50).toBeGreaterThan(1.2);
  });

  test("a minute's own report never changes its own prediction, only later ones", () => {
    const [calm, crash] = [createLearning(), createLearning()];
    teach(calm, [1, 1, 1, 1, 1], 500, 3);
    teach(crash, [1, 1, 1, 1, 1], 500, 3);
    const side = { ...QUIET, tierUsd: [0, 0, 0, 0, 5_000] };
    const before = thetas(crash);
    expect(before).toEqual(thetas(calm));
    learn(calm, 500 * MINUTE_MS, [{ ...side, reportedUsd: 5_000 }]);
    learn(crash, 500 * MINUTE_MS, [{ ...side, reportedUsd: 500_000 }]);
    expect(thetas(crash)[4]).toBeGreaterThan(thetas(calm)[4] ?? 0);
    // the responsibilities of the bar use what was believed before: tiers it did not sweep keep their evidence
    expect(crash.reportedUsd.slice(0, 4)).toEqual(calm.reportedUsd.slice(0, 4));
  });

  test("5x and 10x move by at most half until twenty sweeps an hour apart were seen", () => {
    const flood = (apartMs: number, count: number) => {
      const learning = createLearning();
      for (let t = 0; t < count; t++) {
        const tierUsd = [1_000, 0, 1_000, 0, 0];
        learn(learning, t * apartMs, [{ ...QUIET, tierUsd, takenShare: [0.2, 0, 0.2, 0, 0], reportedUsd: 60_000 }]);
      }
      return beliefs(learning);
    };
    const crowded = flood(MINUTE_MS, 1_100);
    expect(crowded[0]?.theta).toBe(1.5);
    expect(crowded[2]?.theta).toBeGreaterThan(1.5);
    expect(crowded[0]).toMatchObject({ source: "assumed" });
    expect(flood(HOUR_MS, 1_100)[0]?.theta).toBeGreaterThan(1.5);
  });

  test("stays within its bounds and finite whatever is reported; what is no number teaches nothing", () => {
    const usd = fc.oneof(fc.double(), fc.constantFrom(0, 1e11, 1e300, Number.NaN, -5), fc.double({ min: 0, max: 1e9 }));
    const side = fc.record({
      tierUsd: fc.array(usd, { minLength: 5, maxLength: 5 }),
      takenShare: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      floorUsd: usd,
      reportedUsd: usd,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(side, side), { maxLength: 60 }), (bars) => {
        const learning = createLearning();
        for (const [t, sides] of bars.entries()) learn(learning, t * HOUR_MS, sides);
        for (const { theta, uncertainty } of beliefs(learning)) {
          expect(theta).toBeGreaterThanOrEqual(0.25);
          expect(theta).toBeLessThanOrEqual(4);
          expect(uncertainty === null || (uncertainty >= 0 && uncertainty <= 3.75)).toBe(true);
        }
        expect(JSON.parse(JSON.stringify(learning))).toEqual(learning);
      }),
    );
  });

  test("an absurd minute does not hold a factor at its bound for a month", () => {
    const learning = createLearning();
    teach(learning, [1, 1, 1, 1, 1], 20_000, 5);
    learn(learning, 20_000 * MINUTE_MS, [{ ...QUIET, tierUsd: [0, 0, 0, 0, 1], reportedUsd: 9e11 }]);
    expect(thetas(learning)[4]).toBe(4);
    teach(learning, [1, 1, 1, 1, 1], 40_000, 6);
    expect(thetas(learning)[4]).toBeLessThan(2.5);
  });
});
