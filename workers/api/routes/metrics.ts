// GET /metrics: OpenMetrics text. Figures come from the hubs: isolates of a Worker share no counters.
import { OpenAPIHono } from "@hono/zod-openapi";
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { askDeployment } from "../http/deployment.ts";
import { askFeeds } from "../http/feed-facts.ts";
import { feedMetrics } from "../http/feed-metrics.ts";
import { openMetrics } from "../http/open-metrics.ts";
import { refuseUnknown } from "../http/query.ts";

export const metricsRoute = new OpenAPIHono<ApiEnv>();

metricsRoute.get("/metrics", async (context) => {
  refuseUnknown(new URL(context.req.url), []);
  const config = configOf(context.env);
  const [{ reports, unreachable }, feeds] = await Promise.all([
    askDeployment(context.env, config),
    askFeeds(context.env, config),
  ]);
  const seconds = (ms: number) => ms / 1_000;
  const exchanges = reports.flatMap(({ symbol, coverage }) =>
    coverage.exchanges.map((exchange) => ({ labels: { symbol, exchange: exchange.id }, exchange })),
  );
  const text = openMetrics([
    {
      name: "faultline_build",
      type: "info",
      help: "What runs.",
      samples: [{ labels: { model_version: MODEL_VERSION, data_source: config.dataSource }, value: 1 }],
    },
    {
      name: "faultline_hub_reachable",
      type: "gauge",
      help: "Whether the hub of a symbol answered.",
      samples: config.symbols.map((symbol) => ({ labels: { symbol }, value: unreachable.includes(symbol) ? 0 : 1 })),
    },
    {
      name: "faultline_map_age_seconds",
      type: "gauge",
      help: "Market time since the newest state of a map.",
      samples: reports
        .filter(({ asOf }) => asOf > 0)
        .map(({ symbol, asOf }) => ({ labels: { symbol }, value: seconds(config.clock.now() - asOf) })),
    },
    {
      name: "faultline_coverage_ratio",
      type: "gauge",
      help: "Open interest in the map / open interest known.",
      samples: reports.flatMap(({ symbol, coverage: { ratio } }) =>
        ratio === null ? [] : [{ labels: { symbol }, value: ratio }],
      ),
    },
    {
      name: "faultline_conservation_error_ratio",
      type: "gauge",
      help: "Worst |side mass - open interest| / open interest.",
      samples: reports.map(({ symbol, worstConservationError }) => ({
        labels: { symbol },
        value: worstConservationError,
      })),
    },
    {
      name: "faultline_pending_writes",
      type: "gauge",
      help: "Rows and tiles that wait to be written.",
      samples: reports.map(({ symbol, waitingForD1 }) => ({ labels: { symbol }, value: waitingForD1 })),
    },
    {
      name: "faultline_exchange_live",
      type: "gauge",
      help: "1 while an exchange is heard in time.",
      samples: exchanges.map(({ labels, exchange }) => ({ labels, value: exchange.state === "live" ? 1 : 0 })),
    },
    {
      name: "faultline_exchange_age_seconds",
      type: "gauge",
      help: "Time since the newest data of an exchange.",
      samples: exchanges.flatMap(({ labels, exchange: { ageMs } }) =>
        ageMs === null ? [] : [{ labels, value: seconds(ageMs) }],
      ),
    },
    {
      name: "faultline_open_interest_usd",
      type: "gauge",
      help: "Open interest as reported, in USD.",
      samples: exchanges.flatMap(({ labels, exchange: { openInterestUsd } }) =>
        openInterestUsd === null ? [] : [{ labels, value: openInterestUsd }],
      ),
    },
    ...feedMetrics(feeds, Date.now()),
  ]);
  return context.body(text, 200, {
    "content-type": "application/openmetrics-text; version=1.0.0; charset=utf-8",
    "cache-control": "no-store",
  });
});
