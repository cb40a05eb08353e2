// Where a side's profile stands out: peaks of the smoothed profile that persist, from the highest down (merge tree).
const SMOOTHING_BUCKETS = 3;
const LEAST_PROMINENCE = 0.25;
const LEAST_HEIGHT = 0.05;
const LEAST_SHARE = 0.02;

export interface Cluster {
  /** First, highest and one past the last index of the profile. */
  low: number;
  peak: number;
  high: number;
  /** Sum of the profile between the edges, unsmoothed. */
  mass: number;
  /** (birth − death) / birth: 1 = nothing higher beside it. */
  prominence: number;
}

/** Returns the clusters of a profile, largest first. */
export function findClusters(profile: Float64Array): Cluster[] {
  const total = profile.reduce((a, b) => a + b, 0);
  if (!(total > 0)) return [];
  const heights = smooth(profile);
  const peaks = persistentPeaks(heights);
  return edges(heights, peaks)
    .map(({ low, peak, high, prominence }) => {
      let mass = 0;
      for (let i = low; i < high; i++) mass += profile[i] ?? 0;
      return { low, peak, high, mass, prominence };
    })
    .filter(({ mass }) => mass >= LEAST_SHARE * total)
    .sort((a, b) => b.mass - a.mass || a.peak - b.peak);
}

/** Binomial weights stand for the Gaussian: variance n/4 = σ², and exact on every machine. Outside counts as zero. */
const KERNEL = binomial(4 * SMOOTHING_BUCKETS * SMOOTHING_BUCKETS);

function binomial(n: number): number[] {
  let row = [1];
  for (let i = 0; i < n; i++) row = [...row, 0].map((value, k) => (value + (row[k - 1] ?? 0)) / 2);
  const radius = 3 * SMOOTHING_BUCKETS;
  const kept = row.slice(n / 2 - radius, n / 2 + radius + 1);
  const sum = kept.reduce((a, b) => a + b, 0);
  return kept.map((value) => value / sum);
}

function smooth(profile: Float64Array): Float64Array {
  const radius = (KERNEL.length - 1) / 2;
  return profile.map((_, i) => KERNEL.reduce((sum, weight, k) => sum + weight * (profile[i + k - radius] ?? 0), 0));
}

interface Peak {
  peak: number;
  prominence: number;
}

function persistentPeaks(heights: Float64Array): Peak[] {
  const order = Array.from(heights, (_, i) => i)
    .filter((i) => (heights[i] ?? 0) > 0)
    .sort((a, b) => (heights[b] ?? 0) - (heights[a] ?? 0) || a - b);
  const top = heights[order[0] ?? 0] ?? 0;
  const parent = new Map<number, number>();
  // a component is named after its peak
  const find = (i: number): number => {
    let at = i;
    while (parent.get(at) !== at) at = parent.get(at) ?? at;
    parent.set(i, at);
    return at;
  };
  const kept: Peak[] = [];
  const die = (peak: number, height: number) => {
    const birth = heights[peak] ?? 0;
    const prominence = (birth - height) / birth;
    if (prominence >= LEAST_PROMINENCE && birth >= LEAST_HEIGHT * top) kept.push({ peak, prominence });
  };
  for (const i of order) {
    const around = [i - 1, i + 1].filter((j) => parent.has(j)).map(find);
    const [left, right] = around;
    if (left === undefined) parent.set(i, i);
    else if (right === undefined || right === left) parent.set(i, left);
    else {
      const leftLives =
        (heights[left] ?? 0) > (heights[right] ?? 0) || (heights[left] === heights[right] && left < right);
      const [alive, dead] = leftLives ? [left, right] : [right, left];
      die(dead, heights[i] ?? 0);
      parent.set(dead, alive);
      parent.set(i, alive);
    }
  }
  for (const root of new Set([...parent.keys()].map(find))) die(root, 0);
  return kept.sort((a, b) => a.peak - b.peak);
}

/** Outward while above half the peak, not beyond the lowest point towards a neighbouring peak. */
function edges(heights: Float64Array, peaks: readonly Peak[]) {
  const lowest = (from: number, to: number): number => {
    let at = from;
    for (let i = from; i <= to; i++) if ((heights[i] ?? 0) < (heights[at] ?? 0)) at = i;
    return at;
  };
  return peaks.map(({ peak, prominence }, n) => {
    const before = peaks[n - 1];
    const after = peaks[n + 1];
    const floor = before === undefined ? 0 : lowest(before.peak, peak);
    const ceiling = after === undefined ? heights.length - 1 : lowest(peak, after.peak);
    const half = (heights[peak] ?? 0) / 2;
    let low = peak;
    while (low > floor && (heights[low - 1] ?? 0) > half) low--;
    let high = peak;
    while (high < ceiling && (heights[high + 1] ?? 0) > half) high++;
    return { low, peak, high: high + 1, prominence };
  });
}
