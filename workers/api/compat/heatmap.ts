// heatmap and aggregated-heatmap: the native grid in the shape of price and time indices.
import type { Context } from "hono";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { intervalStart } from "../../../src/shared/time/clock.ts";
import { type ApiEnv, configOf } from "../env.ts";
import type { Heatmap } from "../heatmap/answer.ts";
import { heatmapOrStored } from "../heatmap/answer-or-stored.ts";
import { coverageOf } from "../http/coverage.ts";
import { success } from "./envelope.ts";
import { toCoin, toVenue } from "./names.ts";
import { oneOf, readParameters, required } from "./parameters.ts";
import { MODELS, PRESETS, presetFilter } from "./presets.ts";
import { HEATMAP_RANGES, SHORTER_MS } from "./ranges.ts";

export function pairHeatmap(context: Context<ApiEnv>): Promise<Response> {
  const query = readParameters(context, ["exchange", "symbol", "range"]);
  return answer(context, query, toVenue(query.exchange, configOf(context.env)));
}

export function coinHeatmap(context: Context<ApiEnv>): Promise<Response> {
  return answer(context, readParameters(context, ["symbol", "range"]), null);
}

async function answer(
  context: Context<ApiEnv>,
  query: { symbol?: string; range?: string },
  venue: VenueId | null,
): Promise<Response> {
  const config = configOf(context.env);
  const model = oneOf("model", context.req.param("model") ?? "", MODELS);
  const symbol = toCoin(required("symbol", query.symbol), config, venue === null ? config.venues : [venue]);
  const accepted = Object.keys(HEATMAP_RANGES);
  const asked = oneOf("range", required("range", query.range, accepted), accepted);
  const range = HEATMAP_RANGES[asked] ?? "24h";
  const filter = presetFilter(model, venue);
  const wanted = { symbol, range, filter, bucketsPerLevel: null, asOfMs: null };
  const { map: whole, awayMs } = await heatmapOrStored(context.env, config, wanted);
  const spanMs = SHORTER_MS[asked];
  const map = spanMs === undefined ? whole : newestColumns(whole, spanMs);
  const { preset, meaning } = PRESETS[model];
  const meta = {
    estimated: true,
    as_of: map.asOf,
    ...(awayMs === null ? {} : { stale: true }),
    model_version: map.modelVersion,
    coverage: coverageOf(map.coverage, filter),
    preset,
    meaning,
    unit: "USD",
    interval_ms: map.plan.intervalMs,
    last_column_open: map.isOpen,
    price_axis: "y_axis holds the lower price of each level; levels are evenly high in percent, not in USD",
  };
  return success(context, heatmapData(map), meta, awayMs);
}

/** The columns of a shorter span: a cell's place is counted from the first that is left. */
function newestColumns(map: Heatmap, spanMs: number): Heatmap {
  const fromMs = intervalStart(map.asOf - spanMs, map.plan.intervalMs);
  const dropped = map.columns.filter((startMs) => startMs < fromMs).length;
  return {
    ...map,
    columns: map.columns.slice(dropped),
    cells: map.cells.flatMap(([at, level, usd]): Heatmap["cells"] =>
      at < dropped ? [] : [[at - dropped, level, usd]],
    ),
    candles: map.candles.slice(dropped),
  };
}

/** `x` counts candles, `y` price levels; candles are `[seconds, five strings]`, the last of them volume in USD. */
export function heatmapData(map: Pick<Heatmap, "asOf" | "prices" | "cells" | "candles">) {
  return {
    y_axis: map.prices,
    liquidation_leverage_data: map.cells,
    price_candlesticks: map.candles.map(([startMs, open, high, low, close, volumeBase]) => [
      Math.round(startMs / 1_000),
      String(open),
      String(high),
      String(low),
      String(close),
      (volumeBase * close).toFixed(2),
    ]),
    update_time: map.asOf,
  };
}
