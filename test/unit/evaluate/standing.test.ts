import { describe, expect, test } from "vitest";
import { areaUnderCurve } from "../../../src/shared/evaluate/auc.ts";
import { bandCoverage } from "../../../src/shared/evaluate/band.ts";
import { addNear, emptyNear, recovery } from "../../../src/shared/evaluate/recovery.ts";
import type { ScoringRow } from "../../../src/shared/evaluate/scoring-rows.ts";
import type { Standing } from "../../../src/shared/evaluate/standing.ts";
import { stateSkill } from "../../../src/shared/evaluate/state-skill.ts";
import { findClusters } from "../../../src/shared/model/clusters.ts";
import { bucketIndex } from "../../../src/shared/model/lattice.ts";
import { createPrng } from "../../../src/shared/num/prng.ts";

test.each([
  [[1, 2, 3, 4], [false, false, true, true], 1],
  [[4, 3, 2, 1], [false, false, true, true], 0],
  [[1, 1, 1, 1], [false, true, true, false], 0.5],
  [[1, 3, 2, 4], [false, false, true, true], 0.75],
])("the area of %j for %j is %d", (scores, hits, area) => expect(areaUnderCurve(scores, hits)).toBe(area));

describe("clusters", () => {
  const bump = (profile: Float64Array, at: number, height: number) => {
    for (let i = -6; i <= 6; i++) profile[at + i]! += height * (1 - Math.abs(i) / 7);
  };
  test("two bumps are two clusters, the larger first, each holding what lies between its edges", () => {
    const profile = new Float64Array(200);
    bump(profile, 50, 10);
    bump(profile, 150, 20);
    const [large, small, ...rest] = findClusters(profile);
    expect(rest).toEqual([]);
    expect(large).toMatchObject({ peak: 150, prominence: 1 });
    expect(small).toMatchObject({ peak: 50 });
    for (const cluster of [large!, small!]) {
      let mass = 0;
      for (let i = cluster.low; i < cluster.high; i++) mass += profile[i]!;
      expect(cluster.mass).toBeCloseTo(mass, 12);
    }
  });
  test("a shoulder is not a cluster, nothing has none, and a flat profile has one", () => {
    const profile = new Float64Array(200);
    bump(profile, 100, 20);
    bump(profile, 108, 2);
    expect(findClusters(profile)).toHaveLength(1);
    expect(findClusters(new Float64Array(50))).toEqual([]);
    expect(findClusters(new Float64Array(50).fill(1))).toHaveLength(1);
  });
});

describe("recovery", () => {
  test("the same profile is at distance 0; one moved by ten buckets at half a percent; twice the size has ratio 2", () => {
    const [truth, moved] = [emptyNear(60_000), emptyNear(60_000)];
    addNear(truth, bucketIndex(60_000), 5);
    addNear(moved, bucketIndex(60_000) - 10, 10);
    addNear(moved, bucketIndex(30_000), 1_000);
    expect(recovery(truth, truth)).toEqual({ wassersteinPercent: 0, massRatio: 1 });
    expect(recovery(moved, truth).wassersteinPercent).toBeCloseTo(0.5, 9);
    expect(recovery(moved, truth).massRatio).toBe(2);
  });
});

test("observed values drawn like the train half's lie in the hour's band about four times out of five", () => {
  const prng = createPrng(5);
  const rows = Array.from({ length: 1_200 }, (_, i) => {
    const swept = 1_000 * (1 + (i % 17));
    const tiers = [0, 0, 0, 0, swept];
    return { sweptUsd: swept, sweptTierUsd: tiers, diffuseUsd: 0, observedUsd: 0.1 * swept * Math.exp(prng.normal()) };
  }) as unknown as ScoringRow[];
  const coverage = bandCoverage(rows.slice(0, 600), rows.slice(600), { scale: 0.1, floor: 1 });
  expect(coverage.hours.held).toBeGreaterThan(0.74);
  expect(coverage.hours.held).toBeLessThan(0.86);
  expect(coverage.priors.held).toBeLessThan(coverage.hours.held);
  for (const { held, below, above } of [coverage.priors, coverage.hours])
    expect(held + below + above).toBeCloseTo(1, 12);
});

describe("the state alone", () => {
  const HOUR = 3_600_000;
  const hours = (near: (i: number) => number): Standing[] =>
    Array.from({ length: 400 }, (_, i) => {
      const side = { nearUsd: near(i), clusterDistance: i % 6 === 0 ? 0.008 + (i % 5) / 500 : null };
      const close = 100 * (i % 2 === 0 ? 1 : 1.01);
      const observedUsd = { long: i % 10 === 0 ? 100 : 1, short: 1 + (i % 3) };
      return {
        timeMs: i * HOUR,
        high: 101.5,
        low: 99,
        close,
        openInterestUsd: 1,
        observedUsd,
        sides: { long: side, short: side },
      };
    });
  test("a map that knows the next hour has area 1, one that does not vary 0.5", () => {
    const knows = stateSkill(
      hours((i) => ((i + 1) % 10 === 0 ? 9 : 1)),
      100 * HOUR,
      1,
    );
    const next = knows.auc.find(({ hours: ahead, side }) => ahead === 1 && side === "long")!;
    expect(next.nearTimesVolatility).toBeGreaterThan(0.95);
    const blind = stateSkill(
      hours(() => 1),
      100 * HOUR,
      1,
    );
    expect(blind.auc[0]!.openInterest).toBe(0.5);
  });
  test("controls are the same distances at other moments, the same for one seed", () => {
    const first = stateSkill(
      hours(() => 1),
      100 * HOUR,
      7,
    );
    expect(
      stateSkill(
        hours(() => 1),
        100 * HOUR,
        7,
      ),
    ).toEqual(first);
    for (const { clusters, hits, controlHits, controlLift } of first.clusters) {
      expect(hits).toBeLessThanOrEqual(clusters);
      expect(controlHits.low).toBeLessThanOrEqual(controlHits.high);
      expect(controlLift.mean).toBeCloseTo(1, 9);
    }
  });
});
