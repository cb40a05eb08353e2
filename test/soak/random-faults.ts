// Which faults begin in a minute of a soak run: drawn from the seed alone, so that a bad run can be run again.
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { createPrng } from "../../src/shared/num/prng.ts";
import { MINUTE_MS, SECOND_MS } from "../../src/shared/time/clock.ts";
import { FAULT_KINDS, type FaultOrder } from "../../src/simulator/server/faults.ts";

/** Chance per exchange and minute that a fault begins: about one in seven minutes. */
const BEGINS = 0.14;
const SHORTEST_MS = 5 * SECOND_MS;
const LONGEST_MS = 8 * MINUTE_MS;
/** Candles held back for less are served before anybody misses them: no minute would be passed as missing. */
const SHORTEST_WITHHELD_MS = 4 * MINUTE_MS;
/** Share of faults that hit all requests; the others hit a random part of them. */
const HITS_ALL = 0.6;

/** Returns the source of one run: call it once per minute. */
export function randomFaults(seed: number, venues: readonly VenueId[]): () => FaultOrder[] {
  const chance = createPrng(seed);
  return () =>
    venues.flatMap((exchange) => {
      // every number is drawn whether it is used or not: one more exchange does not change what befalls the others
      const [begins, which, long, all, share] = Array.from({ length: 5 }, () => chance.uniform()) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const fault = FAULT_KINDS[Math.floor(which * FAULT_KINDS.length)];
      if (begins >= BEGINS || fault === undefined) return [];
      const shortestMs = fault === "withheld-candles" ? SHORTEST_WITHHELD_MS : SHORTEST_MS;
      const forMs = shortestMs + long * long * (LONGEST_MS - shortestMs);
      return [{ exchange, fault, forMs, probability: all < HITS_ALL ? 1 : 0.2 + 0.7 * share, path: null }];
    });
}
