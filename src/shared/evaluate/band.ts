// How often an 80 % band held what was observed. Two bands: that of the priors alone, which says how far the level of the map
// itself could be off; and one for an hour, from how far observed and expected parted in train hours of a like expectation.
import { PRIOR_DRAWS } from "../model/ensemble.ts";
import { quantile } from "../num/quantile.ts";
import { type MapFit, mean } from "./scale.ts";
import type { ScoringRow } from "./scoring-rows.ts";

export interface BandCoverage {
  rows: number;
  /** Share of test rows whose observed value lay from p10 to p90 of the priors; below, and above it. */
  priors: { held: number; below: number; above: number };
  /** The same with the train half's residuals: aims at 0.8. */
  hours: { held: number; below: number; above: number };
}

/** Neighbours in rank of the expected value that lend a row their residuals. */
const NEIGHBOURS = 60;

/** `fit`: the scale whose sums agree in the train rows. */
export function bandCoverage(train: readonly ScoringRow[], test: readonly ScoringRow[], fit: MapFit): BandCoverage {
  const expected = (row: ScoringRow) => fit.scale * (row.sweptUsd + row.diffuseUsd) + fit.floor;
  const known = train
    .map((row) => ({ at: expected(row), ratio: row.observedUsd / expected(row) }))
    .sort((a, b) => a.at - b.at);
  const priors: Place[] = [];
  const hours: Place[] = [];
  for (const row of test) {
    const draws = PRIOR_DRAWS.map(({ tiers, share }) => {
      const swept = row.sweptTierUsd.reduce((sum, usd, tier) => sum + usd * (tiers[tier] ?? 1), row.diffuseUsd);
      return fit.scale * share * swept + fit.floor;
    });
    priors.push(place(row.observedUsd, draws));
    const above = known.findIndex(({ at }) => at >= expected(row));
    const middle = above < 0 ? known.length : above;
    const from = Math.max(0, Math.min(middle - NEIGHBOURS / 2, known.length - NEIGHBOURS));
    // residuals already hold what the priors vary: they widen the middle draw, not each of them
    const residuals = known.slice(from, from + NEIGHBOURS).map(({ ratio }) => ratio * expected(row));
    hours.push(place(row.observedUsd, residuals));
  }
  return { rows: test.length, priors: shares(priors), hours: shares(hours) };
}

type Place = -1 | 0 | 1;

function place(observed: number, values: readonly number[]): Place {
  const sorted = Float64Array.from(values).sort();
  if (observed < quantile(sorted, 0.1)) return -1;
  return observed > quantile(sorted, 0.9) ? 1 : 0;
}

function shares(places: readonly Place[]): BandCoverage["priors"] {
  const share = (which: Place) => mean(places.map((one) => (one === which ? 1 : 0)));
  return { held: share(0), below: share(-1), above: share(1) };
}
