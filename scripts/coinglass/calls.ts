// The calls of an existing client in the order it makes them, each with the shape its documentation shows.
import type { V4Client } from "./client.ts";
import {
  byName,
  fields,
  figure,
  list,
  milliseconds,
  nothing,
  number,
  type Shape,
  seconds,
  text,
  tuple,
} from "./shape.ts";

const BASE = "/api/futures/liquidation";

const PAIRS = byName(list(fields({ instrument_id: text, base_asset: text, quote_asset: text })));
const HEATMAP = fields({
  y_axis: list(number),
  liquidation_leverage_data: list(tuple(number, number, number)),
  price_candlesticks: list(tuple(seconds, figure, figure, figure, figure, figure)),
  update_time: milliseconds,
});
const MAP = fields({ data: byName(list(tuple(number, number, number, nothing))) });
const AGGREGATED_MAP = fields({ data: byName(list(tuple(number, number, nothing, nothing))) });
const MAX_PAIN = list(
  fields({
    symbol: text,
    price: number,
    long_max_pain_liq_level: number,
    long_max_pain_liq_price: number,
    short_max_pain_liq_level: number,
    short_max_pain_liq_price: number,
  }),
);
const ORDERS = list(
  fields({
    exchange_name: text,
    symbol: text,
    base_asset: text,
    price: number,
    usd_value: number,
    side: number,
    time: milliseconds,
  }),
);
const HISTORY = list(fields({ time: milliseconds, long_liquidation_usd: figure, short_liquidation_usd: figure }));
const AGGREGATED_HISTORY = list(
  fields({
    time: milliseconds,
    aggregated_long_liquidation_usd: number,
    aggregated_short_liquidation_usd: number,
  }),
);
const SPANS = ["24h", "12h", "4h", "1h"];
const COINS = list(
  fields({
    symbol: text,
    ...Object.fromEntries(
      SPANS.flatMap((span) =>
        ["liquidation_usd", "long_liquidation_usd", "short_liquidation_usd"].map((name) => [`${name}_${span}`, number]),
      ),
    ),
  }),
);
const EXCHANGES = list(
  fields({ exchange: text, liquidation_usd: number, long_liquidation_usd: number, short_liquidation_usd: number }),
);

interface Call {
  path: string;
  parameters: Record<string, string>;
  shape: Shape;
}

/** What was asked, and null or what was wrong with the answer. */
export interface Outcome {
  call: string;
  wrong: string | null;
}

/** What an exchange calls a coin's perpetual: looked up first, as clients do. */
export async function pairOf(client: V4Client, symbol: string, exchange: string): Promise<string> {
  const { data } = await client.get<Record<string, { instrument_id: string; base_asset: string }[]>>(
    "/api/futures/supported-exchange-pairs",
  );
  const pair = data[exchange]?.find((one) => one.base_asset === symbol)?.instrument_id;
  if (pair === undefined) throw new Error(`${exchange} has no pair of ${symbol}: ${Object.keys(data).join(", ")}`);
  return pair;
}

export async function makeCalls(
  client: V4Client,
  asked: { symbol: string; exchange: string; pair: string },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { path, parameters, shape } of callsOf(asked)) {
    const call = `${path}?${new URLSearchParams(parameters)}`;
    const wrong = await client.get(path, parameters).then(
      (reply) => shape(reply.data, "data"),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    outcomes.push({ call, wrong });
  }
  return outcomes;
}

function callsOf({ symbol, exchange, pair }: { symbol: string; exchange: string; pair: string }): Call[] {
  const models = ["model1", "model2", "model3"];
  const ofPair = { exchange, symbol: pair };
  return [
    { path: "/api/futures/supported-coins", parameters: {}, shape: list(text) },
    { path: "/api/futures/supported-exchanges", parameters: {}, shape: list(text) },
    { path: "/api/futures/supported-exchange-pairs", parameters: { exchange }, shape: PAIRS },
    ...models.map((model) => ({
      path: `${BASE}/heatmap/${model}`,
      parameters: { ...ofPair, range: "24h" },
      shape: HEATMAP,
    })),
    ...models.map((model) => ({
      path: `${BASE}/aggregated-heatmap/${model}`,
      parameters: { symbol, range: "24h" },
      shape: HEATMAP,
    })),
    { path: `${BASE}/map`, parameters: { ...ofPair, range: "1d" }, shape: MAP },
    { path: `${BASE}/aggregated-map`, parameters: { symbol, range: "7d" }, shape: AGGREGATED_MAP },
    { path: `${BASE}/max-pain`, parameters: { range: "24h" }, shape: MAX_PAIN },
    {
      path: `${BASE}/order`,
      parameters: { exchange, symbol, min_liquidation_amount: "10000" },
      shape: ORDERS,
    },
    { path: `${BASE}/history`, parameters: { ...ofPair, interval: "1h", limit: "24" }, shape: HISTORY },
    {
      path: `${BASE}/aggregated-history`,
      parameters: { exchange_list: `${exchange}, ${exchange}`, symbol, interval: "4h" },
      shape: AGGREGATED_HISTORY,
    },
    { path: `${BASE}/coin-list`, parameters: { exchange }, shape: COINS },
    { path: `${BASE}/exchange-list`, parameters: { range: "24h", symbol }, shape: EXCHANGES },
  ];
}
