// Documents about the API: for programs, for people, and for language models.
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ERROR_CODES, statusOf, titleOf } from "../../../src/shared/error/api-error.ts";
import { asyncapiDocument } from "../asyncapi.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { guideOf } from "../http/error-guide.ts";
import { escapeHtml, page } from "../http/page.ts";

const AN_HOUR = "public, max-age=3600";

/** The reference runs from our own file; it writes styles into the page, which needs 'unsafe-inline' for styles only. */
const REFERENCE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const documentsRoute = new OpenAPIHono<ApiEnv>();

documentsRoute.get("/asyncapi.json", (context) => {
  context.header("cache-control", AN_HOUR);
  return context.json(asyncapiDocument(new URL(context.req.url).host));
});

documentsRoute.get("/docs", (context) =>
  html(
    context,
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Faultline API reference</title></head><body><noscript>The reference needs JavaScript; its source is <a href="/openapi.json">/openapi.json</a>.</noscript><div id="reference"></div><script src="/reference/scalar.js"></script><script src="/reference/start.js"></script></body></html>',
    REFERENCE_POLICY,
  ),
);

documentsRoute.get("/docs/errors", (context) => {
  const sections = ERROR_CODES.map((code) => {
    const { means, remedy, detail } = guideOf(code);
    return `<section id="${code}"><h2><code>${code}</code> <small>${statusOf(code)}</small></h2><p><b>${escapeHtml(titleOf(code))}.</b> ${escapeHtml(means)}</p><p>${escapeHtml(remedy)}</p><pre>${escapeHtml(detail)}</pre></section>`;
  });
  const intro =
    '<p>Every error is an <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> problem: <code>code</code> is stable, <code>detail</code> is for people, <code>requestId</code> is for us.</p>';
  return html(context, page("Errors", `<h1>Errors</h1>${intro}${sections.join("")}`));
});

documentsRoute.get("/llms.txt", (context) => {
  const { symbols, venues, dataSource } = configOf(context.env);
  context.header("cache-control", AN_HOUR);
  return context.text(`# Faultline

> Estimated liquidation levels of leveraged crypto positions: where longs and shorts would be force-closed, conserved to each exchange's open interest. Estimates, isolated-equivalent, never exact prices; observed liquidations are separate fields. Data here: ${dataSource}.

Symbols: ${symbols.join(", ")}. Exchanges: ${venues.join(", ")}. JSON, times in ms UTC, sizes in USD. No key is needed.

## Reading
- [Heatmap](/v1/heatmap/BTC?range=24h): price levels over time; cells are [column, level, USD]
- [Map](/v1/map/BTC): price levels now, by leverage and by exchange
- [Bars](/v1/bars/BTC?interval=1m&limit=60): prices, volume, open interest and observed liquidations as reported
- [Symbols](/v1/symbols) and [exchanges](/v1/exchanges): what is served, and how well it is heard
- [Liquidations](/v1/liquidations/BTC) as exchanges reported them, and [depth](/v1/depth/BTC) of their order books
- [Models](/v1/models): presets, parameters, and which of them are assumed or learned
- [Status](/v1/status): freshness and the conservation invariant
- Live: /v1/stream?symbol=BTC (WebSocket) or /v1/events?symbol=BTC (server-sent events)
- Forms of a heatmap: [.csv](/v1/heatmap/BTC.csv), [.parquet](/v1/heatmap/BTC.parquet), [.png](/v1/heatmap/BTC.png)

## In shapes of others
- /mcp: read-only tools over stateless HTTP; summaries rather than grids
- /api/futures/liquidation/…: paths and envelope of the v4 liquidation API, e.g. [the aggregated heatmap](/api/futures/liquidation/aggregated-heatmap/model1?symbol=BTC&range=24h)
- [/udf](/udf/config): bars and marks for charting libraries
- [/embed/BTC](/embed/BTC), /widget/v1.js and [/oembed](/oembed?url=${encodeURIComponent(new URL("/embed/BTC", context.req.url).href)}): the chart in another page

## Reference
- [OpenAPI](/openapi.json), [AsyncAPI](/asyncapi.json) of the stream, [errors](/docs/errors)

## Care
- Look at coverage.ratio, asOf and stale before saying what the market looks like.
- dataSource other than "live" is no real market.
`);
});

function html(context: Context<ApiEnv>, text: string, policy?: string): Response {
  context.header("cache-control", AN_HOUR);
  context.header(
    "content-security-policy",
    policy ??
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  context.header("x-content-type-options", "nosniff");
  context.header("referrer-policy", "strict-origin-when-cross-origin");
  return context.html(text) as Response;
}
