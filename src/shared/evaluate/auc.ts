// Area under the receiver operating characteristic: the chance that a hit scores above a miss.
import { ranks } from "./rank.ts";

/** Returns the area, 0.5 = no skill; ties count half. NaN without a hit or without a miss. */
export function areaUnderCurve(scores: ArrayLike<number>, hits: readonly boolean[]): number {
  const place = ranks(scores);
  const count = hits.filter(Boolean).length;
  const misses = hits.length - count;
  if (count === 0 || misses === 0) return Number.NaN;
  const sum = hits.reduce((total, hit, i) => (hit ? total + (place[i] ?? 0) : total), 0);
  return (sum - (count * (count + 1)) / 2) / (count * misses);
}
