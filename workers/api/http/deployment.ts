// What the whole deployment looks like: every symbol's hub asked once, a hub that does not answer named and left out.
import type { HubReport } from "../../../durable-objects/hub/report.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import type { ApiConfig } from "../env.ts";
import { askReport } from "../hub-answers.ts";
import { exchangeTotals } from "./exchange-totals.ts";

export interface Deployment {
  reports: HubReport[];
  unreachable: SymbolId[];
}

export async function askDeployment(env: Cloudflare.Env, config: ApiConfig): Promise<Deployment> {
  const settled = await Promise.allSettled(config.symbols.map((symbol) => askReport(env, symbol)));
  const reports = settled.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  return { reports, unreachable: config.symbols.filter((symbol) => !reports.some((one) => one.symbol === symbol)) };
}

/** The envelope over all symbols: newest state, weakest link not hidden (each exchange is listed). */
export function deploymentEnvelope(deployment: Deployment, config: ApiConfig, modelVersion: string) {
  const exchanges = config.venues.map((id) => {
    const { symbols: _, ...exchange } = exchangeTotals(deployment.reports, id);
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
