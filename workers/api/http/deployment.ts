// What the whole deployment looks like: every symbol's hub asked once, a hub that does not answer named and left out.
import type { HubReport } from "../../../durable-objects/hub/report.ts";
import type { SymbolId, VenueId } from "../../../src/shared/market/symbol.ts";
import type { VenueState } from "../../../src/shared/market/venue-status.ts";
import type { ApiConfig } from "../env.ts";
import { askReport } from "../hub-answers.ts";

export interface Deployment {
  reports: HubReport[];
  unreachable: SymbolId[];
}

export async function askDeployment(env: Cloudflare.Env, config: ApiConfig): Promise<Deployment> {
  const settled = await Promise.allSettled(config.symbols.map((symbol) => askReport(env, symbol)));
  const reports = settled.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  return { reports, unreachable: config.symbols.filter((symbol) => !reports.some((one) => one.symbol === symbol)) };
}

/** Better states first: an exchange is as good as its best symbol. */
const ORDER: readonly VenueState[] = ["live", "degraded", "stale", "blocked", "off"];

/** One exchange over all symbols. */
export function exchangeTotals(deployment: Deployment, id: VenueId) {
  const parts = deployment.reports.flatMap((report) =>
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

/** The envelope over all symbols: newest state, weakest link not hidden (each exchange is listed). */
export function deploymentEnvelope(deployment: Deployment, config: ApiConfig, modelVersion: string) {
  const exchanges = config.venues.map((id) => {
    const { symbols: _, ...exchange } = exchangeTotals(deployment, id);
    return exchange;
  });
  let known = 0;
  let modelled = 0;
  for (const report of deployment.reports) {
    for (const exchange of report.coverage.exchanges) {
      known += exchange.openInterestUsd ?? 0;
      if (exchange.modelled) modelled += exchange.openInterestUsd ?? 0;
    }
  }
  const asOf = Math.max(0, ...deployment.reports.map((report) => report.asOf));
  return {
    asOf: asOf === 0 ? config.clock.now() : asOf,
    modelVersion,
    dataSource: config.dataSource,
    coverage: { ratio: known > 0 ? modelled / known : null, exchanges },
  };
}
