// What a step opens and force-closes within itself. Nearest to price positions are born and die faster than a step, at
// leverage above the highest tier or with hardly any margin left: they never reach the book, which is settled once a step.
// They are taken as spread evenly over the nearest prices, so that what is lost grows with the way price goes against them:
//   diffuse_s = density × volume × ln(open / low) for longs, ln(high / open) for shorts.
// The book does not change: what opens and closes inside a step leaves open interest where it was.
import type { Bar } from "../market/bar.ts";
import type { Side } from "../market/symbol.ts";
import { log } from "../num/log.ts";

/** Returns the diffuse value of a step, USD at its close; 0 while volume is unknown. `density` per unit of log price. */
export function diffuseUsd(side: Side, bar: Bar, density: number): number {
  if (bar.volumeBase === null || density === 0) return 0;
  const against = side === "long" ? log(bar.open / bar.low) : log(bar.high / bar.open);
  return density * bar.volumeBase * Math.max(against, 0) * bar.close;
}
