// One exchange over all symbols.
import type { HubReport } from "../../../durable-objects/hub/report.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import type { VenueState } from "../../../src/shared/market/venue-status.ts";

/** Better states first: an exchange is as good as its best symbol. */
const ORDER: readonly VenueState[] = ["live", "degraded", "stale", "blocked", "off"];

/** One exchange over all symbols. */
export function exchangeTotals(reports: readonly HubReport[], id: VenueId) {
  const parts = reports.flatMap((report) =>
    report.coverage.exchanges.filter((exchange) => exchange.id === id).map((exchange) => ({ report, exchange })),
  );
  const states = parts.map(({ exchange }) => exchange);
  const best = [...states].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))[0];
  const ages = states.flatMap((exchange) => exchange.ageMs ?? []);
  const known = states.flatMap((exchange) => exchange.openInterestUsd ?? []);
  // a reason belongs to its state: why another coin is not offered says nothing about this one
  const reason = best?.reason;
  return {
    id,
    state: best?.state ?? ("stale" as const),
    ageMs: ages.length > 0 ? Math.min(...ages) : null,
    openInterestUsd: known.length > 0 ? known.reduce((a, b) => a + b, 0) : null,
    modelled: states.some((exchange) => exchange.modelled),
    ...(reason === undefined ? {} : { reason }),
    symbols: parts.map(({ report, exchange }) => ({ symbol: report.symbol, ...exchange })),
  };
}
