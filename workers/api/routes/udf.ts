// /udf: the data feed protocol of charting libraries. Bars, and marks for what was liquidated and swept; times in seconds.
import { type Context, Hono } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { ALL } from "../../../src/shared/market/filter.ts";
import { intervalStart } from "../../../src/shared/time/clock.ts";
import type { ChartBar } from "../../store/chart-minutes.ts";
import { loadLiquidations } from "../../store/liquidations.ts";
import { numberIn, readParameters, required } from "../compat/parameters.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { heatmap } from "../heatmap/answer.ts";
import { roundPrice } from "../heatmap/grid.ts";
import { askReport } from "../hub-answers.ts";
import { chartBars } from "../udf/bars.ts";
import { udfFailure } from "../udf/failure.ts";
import { type Mark, observedMarks, onBars, sweptMarks } from "../udf/marks.ts";
import { RESOLUTIONS, widthMs } from "../udf/resolution.ts";
import { chartSymbol, exchangeChoices, searchSymbols, symbolInfo } from "../udf/symbols.ts";

const MAX_BARS = 5_000;
/** How far beyond a span bars are looked for when some of it are missing. */
const GAP_BARS = 500;
const MAX_MARKS = 200;
/** Smaller ones would bury the chart. */
const LARGE_OBSERVED_USD = 100_000;
/** Furthest time in seconds a chart may ask for: the year 2100. */
const LAST_SECOND = 4_102_444_800;

const BARS_FRESH = { "cache-control": "public, max-age=2" };
const MARKS_FRESH = { "cache-control": "public, max-age=5" };

const SEARCH = ["query", "type", "exchange", "limit"] as const;
const HISTORY = ["symbol", "resolution", "from", "to", "countback", "currencyCode", "unitId"] as const;

export const udfRoute = new Hono<ApiEnv>();

udfRoute.onError((error, context) => udfFailure(context, error));

udfRoute.get("/udf/config", (context) => {
  readParameters(context, []);
  return context.json(
    {
      supported_resolutions: RESOLUTIONS,
      supports_group_request: false,
      supports_marks: true,
      supports_search: true,
      supports_timescale_marks: true,
      supports_time: true,
      exchanges: exchangeChoices(configOf(context.env)),
      symbols_types: [
        { name: "All", value: "" },
        { name: "Crypto", value: "crypto" },
      ],
    },
    200,
    { "cache-control": "public, max-age=3600" },
  );
});

udfRoute.get("/udf/time", (context) =>
  context.text(String(Math.floor(configOf(context.env).clock.now() / 1_000)), 200, { "cache-control": "no-store" }),
);

udfRoute.get("/udf/symbols", async (context) => {
  // libraries add what they show prices in; there is one of each here
  const { symbol } = readParameters(context, ["symbol", "currencyCode", "unitId"]);
  const chart = chartSymbol(required("symbol", symbol), configOf(context.env));
  const price = await askReport(context.env, chart.symbol).then(
    (report) => report.price,
    () => null,
  );
  const fresh = price === null ? "no-store" : "public, max-age=60";
  return context.json(symbolInfo(chart, price), 200, { "cache-control": fresh });
});

udfRoute.get("/udf/search", (context) => {
  const { query: text = "", type = "", exchange = "", limit = "30" } = readParameters(context, SEARCH);
  const query = { text, type, exchange, limit: numberIn("limit", limit, 1, 1_000) };
  return context.json(searchSymbols(query, configOf(context.env)), 200, { "cache-control": "public, max-age=300" });
});

