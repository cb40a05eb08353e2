import { expect, test } from "vitest";
import { recoverGenerated } from "../../scripts/local/generator-recovery.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";

test("a generated day: both sides of each seed against the truth, beside every plain map", () => {
  const found = recoverGenerated(DEFAULT_PARAMS, { seeds: [21], calibrationSeeds: [11], days: 1, crowd: 1 });
  expect(found.seeds.map(({ seed, side }) => [seed, side])).toEqual([
    [21, "long"],
    [21, "short"],
  ]);
  for (const { positions, model, otherTruth, naive } of found.seeds) {
    expect(positions).toBeGreaterThan(5);
    for (const one of [model, otherTruth, ...Object.values(naive)]) {
      expect(one.wassersteinPercent).toBeGreaterThan(0);
      expect(one.wassersteinPercent).toBeLessThan(3);
      expect(one.massRatio).toBeGreaterThan(0);
    }
  }
  const { bestNaive } = found;
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const naive = mean(found.seeds.map((one) => one.naive[bestNaive]?.wassersteinPercent ?? Number.NaN));
  const model = mean(found.seeds.map((one) => one.model.wassersteinPercent));
  expect(found.wassersteinRatio).toBeCloseTo(model / naive, 9);
});
