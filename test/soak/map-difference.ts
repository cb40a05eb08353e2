// How far apart two hubs' maps of one symbol are.
import type { HubState } from "../../durable-objects/hub/hub-state.ts";
import { TIERS } from "../../src/shared/market/filter.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { AGE_CLASSES, addProfile, type Model, occupiedRange, openInterestBase } from "../../src/shared/model/model.ts";

export interface MapDifference {
  /** Share of the reference's drawn size that lies in another bucket, 0 to 1: half the sum of |a − b| over the sum of b. */
  moved: number;
  /** |open interest − reference| / reference. */
  openInterest: number;
}

/** Difference of one exchange's standing map from the same exchange's in a reference run; null where either has none. */
export function mapDifference(state: HubState, reference: HubState, venue: VenueId): MapDifference | null {
  const ours = state.venues.get(venue)?.model;
  const theirs = reference.venues.get(venue)?.model;
  if (ours === undefined || theirs === undefined) return null;
  const ranges = [occupiedRange(ours), occupiedRange(theirs)].flatMap((range) => range ?? []);
  const openInterest = openInterestBase(ours);
  const wanted = openInterestBase(theirs);
  if (ranges.length < 2 || openInterest === null || wanted === null) return null;
  const low = Math.min(...ranges.map(({ lowBucket }) => lowBucket));
  const high = Math.max(...ranges.map(({ highBucket }) => highBucket));
  let apart = 0;
  let size = 0;
  for (const side of ["long", "short"] as const) {
    const [a, b] = [profile(ours, side, low, high), profile(theirs, side, low, high)];
    for (let i = 0; i < a.length; i++) {
      apart += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
      size += b[i] ?? 0;
    }
  }
  return { moved: size > 0 ? apart / (2 * size) : 0, openInterest: Math.abs(openInterest - wanted) / wanted };
}

function profile(model: Model, side: "long" | "short", low: number, high: number): Float64Array {
  const into = new Float64Array(high - low);
  addProfile(model, { side, tiers: TIERS, ages: AGE_CLASSES }, into, low);
  return into;
}