udfRoute.get("/udf/history", async (context) => {
  const config = configOf(context.env);
  const query = readParameters(context, HISTORY);
  const chart = chartSymbol(required("symbol", query.symbol), config);
  const width = widthMs(required("resolution", query.resolution));
  const askedToMs = seconds("to", required("to", query.to));
  const askedMs = seconds("from", query.from ?? "0");
  if (askedMs > askedToMs) {
    throw new ApiError("invalid-parameter", `from was ${query.from}, expected a time before ${query.to}`);
  }
  // nothing begins after the running bar
  const toMs = Math.min(askedToMs, intervalStart(config.clock.now(), width) + width);
  const count = Math.min(MAX_BARS, numberIn("countback", query.countback ?? String(MAX_BARS), 1, 1e6));
  const barsIn = (fromMs: number, endMs: number) =>
    chartBars(context.env, config, { ...chart, widthMs: width, fromMs: Math.max(0, fromMs), toMs: endMs });
  // countback, where it is given, says how many bars are wanted and outweighs from
  const firstMs = toMs - count * width;
  const fromMs = query.countback === undefined ? Math.min(toMs, Math.max(askedMs, firstMs)) : firstMs;
  const bars = await barsIn(fromMs, toMs);
  if (bars.length === 0) {
    const last = (await barsIn(fromMs - MAX_BARS * width, fromMs)).at(-1);
    const nothing = { s: "no_data", ...(last === undefined ? {} : { nextTime: last.startMs / 1_000 }) };
    return context.json(nothing, 200, BARS_FRESH);
  }
  const missing = query.countback === undefined ? 0 : count - bars.length;
  // a gap in the span does not change how many bars a chart wants
  const earlier = missing > 0 ? (await barsIn(fromMs - Math.max(count, GAP_BARS) * width, fromMs)).slice(-missing) : [];
  return context.json(columnar([...earlier, ...bars]), 200, BARS_FRESH);
});

/** Bars as lists of equal length, times in seconds. */
function columnar(bars: readonly ChartBar[]) {
  return {
    s: "ok",
    t: bars.map((bar) => bar.startMs / 1_000),
    o: bars.map((bar) => bar.open),
    h: bars.map((bar) => bar.high),
    l: bars.map((bar) => bar.low),
    c: bars.map((bar) => bar.close),
    v: bars.map((bar) => roundPrice(bar.volumeBase)),
  };
}

udfRoute.get("/udf/marks", async (context) => {
  const marks = await marksOf(context);
  const lists = {
    id: marks.map((mark) => mark.id),
    time: marks.map((mark) => Math.floor(mark.timeMs / 1_000)),
    color: marks.map((mark) => mark.color),
    text: marks.map((mark) => mark.text),
    label: marks.map((mark) => mark.label),
    labelFontColor: marks.map(() => "#ffffff"),
    minSize: marks.map(() => 14),
  };
  return context.json(lists, 200, MARKS_FRESH);
});

udfRoute.get("/udf/timescale_marks", async (context) => {
  const marks = await marksOf(context);
  return context.json(
    marks.map(({ id, timeMs, color, text, label }) => ({
      id,
      time: Math.floor(timeMs / 1_000),
      color,
      label,
      tooltip: [text],
    })),
    200,
    MARKS_FRESH,
  );
});

udfRoute.all("/udf/*", (context) => {
  throw new ApiError("not-found", `there is no ${context.req.path.slice(0, 80)}`);
});

async function marksOf(context: Context<ApiEnv>): Promise<Mark[]> {
  const config = configOf(context.env);
  const query = readParameters(context, ["symbol", "from", "to", "resolution"]);
  const { symbol, venue } = chartSymbol(required("symbol", query.symbol), config);
  const fromMs = seconds("from", required("from", query.from));
  const toMs = seconds("to", required("to", query.to));
  const width = query.resolution === undefined ? null : widthMs(query.resolution);
  // a bar begins at its time: what happened in the last one is shown too
  const endMs = toMs + (width ?? 1_000);
  const venues = venue === null ? null : [venue];
  const [events, swept] = await Promise.all([
    loadLiquidations(context.env.DB, {
      symbol,
      venues: venues ?? config.venues,
      side: null,
      after: null,
      minUsd: LARGE_OBSERVED_USD,
      fromMs,
      toMs: endMs,
      limit: MAX_MARKS,
    }),
    // without the map, what was observed is still worth showing
    heatmap(context.env, config, {
      symbol,
      range: "3d",
      filter: { ...ALL, venues },
      bucketsPerLevel: null,
      asOfMs: null,
    }).then(sweptMarks, (error: unknown) => {
      if (error instanceof ApiError && error.code === "unavailable") return [];
      throw error;
    }),
  ]);
  const marks = [...observedMarks(events), ...swept];
  return (width === null ? marks : onBars(marks, width))
    .filter((mark) => mark.timeMs >= fromMs && mark.timeMs < endMs)
    .sort((a, b) => a.timeMs - b.timeMs)
    .slice(-MAX_MARKS);
}

function seconds(name: string, text: string): number {
  return numberIn(name, text, 0, LAST_SECOND) * 1_000;
}
