// The price inside a bar: a polyline open → low → high → close when the bar rises, open → high → low → close when it falls,
// walked at constant speed in log price.
import { exp } from "../../shared/num/exp.ts";
import { log } from "../../shared/num/log.ts";

/** Corners of the polyline and the cumulative log distance up to each, `[0, d1, d2, d3]`. */
export interface Path {
  corners: readonly [number, number, number, number];
  distances: readonly [number, number, number, number];
}

/** Returns the polyline of a bar. */
export function pathOf(open: number, high: number, low: number, close: number): Path {
  const corners = close >= open ? ([open, low, high, close] as const) : ([open, high, low, close] as const);
  const first = logDistance(corners[0], corners[1]);
  const second = first + logDistance(corners[1], corners[2]);
  return { corners, distances: [0, first, second, second + logDistance(corners[2], corners[3])] };
}

function logDistance(from: number, to: number): number {
  return Math.abs(log(to / from));
}

/** Price after a share of the path, 0 at the open and 1 at the close. */
export function priceAt(path: Path, share: number): number {
  if (share <= 0) return path.corners[0];
  if (share >= 1) return path.corners[3];
  const walked = share * path.distances[3];
  for (let leg = 0; leg < 3; leg++) {
    const from = path.distances[leg] as number;
    const to = path.distances[leg + 1] as number;
    if (walked > to || to === from) continue;
    const start = path.corners[leg] as number;
    return start * exp(((walked - from) / (to - from)) * log((path.corners[leg + 1] as number) / start));
  }
  return path.corners[3];
}

/** Extremes of the stretch between two shares of the path, turning points included. */
export function extremesBetween(path: Path, fromShare: number, toShare: number): { high: number; low: number } {
  const a = priceAt(path, fromShare);
  const b = priceAt(path, toShare);
  let high = Math.max(a, b);
  let low = Math.min(a, b);
  const total = path.distances[3];
  for (const corner of [1, 2] as const) {
    const share = total === 0 ? 0 : path.distances[corner] / total;
    if (share < fromShare || share > toShare) continue;
    high = Math.max(high, path.corners[corner]);
    low = Math.min(low, path.corners[corner]);
  }
  return { high, low };
}

/** Share of the path at which the price first reaches a level, or 1 when it does not. */
export function shareReaching(path: Path, level: number): number {
  const total = path.distances[3];
  if (total === 0) return 1;
  for (let leg = 0; leg < 3; leg++) {
    const from = path.corners[leg] as number;
    const to = path.corners[leg + 1] as number;
    if (from === to || level < Math.min(from, to) || level > Math.max(from, to)) continue;
    return ((path.distances[leg] as number) + Math.abs(log(level / from))) / total;
  }
  return 1;
}
