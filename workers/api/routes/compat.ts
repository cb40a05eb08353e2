// The surface that clients of the v4 liquidation API already speak: a changed base URL is enough. A key is read, never
// required.
import { Hono } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { failure } from "../compat/envelope.ts";
import { coinHeatmap, pairHeatmap } from "../compat/heatmap.ts";
import { coinHistory, pairHistory } from "../compat/history.ts";
import { coinMap, pairMap } from "../compat/map.ts";
import { maxPainRows } from "../compat/max-pain.ts";
import { orderRows } from "../compat/order.ts";
import { supportedCoins, supportedExchanges, supportedPairs } from "../compat/supported.ts";
import { coinList, exchangeList } from "../compat/totals.ts";
import type { ApiEnv } from "../env.ts";

const BASE = "/api/futures/liquidation";

export const compatRoute = new Hono<ApiEnv>();

compatRoute.onError((error, context) => failure(context, error));

compatRoute.get(`${BASE}/heatmap/:model`, pairHeatmap);
compatRoute.get(`${BASE}/aggregated-heatmap/:model`, coinHeatmap);
compatRoute.get(`${BASE}/map`, pairMap);
compatRoute.get(`${BASE}/aggregated-map`, coinMap);
compatRoute.get(`${BASE}/max-pain`, maxPainRows);
compatRoute.get(`${BASE}/order`, orderRows);
compatRoute.get(`${BASE}/history`, pairHistory);
compatRoute.get(`${BASE}/aggregated-history`, coinHistory);
compatRoute.get(`${BASE}/coin-list`, coinList);
compatRoute.get(`${BASE}/exchange-list`, exchangeList);
compatRoute.get("/api/futures/supported-coins", supportedCoins);
compatRoute.get("/api/futures/supported-exchanges", supportedExchanges);
compatRoute.get("/api/futures/supported-exchange-pairs", supportedPairs);

compatRoute.all("/api/*", (context) => {
  if (context.req.method !== "GET") {
    throw new ApiError("method-not-allowed", `${context.req.method} is not taken here; use GET`);
  }
  throw new ApiError("not-found", `there is no ${context.req.path.slice(0, 80)}`);
});
