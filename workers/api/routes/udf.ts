// /udf: the data feed protocol of charting libraries. Bars, and marks for what was liquidated and swept; times in seconds.
import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { ALL } from "../../../src/shared/market/filter.ts";
import { loadLiquidations } from "../../store/liquidations.ts";
import { numberIn, readParameters, required } from "../compat/parameters.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { heatmap } from "../heatmap/answer.ts";
import { chartBars } from "../udf/bars.ts";
import { type Mark, observedMarks, sweptMarks } from "../udf/marks.ts";
import { RESOLUTIONS, widthMs } from "../udf/resolution.ts";
import { chartSymbol, searchSymbols, symbolInfo } from "../udf/symbols.ts";

const MAX_BARS = 5_000;
const MAX_MARKS = 200;
/** Smaller ones would bury the chart. */
const LARGE_OBSERVED_USD = 100_000;
/** Furthest time in seconds a chart may ask for: the year 2100. */
const LAST_SECOND = 4_102_444_800;

export const udfRoute = new Hono<ApiEnv>();

udfRoute.use("/udf/*", cors({ origin: "*", allowMethods: ["GET", "HEAD", "OPTIONS"], maxAge: 86_400 }));

// the protocol's own form of an error; a status that is no 2xx would be shown as a network fault
udfRoute.onError((error, context) => {
  if (!(error instanceof ApiError)) throw error;
  return context.json({ s: "error", errmsg: error.message }, 200, { "cache-control": "no-store" });
});

udfRoute.get("/udf/config", (context) =>
  context.json(
    {
      supported_resolutions: RESOLUTIONS,
      supports_group_request: false,
      supports_marks: true,
      supports_search: true,
      supports_timescale_marks: true,
      supports_time: true,
      exchanges: [{ value: "", name: "All", desc: "All exchanges" }],
      symbols_types: [{ name: "crypto", value: "crypto" }],
    },
    200,
    { "cache-control": "public, max-age=3600" },
  ),
);

udfRoute.get("/udf/time", (context) =>
  context.text(String(Math.floor(configOf(context.env).clock.now() / 1_000)), 200, { "cache-control": "no-store" }),
);

udfRoute.get("/udf/symbols", (context) => {
  const { symbol } = readParameters(context, ["symbol"]);
  return context.json(symbolInfo(chartSymbol(required("symbol", symbol), configOf(context.env))));
});

udfRoute.get("/udf/search", (context) => {
  const query = readParameters(context, ["query", "type", "exchange", "limit"]);
  const limit = numberIn("limit", query.limit ?? "30", 1, 1_000);
  return context.json(searchSymbols(query.query ?? "", limit, configOf(context.env)));
});

udfRoute.get("/udf/history", async (context) => {
  const config = configOf(context.env);
  const query = readParameters(context, ["symbol", "resolution", "from", "to", "countback", "currencyCode", "unitId"]);
  const chart = chartSymbol(required("symbol", query.symbol), config);
  const width = widthMs(required("resolution", query.resolution));
  const toMs = seconds("to", required("to", query.to));
  const askedMs = seconds("from", query.from ?? "0");
  // countback, where it is given, says how many bars are wanted and outweighs from
  const count = Math.min(MAX_BARS, numberIn("countback", query.countback ?? String(MAX_BARS), 1, 1e6));
  const fromMs = Math.max(
    0,
    query.countback === undefined ? Math.max(askedMs, toMs - count * width) : toMs - count * width,
  );
  const bars = await chartBars(context.env.DB, config, { ...chart, widthMs: width, fromMs, toMs });
  if (bars.length === 0) {
    const before = await chartBars(context.env.DB, config, {
      ...chart,
      widthMs: width,
      fromMs: Math.max(0, fromMs - MAX_BARS * width),
      toMs: fromMs,
    });
    const last = before.at(-1);
    return context.json({ s: "no_data", ...(last === undefined ? {} : { nextTime: last.startMs / 1_000 }) });
  }
  return context.json(
    {
      s: "ok",
      t: bars.map((bar) => bar.startMs / 1_000),
      o: bars.map((bar) => bar.open),
      h: bars.map((bar) => bar.high),
      l: bars.map((bar) => bar.low),
      c: bars.map((bar) => bar.close),
      v: bars.map((bar) => bar.volumeBase),
    },
    200,
    { "cache-control": "public, max-age=2" },
  );
});

udfRoute.get("/udf/marks", async (context) => {
  const marks = await marksOf(context);
  return context.json({
    id: marks.map((mark) => mark.id),
    time: marks.map((mark) => Math.floor(mark.timeMs / 1_000)),
    color: marks.map((mark) => mark.color),
    text: marks.map((mark) => mark.text),
    label: marks.map((mark) => mark.label),
    labelFontColor: marks.map(() => "#ffffff"),
    minSize: marks.map(() => 14),
  });
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
  const venues = venue === null ? null : [venue];
  const [events, map] = await Promise.all([
    loadLiquidations(context.env.DB, {
      symbol,
      venues: venues ?? config.venues,
      side: null,
      after: null,
      minUsd: LARGE_OBSERVED_USD,
      fromMs,
      toMs,
      limit: MAX_MARKS,
    }),
    heatmap(context.env, config, {
      symbol,
      range: "3d",
      filter: { ...ALL, venues },
      bucketsPerLevel: null,
      asOfMs: null,
    }),
  ]);
  return [...observedMarks(events), ...sweptMarks(map)]
    .filter((mark) => mark.timeMs >= fromMs && mark.timeMs <= toMs)
    .sort((a, b) => a.timeMs - b.timeMs)
    .slice(-MAX_MARKS);
}

function seconds(name: string, text: string): number {
  return numberIn(name, text, 0, LAST_SECOND) * 1_000;
}
