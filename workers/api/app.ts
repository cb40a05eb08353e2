// The edge API: what every request passes through, and the routes, one file each.
import { OpenAPIHono } from "@hono/zod-openapi";
import { getPath } from "hono/utils/url";
import { ApiError } from "../../src/shared/error/api-error.ts";
import type { ApiEnv } from "./env.ts";
import { failureOf } from "./failure.ts";
import { methodsOf, useInstead } from "./http/methods.ts";
import { problem } from "./http/problem.ts";
import { MAX_ADDRESS, refusal, refuseUnreadable } from "./http/query.ts";
import { answerCache } from "./middleware/answer-cache.ts";
import { conditional } from "./middleware/conditional.ts";
import { configured } from "./middleware/configured.ts";
import { deprecation } from "./middleware/deprecation.ts";
import { fairUse } from "./middleware/fair-use.ts";
import { packed } from "./middleware/packed.ts";
import { openToPages, publicRead } from "./middleware/public-read.ts";
import { requestId } from "./middleware/request-id.ts";
import { openapiDocument } from "./openapi.ts";
import { adminKeysRoute } from "./routes/admin-keys.ts";
import { barsRoute } from "./routes/bars.ts";
import { compatRoute } from "./routes/compat.ts";
import { depthRoute } from "./routes/depth.ts";
import { documentsRoute } from "./routes/documents.ts";
import { embedRoute } from "./routes/embed.ts";
import { eventsRoute } from "./routes/events.ts";
import { exchangesRoute } from "./routes/exchanges.ts";
import { heatmapRoute } from "./routes/heatmap.ts";
import { heatmapFormats } from "./routes/heatmap-formats.ts";
import { liquidationsRoute } from "./routes/liquidations.ts";
import { mapRoute } from "./routes/map.ts";
import { mcpRoute } from "./routes/mcp.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { modelsRoute } from "./routes/models.ts";
import { oembedRoute } from "./routes/oembed.ts";
import { statusRoute } from "./routes/status.ts";
import { streamRoute } from "./routes/stream.ts";
import { streamTicketRoute } from "./routes/stream-ticket.ts";
import { symbolsRoute } from "./routes/symbols.ts";
import { tilesInMemory, tilesRoute } from "./routes/tiles.ts";
import { udfRoute } from "./routes/udf.ts";
import { usageRoute } from "./routes/usage.ts";

const ROUTES = [
  statusRoute,
  symbolsRoute,
  exchangesRoute,
  heatmapRoute,
  mapRoute,
  barsRoute,
  modelsRoute,
  usageRoute,
  streamTicketRoute,
  liquidationsRoute,
  depthRoute,
  tilesRoute,
];

/** Everything under these is the API's; all else is a file of the dashboard. */
const API_PATHS = /^\/(v1(\/|$)|(openapi|asyncapi)\.json$|metrics$|docs(\/|$)|llms\.txt$)/;

/** Addresses outside of these that take some methods only. */
const PAGES_FOR_OTHERS = /^\/(embed\/[^/]+|oembed)$/;

/** Documents about the API, beside /v1. */
const DOCUMENTS = ["/openapi.json", "/asyncapi.json", "/llms.txt", "/metrics", "/docs", "/docs/*"];

/** The same data in the shapes of others. */
const SURFACES = ["/api/*", "/udf/*", "/mcp", "/oembed"];

/** Addresses that count against a caller's plan. */
const METERED = ["/v1/*", "/metrics", ...SURFACES];

/** Addresses whose answers are the same for everybody: made once, kept as long as their Cache-Control says. */
const CACHED = [
  "/v1/heatmap/*",
  "/v1/map/*",
  "/v1/bars/*",
  "/v1/liquidations/*",
  "/v1/depth/*",
  "/v1/symbols",
  "/v1/exchanges",
  "/v1/models",
  "/api/*",
  "/udf/*",
];

export function newApp(): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    // published samples of the compatible surface double the slash after the host
    getPath: (request) => getPath(request).replace(/^\/\/api\//, "/api/"),
    defaultHook: (result, context) => {
      if (!result.success) throw refusal(result.error, { ...context.req.param(), ...context.req.query() });
    },
  });
  app.use(requestId);
  for (const path of ["/v1/*", ...DOCUMENTS]) app.use(path, publicRead, deprecation);
  for (const path of [...SURFACES, "/embed/*"]) app.use(path, publicRead);
  // first of all, and the same everywhere: what is misconfigured answers nothing
  for (const path of [...METERED, "/embed/*"]) app.use(path, configured);
  for (const path of METERED) app.use(path, fairUse);
  app.use(async (context, next) => {
    const { path, url } = context.req;
    // a tile in memory is asked for thousands of times a second: nothing is parsed where nothing can be wrong
    if (API_PATHS.test(path) && (url.includes("?") || url.length > MAX_ADDRESS)) refuseUnreadable(new URL(url));
    await next();
  });
  for (const path of CACHED) app.use(path, conditional, packed, answerCache);
  app.use("/v1/heatmap/*", heatmapFormats);
  app.use("/v1/tiles/*", tilesInMemory);
  for (const route of ROUTES) {
    // a sub-router has a hook of its own
    route.defaultHook = app.defaultHook;
    app.route("/", route);
  }
  app.route("/", streamRoute).route("/", eventsRoute);
  app.route("/", adminKeysRoute);
  app.route("/", compatRoute).route("/", udfRoute).route("/", mcpRoute);
  app.route("/", embedRoute).route("/", oembedRoute);
  app.route("/", documentsRoute);
  app.route("/", metricsRoute);
  let document: object | null = null;
  app.get("/openapi.json", (context) => {
    context.header("cache-control", "public, max-age=3600");
    document ??= openapiDocument(app);
    return context.json(document);
  });
  app.notFound(async (context) => {
    const { method, path } = context.req;
    const isApi = API_PATHS.test(path);
    if ((isApi || PAGES_FOR_OTHERS.test(path)) && !methodsOf(path).includes(method)) {
      return problem(context, new ApiError("method-not-allowed", useInstead(method, path)));
    }
    if (isApi)
      return problem(context, new ApiError("not-found", `there is no ${path.slice(0, 80)}; see /openapi.json`));
    const file = await context.env.ASSETS?.fetch(context.req.raw);
    if (file !== undefined && file.status !== 404) return file;
    return openToPages(problem(context, new ApiError("not-found", `there is no ${path.slice(0, 80)}`)));
  });
  app.onError((error, context) => failureOf(context, error));
  return app;
}

export const app = newApp();
