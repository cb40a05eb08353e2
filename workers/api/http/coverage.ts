import type { Coverage } from "../../../durable-objects/hub/coverage.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";

/** Coverage of a filtered answer: share and exchanges of the filter only; thin is what the whole symbol is. */
export function coverageOf(coverage: Coverage, filter: MapFilter | null): Coverage {
  const chosen = filter?.venues ?? null;
  if (chosen === null) return coverage;
  const exchanges = coverage.exchanges.filter((exchange) => chosen.includes(exchange.id));
  let known = 0;
  let modelled = 0;
  for (const { openInterestUsd, modelled: isIn } of exchanges) {
    known += openInterestUsd ?? 0;
    if (isIn) modelled += openInterestUsd ?? 0;
  }
  return { ...coverage, ratio: known > 0 ? modelled / known : null, exchanges };
}
