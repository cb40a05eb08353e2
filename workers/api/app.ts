// The edge API: what every request passes through, and the routes, one file each.
import { OpenAPIHono } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import { ApiError } from "../../src/shared/error/api-error.ts";
import type { ApiEnv } from "./env.ts";
import { problem, problemOf } from "./http/problem.ts";
import { refusal, refuseUnreadable } from "./http/query.ts";
import { openapiDocument } from "./openapi.ts";
import { barsRoute } from "./routes/bars.ts";
import { compatRoute } from "./routes/compat.ts";
import { embedRoute } from "./routes/embed.ts";
import { exchangesRoute } from "./routes/exchanges.ts";
import { heatmapRoute } from "./routes/heatmap.ts";
import { heatmapFormats } from "./routes/heatmap-formats.ts";
import { mapRoute } from "./routes/map.ts";
import { mcpRoute } from "./routes/mcp.ts";
import { oembedRoute } from "./routes/oembed.ts";
import { statusRoute } from "./routes/status.ts";
import { streamRoute } from "./routes/stream.ts";
import { symbolsRoute } from "./routes/symbols.ts";
import { udfRoute } from "./routes/udf.ts";

const ROUTES = [statusRoute, symbolsRoute, exchangesRoute, heatmapRoute, mapRoute, barsRoute];

/** Everything under these is the API's; all else is a file of the dashboard. */
const API_PATHS = /^\/(v1(\/|$)|openapi\.json$)/;

export function newApp(): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw refusal(result.error);
    },
  });
  app.use(async (context, next) => {
    context.set("requestId", crypto.randomUUID());
    await next();
    // an upgrade's answer belongs to the relay and takes no more headers
    if (context.res.status !== 101) context.header("request-id", context.get("requestId"));
  });
  app.use("/v1/*", async (context, next) => {
    if (context.req.path === "/v1/stream") return next();
    return readOnly(context, next);
  });
  app.use("/openapi.json", readOnly);
  app.use(async (context, next) => {
    if (API_PATHS.test(context.req.path)) refuseUnreadable(new URL(context.req.url));
    await next();
  });
  app.use(
    "/v1/heatmap/*",
    heatmapFormats((request, { env }) => app.fetch(request, env)),
  );
  for (const route of ROUTES) {
    // a sub-router has a hook of its own
    route.defaultHook = app.defaultHook;
    app.route("/", route);
  }
  app.route("/", streamRoute);
  app.route("/", compatRoute).route("/", udfRoute).route("/", mcpRoute);
  app.route("/", embedRoute).route("/", oembedRoute);
  app.get("/openapi.json", (context) => {
    context.header("cache-control", "public, max-age=3600");
    return context.json(openapiDocument(app));
  });
  app.all("/v1/*", (context) => {
    if (context.req.method !== "GET" && context.req.method !== "HEAD") {
      throw new ApiError("method-not-allowed", `${context.req.method} is not taken here; use GET`);
    }
    throw new ApiError("not-found", `there is no ${context.req.path.slice(0, 80)}; see /openapi.json`);
  });
  app.notFound(async (context) => {
    if (!API_PATHS.test(context.req.path) && context.env.ASSETS !== undefined) {
      const file = await context.env.ASSETS.fetch(context.req.raw);
      if (file.status !== 404) return file;
    }
    return problem(context, new ApiError("not-found", `there is no ${context.req.path.slice(0, 80)}`));
  });
  app.onError((error, context) => problemOf(context, error));
  return app;
}

/** Anybody may read, from any page. */
const readOnly = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "OPTIONS"],
  exposeHeaders: ["ETag", "Retry-After", "Request-Id", "Link"],
  maxAge: 86_400,
});

export const app = newApp();
